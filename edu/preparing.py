"""What happens before serving: schema, content, releases, finished pages. Twice changes nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.checking import read_everything
from edu.editions.models import Release, Rendering
from edu.editions.releasing import release_all
from edu.editions.shipped import load_shipped
from edu.interface import Interface
from edu.learning.instruments import keep_versions
from edu.learning.retention import delete_old
from edu.pages.site import Site
from edu.pages.store import publish
from edu.partners.accounts import end_sessions, has_administrator, new_setup_token
from edu.schema import migrate
from edu.settings import Settings


@dataclass(frozen=True)
class Prepared:
    """What was done; `setup_token` is given while there is no administrator."""

    releases: int
    pages: int
    forgotten: int
    setup_token: str


def prepare(app: Flask) -> Prepared:
    """Make everything ready. Raises Broken with every mistake in the files of authors."""
    settings: Settings = app.extensions["settings"]
    database: Database = app.extensions["database"]
    files = _digest_of_files(settings)
    fresh = _is_fresh(database, settings, files)
    everything = None if fresh else read_everything(settings.root)
    migrate(database.engine)
    releases = 0
    with database.work() as session:
        if everything is not None:
            library, instruments, shipped = everything
            keep_versions(session, instruments)
            load_shipped(session, shipped)
            releases = len(release_all(session, settings.root, library, instruments))
        forgotten = delete_old(session, datetime.now(UTC).date())
        end_sessions(session)
        token = _setup_token(session, settings)
    pages = 0
    if not fresh:
        with database.session(reading=True) as session:
            pages = _publish(app, session, settings)
            _stamp(settings).write_text(_state(session, files))
    return Prepared(releases, pages, forgotten, token)


def _setup_token(session: Session, settings: Settings) -> str:
    """A way in for the first administrator; a demonstration brings one of its own."""
    if settings.demo or has_administrator(session):
        return ""
    return new_setup_token(session)


def _publish(app: Flask, session: Session, settings: Settings) -> int:
    interface: Interface = app.extensions["interface"]
    with app.app_context():
        content = settings.root / "content"
        site = Site(session, app.jinja_env, interface, content, datetime.now(UTC).date())
        return publish(settings.published, site.pages())


def _stamp(settings: Settings) -> Path:
    """What the finished pages were made of."""
    return settings.published.with_suffix(".stamp")


def _is_fresh(database: Database, settings: Settings, files: str) -> bool:
    """Whether nothing that pages are made of has changed since they were made: neither a file
    of authors or of this program, nor the releases in the database."""
    stamp = _stamp(settings)
    if not (stamp.exists() and settings.published.exists()):
        return False
    if not inspect(database.engine).has_table(Release.__tablename__):
        return False
    with database.session(reading=True) as session:
        return stamp.read_text() == _state(session, files)


def _state(session: Session, files: str) -> str:
    """What pages are made of: the files, the newest release, and partners' own words."""
    newest = session.scalar(select(func.max(Release.id))) or 0
    digest = hashlib.sha256()
    theirs = select(Rendering).where(Rendering.from_files.is_(False)).order_by(Rendering.id)
    for row in session.scalars(theirs):
        digest.update(repr((row.id, row.source, row.text, row.state)).encode())
    return f"{files} {newest} {digest.hexdigest()}"


def _digest_of_files(settings: Settings) -> str:
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
    base = root if file.is_relative_to(root) else Path(__file__).resolve().parent
    return file.relative_to(base).as_posix()


def _files(root: Path) -> Iterable[Path]:
    here = Path(__file__).resolve().parent
    for pattern in ("**/*.py", "templates/**/*.*", "static/*"):
        yield from sorted(here.glob(pattern))
    for folder in ("content", "quizzes", "translations"):
        yield from sorted(each for each in (root / folder).rglob("*") if each.is_file())
