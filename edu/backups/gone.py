"""Who deleted herself stays deleted, also when an older backup is brought back.

Beside the database lies a list of digests of the random ids of learners who are gone. It names
nobody; with a backup it says which of its rows must not come back.
"""

import fcntl
import hashlib
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.health.marks import write_whole
from edu.learning.models import Learner

#: Longer than any backup is kept by itself.
_KEPT = timedelta(days=400)


def note_gone(instance: Path, learner_id: str, today: date) -> None:
    """Write down that a learner is gone; lines that no backup needs any more are dropped."""
    with open(instance / "gone.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        oldest = (today - _KEPT).isoformat()
        kept = [line for line in _lines(instance) if line[:10] >= oldest]
        kept.append(f"{today.isoformat()} {_digest(learner_id)}")
        write_whole(_file(instance), "\n".join([*kept, ""]).encode())


def erase_gone(session: Session, instance: Path) -> int:
    """Delete those who are gone from what was brought back; returns how many there were."""
    gone = {line[11:] for line in _lines(instance)}
    if not gone:
        return 0
    back = [each for each in session.scalars(select(Learner)) if _digest(each.id) in gone]
    for learner in back:
        session.delete(learner)
    return len(back)


def _lines(instance: Path) -> list[str]:
    try:
        return _file(instance).read_text().splitlines()
    except FileNotFoundError:
        return []


def _file(instance: Path) -> Path:
    return instance / "gone"


def _digest(learner_id: str) -> str:
    return hashlib.sha256(f"gone:{learner_id}".encode()).hexdigest()
