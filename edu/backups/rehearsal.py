"""A restore that changes nothing: the only proof that a backup is one."""

import tempfile
from pathlib import Path

from edu.backups.filling import fill
from edu.backups.opening import Opened
from edu.backups.restoring import refuse_unknown
from edu.database import Database
from edu.health import marks, sound


def rehearse(backup: Opened, instance: Path) -> None:
    """Bring a backup back into a database that is thrown away. Raises Unusable."""
    refuse_unknown(backup.manifest)
    with tempfile.TemporaryDirectory(dir=instance, prefix=".rehearsal-") as scratch:
        database = Database(f"sqlite:///{Path(scratch) / 'rehearsal.sqlite'}")
        try:
            fill(database, backup)
            if sound.faults(database.engine):
                raise OSError("this disk does not keep what is written to it")
        finally:
            database.engine.dispose()
    marks.put(instance, "rehearsal")
