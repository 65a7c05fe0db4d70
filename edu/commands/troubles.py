"""What a person reads when a command cannot do its work: a sentence, and not a traceback."""

from typing import Any

import click
from flask import current_app
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from edu import sqlite
from edu.backups.folder import NoFolder
from edu.backups.making import NothingToKeep
from edu.backups.pack import Unusable
from edu.health.reaching import unreached
from edu.health.words import told
from edu.schema import TooNew
from edu.settings import Settings
from edu.sqlite import Unsafe


def plainly(command: click.Command) -> click.Command:
    """The same command; what goes wrong with the database, the disk or a backup is told in a
    sentence, with exit code 1."""
    for each in getattr(command, "commands", {}).values():
        plainly(each)
    work = command.callback
    if work is None or getattr(work, "tells_plainly", False):
        return command

    def work_plainly(*values: Any, **named: Any) -> Any:
        try:
            return work(*values, **named)
        except (TooNew, Unsafe, Unusable, NoFolder, NothingToKeep) as error:
            raise click.ClickException(str(error) or "There is nothing to back up yet.") from error
        except SQLAlchemyError as error:
            raise click.ClickException(_words(error)) from error
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or 'The disk'}: {error.strerror or error}"
            ) from error

    work_plainly.tells_plainly = True  # type: ignore[attr-defined]
    command.callback = work_plainly
    return command


def _words(error: SQLAlchemyError) -> str:
    """Never the database's own words: they may hold values of rows."""
    settings: Settings = current_app.extensions["settings"]
    if silent := unreached(error, settings.database_url):
        return told(silent)
    found = error.orig if isinstance(error, DBAPIError) else error
    kind = sqlite.kind_of(found) or type(found).__name__
    if kind in ("SQLITE_ERROR", "UndefinedTable", "UndefinedColumn"):
        return "The database is empty or of an older program. Run `flask prepare` first."
    if kind == "SQLITE_BUSY":
        return "The database is in use by something that does not end. Try again in a minute."
    if kind in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
        return "The database is damaged. Run `flask doctor`: it says what to do."
    if kind in ("SQLITE_FULL", "DiskFull"):
        return "The disk is full. Make room, then try again; nothing was half done."
    return f"The database does not answer as it should ({kind}). Run `flask doctor`."
