"""A backup nobody asked for: before a newer program changes the tables."""

from edu.backups import folder
from edu.backups.making import make_backup
from edu.backups.tables import names_at
from edu.database import Database
from edu.health import marks
from edu.schema import newest_revision, revision_of
from edu.settings import Settings


def keep_before_upgrade(database: Database, settings: Settings) -> None:
    """Back an older database up before its schema changes. Raises what a backup raises: an upgrade
    without a way back is none."""
    with database.engine.execution_options(reading=True).connect() as connection:
        revision = revision_of(connection)
    if revision in ("", newest_revision()) or settings.backup_into is None:
        return
    if not _is_known(revision):
        return  # the migration says what is wrong
    into = folder.ready(settings.backup_into, settings.instance)
    make_backup(database, settings, into, "before-upgrade")
    marks.put(settings.instance, "backup")


def _is_known(revision: str) -> bool:
    return revision < newest_revision() and bool(names_at(revision))
