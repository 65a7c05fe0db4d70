"""Bring a backup back: checked in full first, whole or not at all."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, inspect, select

from edu import sqlite
from edu.backups import folder
from edu.backups.aside import moved_aside
from edu.backups.filling import fill
from edu.backups.gone import erase_gone
from edu.backups.making import make_backup
from edu.backups.opening import Opened
from edu.backups.pack import SECRET, Manifest, Unusable, member_of, table_of
from edu.backups.tables import drawn, kept_at
from edu.database import Database
from edu.health import marks, published, sound
from edu.health import secret as secrets
from edu.schema import known_revisions, revision_of
from edu.settings import Settings

#: Where people are; what is in none of them was not anybody's work yet.
_PEOPLE = ("learner", "group", "member", "organisation")


@dataclass(frozen=True)
class Restored:
    """What was brought back."""

    manifest: Manifest
    #: What was there before: a backup of it, or the damaged file, moved aside.
    before: Path | None
    #: Whether the code cards of the backup work with the secret that is in force now.
    cards_work: bool


class NotEmpty(Exception):
    """There is somebody's work in the database, and nobody said that it may go."""


def restore(database: Database, settings: Settings, backup: Opened, *, replace: bool) -> Restored:
    """Bring a backup back, whole or not at all. Raises NotEmpty, Unusable, and what the database
    or the disk raises."""
    refuse_unknown(backup.manifest)
    secret = _secret_in(backup)
    lost = _lost_file(database, settings)
    before: Path | None = None
    if lost is not None or not _is_empty(database):
        if not replace:
            raise NotEmpty
        if lost is None:
            into = settings.backup_into or settings.instance / "backups"
            into = folder.ready(into, settings.instance)
            before = make_backup(database, settings, into, "before-restore").file
    with moved_aside(database, lost) as aside:
        fill(database, backup)
        with database.work() as session:
            erase_gone(session, settings.instance)
    cards_work = _put_secret(settings, secret, backup.manifest)
    # The pages belong to what was there before; the next start makes them anew.
    with suppress(OSError):
        published.stamp(settings).unlink(missing_ok=True)
    database.scrub()
    marks.put(settings.instance, "restore")
    return Restored(backup.manifest, before or aside, cards_work)


def _lost_file(database: Database, settings: Settings) -> Path | None:
    """An SQLite file of which no backup can be made: it is damaged, or a newer program's."""
    file = sqlite.file_of(settings.database_url)
    there = file is not None and file.exists()
    if there and sound.faults(database.engine):
        return file
    with database.engine.execution_options(reading=True).connect() as connection:
        if revision_of(connection) in ("", *known_revisions()):
            return None
    if not there:
        raise Unusable(
            "The database was used with a newer Daraja, so it cannot be backed up first. Make an"
            " empty database and set DATABASE_URL to it."
        )
    return file


def refuse_unknown(manifest: Manifest) -> None:
    if manifest.revision not in known_revisions():
        raise Unusable(
            f"The backup is of schema {manifest.revision}, which this program does not know. It was"
            " made by a newer Daraja: restore it with that version or a later one."
        )
    expected = {member_of(name) for name in kept_at(manifest.revision)}
    found = {name for name in manifest.parts if table_of(name)}
    if found != expected:
        odd = ", ".join(sorted(found ^ expected))
        raise Unusable(f"The backup does not hold the tables of its schema: {odd}")


def _is_empty(database: Database) -> bool:
    with database.engine.execution_options(reading=True).connect() as connection:
        if not revision_of(connection):
            return True
        there = set(inspect(connection).get_table_names())
        tables = drawn(connection, tuple(there.intersection(_PEOPLE)))
        return not any(
            connection.scalar(select(func.count()).select_from(table)) for table in tables.values()
        )


def _secret_in(backup: Opened) -> str:
    """The secret that the backup brings; empty when it brings none."""
    if SECRET not in backup.manifest.parts:
        return ""
    secret = backup.content(SECRET).decode("utf-8", "replace")
    if not 8 <= len(secret) <= 500 or not secret.isprintable():
        raise Unusable("The secret in the backup is none.")
    if secrets.check_value(secret) != backup.manifest.secret_check:
        raise Unusable("The secret in the backup is not the one its cards were made with.")
    return secret


def _put_secret(settings: Settings, secret: str, manifest: Manifest) -> bool:
    """Put the backup's secret into its place, where the secret is kept in a file."""
    secrets.expect(settings.instance, manifest.secret_check)
    if secrets.check_value(settings.secret_key) == manifest.secret_check:
        return True
    file = settings.instance / "secret.key"
    in_file = file.exists() and file.read_text(errors="replace").strip() == settings.secret_key
    if not secret or not in_file:
        return False
    os.replace(file, file.with_name(f"secret.key.before-{marks.now():%Y%m%d%H%M%S}"))
    marks.write_whole(file, secret.encode())
    return True
