"""What the doctor looks at."""

import fcntl
from dataclasses import dataclass
from datetime import datetime

from edu.database import Database
from edu.health import marks
from edu.settings import Settings


@dataclass(frozen=True)
class Case:
    """One server, at one moment."""

    database: Database
    settings: Settings
    now: datetime

    @property
    def is_serving(self) -> bool:
        """Whether a server of this instance is running on this machine."""
        try:
            with open(self.settings.instance / "serving.lock", "rb") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False


def case(database: Database, settings: Settings) -> Case:
    """This server, now."""
    return Case(database, settings, marks.now())
