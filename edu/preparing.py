"""What happens before serving: schema, content, releases, finished pages. Twice changes nothing."""

import os
from dataclasses import dataclass, replace

from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from edu import sqlite
from edu.backups.safety import keep_before_upgrade
from edu.communities.shipped import load_profiles
from edu.database import Database
from edu.editions.checking import read_everything
from edu.editions.drift.catching_up import catch_up
from edu.editions.loading import load_shipped
from edu.editions.memory.suggesting import remember_all
from edu.editions.releasing import release_all
from edu.health import marks, published, secret, sound, words
from edu.health.forgetting import forget_old
from edu.health.reaching import unreached
from edu.interface import Interface
from edu.learning.instruments import keep_versions
from edu.learning.kept_words import kept_releases
from edu.lessons.mistakes import Broken
from edu.pages.site import Site
from edu.pages.store import publish
from edu.partners.members import has_administrator, new_setup_token
from edu.schema import migrate, newest_revision, revision_of
from edu.settings import Settings


@dataclass(frozen=True)
class Prepared:
    """What was done; `setup_token` is given while there is no administrator."""

    releases: int = 0
    pages: int = 0
    forgotten: int = 0
    setup_token: str = ""
    #: What whoever runs this server must know; it is served all the same.
    warnings: tuple[str, ...] = ()


def get_ready(app: Flask) -> Prepared:
    """Prepare as far as this machine allows, so that lessons are served in any case.

    A damaged database is only read, on a closed or full disk nothing is kept, and with mistakes in
    the files of authors the pages of last time stay. Raises Broken, or the database's error, where
    there are no pages of last time; and TooNew where an older program would spoil the database.
    """
    settings: Settings = app.extensions["settings"]
    database: Database = app.extensions["database"]
    trouble = _trouble(database, settings)
    if trouble:
        return Prepared(warnings=(trouble,))
    try:
        return prepare(app)
    except Broken as broken:
        if not (published.are_there(settings) and _schema_is_ours(database)):
            raise
        return _without_new_pages(database, settings, words.broken(broken.mistakes))
    except (OSError, OperationalError) as error:
        kind = sqlite.kind_of(getattr(error, "orig", None))
        if not published.are_there(settings) or kind not in ("", "SQLITE_FULL", "SQLITE_IOERR"):
            raise
        silent = unreached(error, settings.database_url)
        return Prepared(warnings=(words.told(silent) if silent else words.DISK_FAILS,))


def prepare(app: Flask) -> Prepared:
    """Make everything ready. Raises Broken with every mistake in the files of authors."""
    settings: Settings = app.extensions["settings"]
    database: Database = app.extensions["database"]
    published.remove_damaged(settings)
    files = published.digest_of_files(settings)
    fresh = _schema_is_ours(database) and published.are_fresh(database, settings, files)
    everything = None if fresh else read_everything(settings.root)
    keep_before_upgrade(database, settings)
    migrate(database.engine)
    releases = 0
    with database.work() as session:
        if everything is not None:
            library, instruments, shipped = everything
            keep_versions(session, instruments)
            load_shipped(session, shipped)
            load_profiles(session, settings.root)
            catch_up(session, settings.root)
            remember_all(session)
            releases = len(release_all(session, settings.root, library, instruments))
        done = _tidy(session, settings)
        token = _setup_token(session, settings)
    pages = 0
    if not fresh:
        with database.session(reading=True) as session:
            pages = _publish(app, session, settings)
            _stamp(session, settings, files)
    if not fresh or not published.has_sums(settings):
        published.keep_sums(settings)
    marks.put(settings.instance, "prepare")
    return replace(done, releases=releases, pages=pages, setup_token=token)


def renew_pages(app: Flask) -> int:
    """Make the pages anew where what they tell of a place is not so any more today: a number that
    nobody has called for half a year vanishes. The files of authors are not looked at, so that no
    mistake in them keeps a number alive. Returns how many pages had to be written."""
    settings: Settings = app.extensions["settings"]
    database: Database = app.extensions["database"]
    if not published.are_there(settings):
        return 0
    stamped = published.stamp(settings).read_text()
    files = stamped.partition(" ")[0]
    with database.session(reading=True) as session:
        if published.state(session, files, published.day_of_pages(settings)) == stamped:
            return 0
        pages = _publish(app, session, settings)
        _stamp(session, settings, files)
    published.keep_sums(settings)
    return pages


def _stamp(session: Session, settings: Settings, files: str) -> None:
    day = published.day_of_pages(settings)
    published.stamp(settings).write_text(published.state(session, files, day))


def _trouble(database: Database, settings: Settings) -> str:
    """Why nothing may be written at present; empty where it may."""
    file = sqlite.file_of(settings.database_url)
    closed = not os.access(settings.instance, os.W_OK)
    if closed or (file is not None and file.exists() and sqlite.cannot_be_written(file)):
        return words.DISK_IS_CLOSED
    if file is None or not file.exists():
        return ""
    found = sound.faults(database.engine)
    marks.put(settings.instance, "quick-check", "badly" if found else "well")
    if not found:
        sound.mark_sound(database, settings.database_url)
        return ""
    sound.mark_damaged(database, settings.database_url)
    return words.told(words.damaged(file, found, settings.backup_into))


def _schema_is_ours(database: Database) -> bool:
    with database.engine.execution_options(reading=True).connect() as connection:
        return revision_of(connection) == newest_revision()


def _without_new_pages(database: Database, settings: Settings, warning: str) -> Prepared:
    """What a start does besides pages."""
    with database.work() as session:
        done = _tidy(session, settings)
        token = _setup_token(session, settings)
    return replace(done, setup_token=token, warnings=(*done.warnings, warning))


def _tidy(session: Session, settings: Settings) -> Prepared:
    """Forget what is old, unless the clock may be wrong; and look whether the secret is ours."""
    warnings = []
    forgotten, seen = forget_old(session, settings.instance)
    if not seen.trusted:
        warnings.append(words.told(words.clock(seen.why)))
    if secret.is_another(settings.instance, settings.secret_key):
        warnings.append(words.told(words.CARDS_DO_NOT_WORK))
    elif not secret.expected(settings.instance):
        secret.expect(settings.instance, secret.check_value(settings.secret_key))
    return Prepared(forgotten=forgotten, warnings=tuple(warnings))


def _setup_token(session: Session, settings: Settings) -> str:
    """A way in for the first administrator; a demonstration brings one of its own."""
    if settings.demo or has_administrator(session):
        return ""
    return new_setup_token(session)


def _publish(app: Flask, session: Session, settings: Settings) -> int:
    interface: Interface = app.extensions["interface"]
    with app.app_context():
        content = settings.root / "content"
        today = published.day_of_pages(settings)
        kept = kept_releases(session, today)
        site = Site(session, app.jinja_env, interface, content, today, kept)
        return publish(settings.published, site.pages())
