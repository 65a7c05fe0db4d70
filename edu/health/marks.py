"""What was done last, when, and how it ended: small files in the instance folder.

Files and not rows, so that they can still be read and written when the database cannot.
"""

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Mark:
    """One job's last run; times in UTC, to the second."""

    name: str
    ended_at: datetime
    #: `well` or `badly`.
    outcome: str = "well"
    #: A short word of detail, such as a file's name. Never anything about a person.
    detail: str = ""
    #: When it last ended well; it may have failed since.
    last_well: datetime | None = None


def now() -> datetime:
    """This moment in UTC, to the second, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def put(instance: Path, name: str, outcome: str = "well", detail: str = "") -> None:
    """Note that a job has ended. Where nothing can be written, nothing is noted."""
    before = read(instance, name)
    moment = now()
    last_well = moment if outcome == "well" else before.last_well if before else None
    mark = Mark(name, moment, outcome, detail, last_well)
    with suppress(OSError):
        write_whole(
            _file(instance, name),
            json.dumps(
                {key: _plain(value) for key, value in asdict(mark).items()}, ensure_ascii=False
            ).encode(),
        )


def read(instance: Path, name: str) -> Mark | None:
    """A job's last run; None when there was none, or its file is damaged."""
    try:
        found = json.loads(_file(instance, name).read_bytes())
        last_well = found["last_well"]
        return Mark(
            str(found["name"]),
            datetime.fromisoformat(found["ended_at"]),
            str(found["outcome"]),
            str(found["detail"]),
            datetime.fromisoformat(last_well) if last_well else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove(instance: Path, name: str) -> None:
    """Forget a job's last run."""
    with suppress(OSError):
        _file(instance, name).unlink(missing_ok=True)


def names(instance: Path) -> list[str]:
    """The jobs that have a mark."""
    return sorted(file.stem for file in (instance / "marks").glob("*.json"))


def write_whole(file: Path, content: bytes) -> None:
    """Write a private file so that it is seen whole or not at all, also after a power cut."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(new, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(new, file)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    settle(file.parent)


def settle(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _file(instance: Path, name: str) -> Path:
    if not re.fullmatch(r"[a-z-]+", name):
        raise ValueError(f"a mark is named in small letters, not {name!r}")
    return instance / "marks" / f"{name}.json"


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
