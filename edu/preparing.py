"""What happens before serving: schema, content, releases, finished pages. Twice changes nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.checking import read_everything
from edu.editions.models import Release
from edu.editions.releasing import offered_tags, release_all
from edu.editions.shipped import load_shipped
from edu.interface import Interface
from edu.learning.instruments import keep_versions
from edu.learning.retention import delete_old
from edu.pages.site import Site
from edu.pages.store import publish
from edu.partners.accounts import has_administrator, new_setup_token
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
    library, instruments, shipped = read_everything(settings.root)
    migrate(database.engine)
    with database.work() as session:
        keep_versions(session, instruments)
        load_shipped(session, shipped)
        releases = len(release_all(session, settings.root, library, instruments))
        forgotten = delete_old(session, datetime.now(UTC).date())
        token = "" if has_administrator(session) else new_setup_token(session)
    with database.session(reading=True) as session:
        pages = _publish(app, session, settings)
    return Prepared(releases, pages, forgotten, token)


def _publish(app: Flask, session: Session, settings: Settings) -> int:
    """Make the finished pages, unless nothing that they are made of has changed."""
    stamp = settings.published.with_suffix(".stamp")
    digest = _ingredients(session, settings)
    if stamp.exists() and stamp.read_text() == digest:
        return 0
    interface: Interface = app.extensions["interface"]
    with app.app_context():
        site = Site(session, app.jinja_env, interface)
        written = publish(settings.published, site.pages())
    stamp.write_text(digest)
    return written


def _ingredients(session: Session, settings: Settings) -> str:
    """A digest of all that pages are made of: releases, templates, words, and this program."""
    digest = hashlib.sha256(repr((settings.demo, offered_tags(session))).encode())
    for row in session.execute(select(Release.id, Release.digest).order_by(Release.id)):
        digest.update(repr(tuple(row)).encode())
    for file in _files(settings.root):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(root: Path) -> Iterable[Path]:
    here = Path(__file__).resolve().parent
    yield from sorted(here.glob("templates/**/*.*"))
    yield from sorted(here.glob("static/*"))
    yield from sorted(here.glob("pages/*.py"))
    yield from sorted(here.glob("lessons/*.py"))
    yield from sorted(root.glob("translations/*/LC_MESSAGES/messages.po"))
