"""Sees to it that the day's work is done once a day where no timer of the system does it.

gunicorn starts this as a small process of its own. It only looks at a file's time, starts
`flask keep` when a day has passed, and ends when the server ends.
"""

import fcntl
import os
import select
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from edu.health import marks

#: The day's work is not done again before so much time has passed.
DUE_AFTER = timedelta(hours=20)
_FIRST_LOOK, _NEXT_LOOK = 60, 900  # seconds
_ROOT = Path(__file__).resolve().parent.parent.parent

# Kept for as long as this process lives: closing either would mean that the server has ended.
_held: list[object] = []
_locks: list[BinaryIO] = []


def is_due(instance: Path) -> bool:
    """Whether a day has passed since the last time, or the clock was set back."""
    last = marks.read(instance, "keep")
    return last is None or not timedelta(0) <= marks.now() - last.ended_at < DUE_AFTER


def start_keeper(instance: Path) -> None:
    """To be called once by the process that starts the others: it holds the lock that says that a
    server is running, and starts the keeper. Never fails: serving is more important."""
    hold_lock(instance)
    with suppress(OSError):
        _held.append(
            subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-m", "edu.health.keeper", str(instance)],
                cwd=_ROOT,
                # Nothing is ever written into it. It closes when the last process of the server
                # has ended, however it ended, and that is how the keeper knows.
                stdin=subprocess.PIPE,
                start_new_session=True,
            )
        )


def hold_lock(instance: Path) -> None:
    """Let others know that a server runs on this instance, for as long as any process of it is
    alive. Several servers may share it."""
    with suppress(OSError):
        lock = open(instance / "serving.lock", "ab")  # noqa: SIM115 (held on purpose)
        _locks.append(lock)
        # Where a backup is being restored, this waits until it is done.
        fcntl.flock(lock, fcntl.LOCK_SH)


def let_go() -> None:
    """No server runs here any more."""
    while _locks:
        _locks.pop().close()


def watch(instance: Path, first: float = _FIRST_LOOK, then: float = _NEXT_LOOK) -> None:
    """Look again and again until standard input is closed."""
    pause = first
    while not select.select([sys.stdin], [], [], pause)[0]:
        pause = then
        if is_due(instance):
            # What it says goes where the server's own words go.
            subprocess.run(
                [sys.executable, "-m", "flask", "--app", "app", "keep", "--due"],
                cwd=_ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONWARNINGS": "ignore"},
                check=False,
            )


if __name__ == "__main__":
    watch(Path(sys.argv[1]), *map(float, sys.argv[2:4]))
