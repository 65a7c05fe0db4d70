"""The inner command of work that was started in the browser."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from edu.backups import folder
from edu.backups.making import NothingToKeep, make_backup
from edu.database import Database
from edu.health import doctor, marks
from edu.health.clock import earliest
from edu.health.put_away import findings_as_data
from edu.health.refusal import why
from edu.lessons.mistakes import Broken
from edu.media.packing import pack_all
from edu.outcomes.evaluation_queue import work_all
from edu.preparing import prepare
from edu.server.jobs import Work, end_job, job_to_do
from edu.server.said import message_as_data, mistake_as_data
from edu.settings import Settings

Said = Mapping[str, Any]


@click.command("job")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@with_appcontext
def job_command(number: int) -> None:
    """Do the work with this NUMBER, which somebody started in the browser."""
    database: Database = current_app.extensions["database"]
    with database.session(reading=True) as session:
        work = job_to_do(session, number)
    if work is None:
        raise click.ClickException(f"nobody waits for work number {number}")
    well, said = _done(current_app, work)
    with database.work() as session:
        end_job(session, number, well=well, said=said)


def _done(app: Flask, work: Work) -> tuple[bool, Said]:
    """Whether it went well, and what there is to say about it."""
    try:
        return True, _WORK[work](app)
    except Broken as broken:
        blocking = sorted(each for each in broken.mistakes if each.blocks)
        return False, {"mistakes": [mistake_as_data(mistake) for mistake in blocking]}
    except folder.NoFolder:
        return False, {"fault": "no folder"}
    except NothingToKeep:
        return False, {"fault": "nothing to keep"}
    except OSError as error:
        return False, {"fault": "disk", "detail": message_as_data(why(error))}
    except Exception as error:
        # Its kind and not its words: a database names values in them.
        return False, {"fault": "other", "detail": type(error).__name__}


def _publish(app: Flask) -> Said:
    done = prepare(app)
    # Somebody may have decided otherwise about a language meanwhile; where nobody has, this is
    # quick and changes nothing.
    again = prepare(app)
    return {
        "releases": done.releases + again.releases,
        "pages": done.pages + again.pages,
        "warnings": [message_as_data(warning) for warning in again.warnings],
    }


def _back_up(app: Flask) -> Said:
    settings: Settings = app.extensions["settings"]
    target = settings.backup_into or settings.instance / "backups"
    into = folder.ready(target, settings.instance)
    made = make_backup(app.extensions["database"], settings, into)
    marks.put(settings.instance, "backup")
    return {"file": made.file.name, "encrypted": made.encrypted}


def _evaluate(app: Flask) -> Said:
    settings: Settings = app.extensions["settings"]
    today = max(datetime.now(UTC).date(), earliest(settings.instance))
    return {"reports": work_all(app.extensions["database"], settings.root, today)}


def _pack_films(app: Flask) -> Said:
    return {"films": pack_all(app.extensions["database"])}


def _examine(app: Flask) -> Said:
    found = doctor.at_length(app.extensions["database"], app.extensions["settings"])
    return {"findings": findings_as_data(found)}


_WORK: Mapping[Work, Callable[[Flask], Said]] = {
    Work.PUBLISH: _publish,
    Work.BACKUP: _back_up,
    Work.EVALUATE: _evaluate,
    Work.FILMS: _pack_films,
    Work.EXAMINE: _examine,
}
