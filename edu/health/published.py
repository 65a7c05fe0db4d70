"""Whether the finished pages are those that should be there, byte for byte."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from edu.communities.facts import facts_on_pages
from edu.database import Database
from edu.editions.models import Release, Rendering
from edu.health.clock import earliest
from edu.health.marks import write_whole
from edu.media.shown import state_of_media
from edu.recordings.heard import state_of_voices
from edu.server.choices import choices
from edu.settings import Settings

_PROGRAM = Path(__file__).resolve().parent.parent


def stamp(settings: Settings) -> Path:
    """The file that says what the finished pages were made of."""
    return settings.published.with_suffix(".stamp")


def are_there(settings: Settings) -> bool:
    """Whether pages were finished once, however old they are."""
    return stamp(settings).exists() and settings.published.is_dir()


def are_of(settings: Settings, files: str) -> bool:
    """Whether the finished pages were made of files with this digest."""
    return are_there(settings) and stamp(settings).read_text().partition(" ")[0] == files


def are_fresh(database: Database, settings: Settings, files: str) -> bool:
    """Whether nothing that pages are made of has changed since they were made: neither a file
    of authors or of this program, nor the releases in the database."""
    if not are_there(settings) or damaged(settings):
        return False
    reader = database.engine.execution_options(reading=True)
    if not inspect(reader).has_table(Release.__tablename__):
        return False
    with database.session(reading=True) as session:
        return stamp(settings).read_text() == state(session, files, day_of_pages(settings))


def day_of_pages(settings: Settings) -> date:
    """The day that pages are made for. Never earlier than the server was last awake: a small box
    that wakes up in another year must not show a number that has expired."""
    return max(datetime.now(UTC).date(), earliest(settings.instance))


def state(session: Session, files: str, day: date) -> str:
    """What pages are made of: the files, the newest release and those that were taken back,
    partners' own words as learners meet them, what is true of each place on a day, and which
    languages are on offer."""
    newest = session.scalar(select(func.max(Release.id))) or 0
    digest = hashlib.sha256()
    theirs = select(Rendering).where(Rendering.from_files.is_(False)).order_by(Rendering.id)
    for row in session.scalars(theirs):
        digest.update(repr((row.id, row.source, row.released_text, row.released_state)).encode())
    taken = select(Release.id).where(Release.withdrawn_on.is_not(None)).order_by(Release.id)
    digest.update(repr(list(session.scalars(taken))).encode())
    digest.update(state_of_voices(session, day).encode())
    digest.update(state_of_media(session, day).encode())
    digest.update(repr(facts_on_pages(session, day)).encode())
    decided = choices(session)
    digest.update(repr((sorted(decided.withheld), sorted(decided.gone))).encode())
    return f"{files} {newest} {digest.hexdigest()}"


def digest_of_files(settings: Settings) -> str:
    """A digest of everything written by authors and programmers that can show on a page."""
    digest = hashlib.sha256(repr(settings.demo).encode())
    for file in _files(settings.root):
        content = file.read_bytes()
        digest.update(f"{_name_of(file, settings.root)}\0".encode() + content + b"\0")
        if file.suffix == ".md" and b"consent: recorded" in content:
            # A real person's story is shown until a day, so what is fresh depends on the day.
            digest.update(datetime.now(UTC).date().isoformat().encode())
    return digest.hexdigest()


def _name_of(file: Path, root: Path) -> str:
    """A file's place among the authors' files or in this program, the same on every machine."""
    base = root if file.is_relative_to(root) else _PROGRAM
    return file.relative_to(base).as_posix()


def _files(root: Path) -> Iterable[Path]:
    for pattern in ("**/*.py", "templates/**/*.*", "static/**/*.*"):
        yield from sorted(_PROGRAM.glob(pattern))
    for folder in ("content", "quizzes", "translations"):
        yield from sorted(each for each in (root / folder).rglob("*") if each.is_file())


def keep_sums(settings: Settings) -> None:
    """Write down a digest of every finished file, to find the ones a bad disk changes."""
    content = json.dumps(_sums(settings.published), indent=0, sort_keys=True)
    write_whole(_sums_file(settings), content.encode())


def has_sums(settings: Settings) -> bool:
    """Whether the digests were ever written down."""
    return _sums_file(settings).exists()


def damaged(settings: Settings) -> list[str]:
    """The finished files that are not what was written any more, or are gone."""
    try:
        known = json.loads(_sums_file(settings).read_bytes())
    except (OSError, ValueError):
        return []
    found = _sums(settings.published)
    return sorted(name for name, value in known.items() if found.get(name) != value)


def remove_damaged(settings: Settings) -> list[str]:
    """Take damaged files away, so that they are made again, and are not shown meanwhile."""
    names = damaged(settings)
    for name in names:
        # The plain file vouches for its packed forms, so it goes with them.
        plain = settings.published / name.removesuffix(".br").removesuffix(".gz")
        for file in (settings.published / name, plain):
            if file.is_relative_to(settings.published):
                file.unlink(missing_ok=True)
    return names


def _sums(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): _digest(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return "cannot be read"


def _sums_file(settings: Settings) -> Path:
    return settings.published.with_suffix(".sums")
