"""The child process of the gate: shuts every door behind itself, reads one file, answers."""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, NoReturn

from edu.gate import reading
from edu.gate.answer import LONGEST_ANSWER, as_answer, as_refusal
from edu.lessons.mistakes import Broken, Message, Mistake
from edu.lessons.words import N_

_OPEN_FILES = 32
# What Python announces before it does it. The system's own limits hold for the rest.
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.kill",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.chown",
    "os.truncate",
    "os.listxattr",
    "os.setxattr",
    "os.putenv",
    "shutil.",
    "tempfile.",
    "pty.",
    "ctypes.",
    "urllib.",
    "ftplib.",
    "smtplib.",
    "http.",
    "webbrowser.",
    "sqlite3.",
)
_HERE = Path(__file__).resolve().parents[1]


def main() -> None:
    """Read a request and a file from standard input, write the answer to standard output."""
    given, answer = sys.stdin.buffer, sys.stdout.buffer
    asked = json.loads(given.readline())
    _limit(int(asked["memory"]), int(asked["seconds"]))
    sys.addaudithook(_watch(asked.get("path")))
    answer.write(_answered(asked, given.read()))
    answer.flush()
    # Nothing is left to tidy up, and a damaged library might do harm while it tries.
    os._exit(0)


def _answered(asked: dict[str, Any], content: bytes) -> bytes:
    kind, name = str(asked["kind"]), str(asked["name"])
    try:
        return as_answer(reading.read(kind, content, name, asked.get("path")))
    except Broken as broken:
        return as_refusal(broken)
    except MemoryError:
        message = N_("Reading this file needs too much memory. Make it smaller or simpler.")
    except RecursionError:
        message = N_("This file is nested too deeply.")
    except Exception as error:  # whatever a library raises for a stranger's file is a refusal
        message = Message(N_("This file cannot be read (%(kind)s)."), kind=type(error).__name__)
    return as_refusal(Broken([Mistake(name, 1, message)]))


def _limit(memory: int, seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, LONGEST_ANSWER),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # At the end of its time a process is told so, and ended a second later.
        spare = 1 if what == resource.RLIMIT_CPU and hard != most else 0
        resource.setrlimit(what, (most, most + spare))


def _watch(path: str | None) -> Any:
    """A look at everything that Python is about to do, for what reading a file never needs."""
    readable = tuple(str(Path(each).resolve()) + os.sep for each in _folders())

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            _refuse(event)
        if event == "open":
            file, mode, flags = (*arguments, None, None, None)[:3]
            writes = any(sign in str(mode or "") for sign in "wax+") or (
                isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            )
            name = os.fsdecode(file) if isinstance(file, (str, bytes)) else ""
            if writes or (
                name and name != path and not os.path.realpath(name).startswith(readable)
            ):
                _refuse(event)

    return watch


def _folders() -> list[str]:
    """Where Python's own modules lie, the installed ones and ours."""
    return [sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path[1:], str(_HERE)]


def _refuse(event: str) -> NoReturn:
    raise PermissionError(f"reading a file needs no {event}")
