"""Who may work on an instance: a lock that nobody else holds at this moment."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(instance: Path) -> Iterator[bool]:
    """Whether no server runs on this instance, and none begins to before the end of the block."""
    with _held(instance / "serving.lock") as is_held:
        yield is_held


@contextmanager
def only_one(instance: Path) -> Iterator[bool]:
    """Whether nobody else does the day's work at this moment."""
    with _held(instance / "keeping.lock") as is_held:
        yield is_held


@contextmanager
def _held(lock: Path) -> Iterator[bool]:
    with open(lock, "ab") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
