"""What is done once a day: look whether all is sound, forget what is old, make a backup."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from edu.backups import folder
from edu.backups.making import NothingToKeep, make_backup
from edu.database import Database
from edu.health import clock, marks, published, sound
from edu.health.forgetting import forget_old
from edu.schema import TooNew
from edu.settings import Settings
from edu.sqlite import Unsafe

_FAULTS = (OSError, SQLAlchemyError, Unsafe, TooNew, folder.NoFolder)


@dataclass(frozen=True)
class Done:
    """One piece of the day's work: how it ended, in a few words."""

    name: str
    well: bool
    said: str


def keep(
    database: Database, settings: Settings, renew: Callable[[], int] | None = None
) -> list[Done]:
    """Do the day's work. What fails is noted and told, and keeps nothing else from being done;
    only a damaged database is neither written nor backed up over good backups. `renew` makes the
    pages anew where something on them has come to its end, and says how many it wrote."""
    work: list[tuple[str, Callable[[Database, Settings], str]]] = [
        ("quick-check", _check),
        ("pages", _check_pages),
        ("renewal", lambda _database, _settings: _renewed(renew)),
        ("retention", _forget),
        ("backup", _back_up),
    ]
    done: list[Done] = []
    for name, step in work:
        done.append(_tried(name, step, database, settings))
        if name == "quick-check" and not done[-1].well:
            break
    marks.put(settings.instance, "keep", "well" if all(each.well for each in done) else "badly")
    return done


def _tried(
    name: str, step: Callable[[Database, Settings], str], database: Database, settings: Settings
) -> Done:
    try:
        said = step(database, settings)
    except _Failed as failed:
        done = Done(name, False, str(failed))
    except _FAULTS as error:
        # An error of the database may name values in its words.
        plain = isinstance(error, OSError | Unsafe | TooNew | folder.NoFolder)
        done = Done(name, False, str(error) if plain else type(error).__name__)
    else:
        done = Done(name, True, said)
    marks.put(settings.instance, name, "well" if done.well else "badly")
    return done


class _Failed(Exception):
    """A piece of work found something wrong."""


def _check(database: Database, settings: Settings) -> str:
    faults = sound.faults(database.engine)
    if faults:
        sound.mark_damaged(database, settings.database_url)
        raise _Failed(f"the database is damaged ({faults[0]}); run flask doctor")
    return "the database is sound"


def _check_pages(_database: Database, settings: Settings) -> str:
    damaged = published.damaged(settings)
    if damaged:
        raise _Failed(f"{len(damaged)} finished pages are damaged; run flask prepare")
    return "the pages are as they were written"


def _renewed(renew: Callable[[], int] | None) -> str:
    pages = renew() if renew is not None else 0
    return f"{pages} pages made anew, because something on them has ended"


def _forget(database: Database, settings: Settings) -> str:
    with database.work() as session:
        forgotten, seen = forget_old(session, settings.instance)
    if not seen.trusted:
        raise _Failed(f"the clock may be wrong: {seen.why}; run flask doctor")
    # Also where nobody was forgotten: keys of linking and rows of papers may have ended.
    database.scrub()
    return f"{forgotten} learners of long ago deleted"


def _back_up(database: Database, settings: Settings) -> str:
    if settings.backup_into is None or settings.demo:
        return "no backup is wanted"
    into = folder.ready(settings.backup_into, settings.instance)
    try:
        made = make_backup(database, settings, into)
    except NothingToKeep:
        return "there is nothing to back up yet"
    with database.session(reading=True) as session:
        trusted = clock.look(settings.instance, clock.newest_day(session)).trusted
    if trusted:
        folder.thin_out(into, made.file)
    return f"{made.manifest.rows} rows in {made.file.name}"
