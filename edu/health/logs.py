"""What is logged: lines of JSON with a short list of fields, and nothing anybody typed.

A message may hold a name, an address or an answer, so messages are not written at all. An event is
a fixed word of ours, or a sentence of gunicorn's that is on a list; a fault is told by its kind and
its place in the code.
"""

import json
import logging
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any, TextIO

#: Every field that can be in a line.
FIELDS = (
    "time",
    "level",
    "logger",
    "event",
    "kind",
    "endpoint",
    "place",
    "seconds",
    "revision",
    "repeated",
)
#: Sentences of others that are the same for everybody once their values are left out.
_KNOWN = frozenset(
    {
        "Starting gunicorn %s",
        "Listening at: %s (%s)",
        "Using worker: %s",
        "Booting worker with pid: %s",
        "Worker exiting (pid: %s)",
        "Worker (pid:%s) exited with code %s",
        "Worker (pid:%s) exited with code %s.",
        "Worker (pid:%s) was sent %s!",
        "Worker (pid:%s) was sent SIGKILL! Perhaps out of memory?",
        "WORKER TIMEOUT (pid:%s)",
        "Handling signal: %s",
        "Shutting down: %s",
        "Exception in worker process",
        "Retrying in 1 second.",
    }
)
#: What somebody who starts the server has to do something about, in words for her.
_SAID_BETTER = {
    "Connection in use: %s": "another program has this port: stop it, or set PORT to another",
    "Can't connect to %s": "nobody can be served at HOST and PORT as they are set",
}
_LONGEST = 200
_FRAMES = 8
_ROOT = Path(__file__).resolve().parent.parent.parent
#: Equal lines in a minute; more are counted and told with the next one.
_EQUAL, _SECONDS = 5, 60.0


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Only fields on the list, only short texts, no line within a line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": event_of(record),
            "kind": _kind_of(record),
            "place": _place_of(record),
        }
        for name in ("endpoint", "seconds", "revision", "repeated"):
            told[name] = getattr(record, name, None)
        return json.dumps(
            {name: _short(told[name]) for name in FIELDS if told[name] not in (None, "", [])},
            ensure_ascii=True,
        )


def event_of(record: logging.LogRecord) -> str:
    """The fixed word for what happened; for what nobody foresaw, that it did."""
    word = getattr(record, "event", "")
    if word:
        return str(word)
    said = record.msg if isinstance(record.msg, str) else ""
    return _SAID_BETTER.get(said) or (said if said in _KNOWN else "unforeseen")


def _kind_of(record: logging.LogRecord) -> str:
    kind = getattr(record, "kind", "")
    if not kind and record.exc_info and record.exc_info[0] is not None:
        kind = record.exc_info[0].__name__
    return str(kind)


def _place_of(record: logging.LogRecord) -> list[str]:
    if record.exc_info and record.exc_info[2] is not None:
        return places(record.exc_info[2])
    given = getattr(record, "place", None)
    if isinstance(given, list):
        return given
    return [f"{_file(record.pathname)}:{record.lineno} {record.funcName}"]


def places(trace: Any) -> list[str]:
    """Where in the code, the innermost last; the code's own lines are left out, and so is the
    inside of libraries, but for the very place of the fault."""
    frames = extract_tb(trace)
    ours = [frame for frame in frames if _is_ours(Path(frame.filename))]
    told = ours if frames and ours and frames[-1] is ours[-1] else [*ours, *frames[-1:]]
    return [f"{_file(frame.filename)}:{frame.lineno} {frame.name}" for frame in told[-_FRAMES:]]


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(_ROOT) and "site-packages" not in path.parts


def _file(name: str) -> str:
    path = Path(name)
    if _is_ours(path):
        return path.relative_to(_ROOT).as_posix()
    return "/".join(path.parts[-2:])


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(each) for each in value[-_FRAMES:]]
    return value if isinstance(value, int | float) else str(value)[:_LONGEST]


class Calm(logging.Filter):
    """Lets only a few equal lines a minute through: one fault must not fill the disk."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = 0.0
        self._seen: Counter[tuple[str, ...]] = Counter()
        self._left_out: Counter[tuple[str, ...]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this record is written."""
        now = time.monotonic()
        if now - self._begun > _SECONDS:
            self._begun = now
            self._seen.clear()
        key = (record.name, event_of(record), _kind_of(record), *_place_of(record)[-1:])
        self._seen[key] += 1
        if self._seen[key] > _EQUAL:
            self._left_out[key] += 1
            return False
        if self._left_out[key]:
            record.repeated = self._left_out.pop(key)
        return True


class ToStderr(logging.StreamHandler[TextIO]):
    """Writes to standard error as it is at the moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(Line())
        self.addFilter(Calm())

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Where to write."""
        return sys.stderr


def start_logging() -> None:
    """Let everything that is logged in this process go out as lines; twice is once."""
    root = logging.getLogger()
    if not any(isinstance(handler, ToStderr) for handler in root.handlers):
        root.addHandler(ToStderr())
