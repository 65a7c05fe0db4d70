"""A child process for each file: it reads what a stranger sent, and may fail for itself alone.

The child is a fresh interpreter, never a fork of the server, so it knows no secret, no
connection and no lock. It has no environment. What it is given and what it answers lie in
files without a name, in memory where the system offers that, so nobody waits for a pipe, and
the length of the answer is held by the system itself. The parent gives it a time, and ends its
whole group when that is over. The limits within are set by the child (`edu/gate/child.py`)
before it looks at the first byte of the file.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

from edu.gate.answer import from_answer
from edu.gate.kinds import KINDS, MB
from edu.gate.refused import Admitted, refuse
from edu.lessons.words import N_

#: How many files are looked at at once, in each process of the server.
AT_ONCE = 2
#: How long a file waits for its turn, in seconds.
PATIENCE = 30
#: A busy machine gives a child a part of a processor: it may take so many times its computing time.
_UNHURRIED = 3
_ROOT = str(Path(__file__).resolve().parents[2])
# -I keeps the folder of the caller and everything of its environment out of the search path.
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from edu.gate.child import main; main()"
_TURN = threading.BoundedSemaphore(AT_ONCE)


def run(
    kind: str,
    content: bytes,
    name: str,
    *,
    seconds: int = 0,
    memory: int = 0,
    **more: Any,
) -> Admitted:
    """Have a child look at `content`; Refused with its reasons, or because it did not survive.

    `seconds` is how long it may compute (it may take three times as long in all); `memory` what
    it may hold, in bytes. Without them the kind's own limits hold. `name` is as it may be shown.
    """
    usual = KINDS.get(kind)
    seconds = seconds or (usual.seconds if usual else 20)
    memory = memory or (usual.memory if usual else 512 * MB)
    asked = {"kind": kind, "name": name, "seconds": seconds, "memory": memory, **more}
    if not _TURN.acquire(timeout=PATIENCE):
        raise refuse(name, N_("Too many files are being read just now. Try again in a minute."))
    try:
        with _unnamed() as given, _unnamed() as answer:
            given.write(json.dumps(asked).encode() + b"\n" + content)
            given.seek(0)
            ended = _wait_for(_start(given, answer), seconds * _UNHURRIED)
            return _read(answer, kind, name, ended)
    finally:
        _TURN.release()


def _unnamed() -> IO[bytes]:
    """A file without a name, gone with its last reader."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("gate"), "w+b")
    return tempfile.TemporaryFile()


def _start(given: IO[bytes], answer: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-B", "-c", _PROGRAM, _ROOT]
    return subprocess.Popen(  # noqa: S603 (our own interpreter and our own program)
        command,
        stdin=given,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )


def _wait_for(child: subprocess.Popen[bytes], seconds: int) -> int | None:
    """The child's exit code; None when its time was over and it was ended."""
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _read(answer: IO[bytes], kind: str, name: str, ended: int | None) -> Admitted:
    if ended is None or ended == -signal.SIGXCPU:
        raise refuse(name, N_("Reading this file takes too long. Make it smaller or simpler."))
    if ended != 0:
        raise refuse(name, N_("This file cannot be read: it needs too much memory or is damaged."))
    answer.seek(0)
    return from_answer(answer, kind, name)
