"""What shows or lets hear a person stays while the person agrees, and not a day longer."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from edu.database import Base
from edu.recordings.consent import SITE

Row = TypeVar("Row", bound=Base)


class Agreed(Protocol):
    """A row that keeps what somebody agreed to. Uses: words of `USES`, with spaces between."""

    consent_uses: str
    consent_ends: date | None


def still_agreed(row: Agreed, today: date) -> bool:
    """Whether learners may see or hear it today, for all that the person in it says."""
    over = row.consent_ends is not None and row.consent_ends < today
    return not over and SITE in row.consent_uses.split()


def take_back(session: Session, row: Base, files: Iterable[Path]) -> None:
    """Delete a row at once, and its files among the finished pages too."""
    for file in files:
        file.unlink(missing_ok=True)
    session.delete(row)
    session.flush()


def take_back_ended(session: Session, ended: Select[Row], withdraw: Callable[[Row], None]) -> int:
    """Withdraw what nobody agrees to any more; how many there were."""
    rows = session.scalars(ended).all()
    for row in rows:
        withdraw(row)
    return len(rows)
