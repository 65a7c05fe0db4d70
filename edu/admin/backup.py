"""Backups: making one now, and those that are kept. Only encrypted ones leave by the browser."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, abort, send_file
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.admin.jobs import backup_now, jobs
from edu.admin.wording import size_words
from edu.backups.folder import Kept, backups
from edu.doors import afterwards, day_in_words, settings, show
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.server.jobs import Work

bp = Blueprint("backup", __name__, url_prefix="/<tag>/staff/server/backup")


@dataclass(frozen=True)
class _Listed:
    """One backup in the list."""

    name: str
    day: str
    time: str
    size: str
    encrypted: bool


@bp.get("")
@staff(Right.LOOK_AFTER_SERVER)
def index(_by: Actor) -> ResponseReturnValue:
    """The backups that are kept, the newest first."""
    here = settings()
    return show(
        "admin/backup.html",
        wanted=here.backup_into is not None,
        encrypted=bool(here.backup_key),
        backups=[_listed(each) for each in reversed(backups(here.backup_into))],
        last=jobs().newest(Work.BACKUP),
        form=ConfirmForm(),
        here="/staff/server/backup",
    )


def _listed(kept: Kept) -> _Listed:
    made = made_at(kept)
    return _Listed(
        kept.file.name,
        day_in_words(made.date()),
        f"{made:%H:%M}",
        size_words(kept.file.stat().st_size),
        is_encrypted(kept.file),
    )


def made_at(kept: Kept) -> datetime:
    """When a backup was made, in UTC, as its name says."""
    return datetime.strptime(kept.moment[:17], "%Y-%m-%d-%H%M%S")


def is_encrypted(file: Path) -> bool:
    """Whether only the holder of a key can read a backup."""
    return file.suffix == ".age"


@bp.post("")
@staff(Right.LOOK_AFTER_SERVER)
def make(by: Actor) -> ResponseReturnValue:
    """Make a backup now."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if settings().backup_into is None:
        abort(404)
    return backup_now(by)


@bp.get("/<string(maxlength=120):name>")
@staff(Right.LOOK_AFTER_SERVER)
def download(by: Actor, name: str) -> ResponseReturnValue:
    """An encrypted backup. The name is compared with those in the folder, never made a path."""
    found = next((each for each in backups(settings().backup_into) if each.file.name == name), None)
    if found is None or not is_encrypted(found.file):
        abort(404)
    login = by.login
    afterwards(lambda session: write_down(session, None, login, Deed.DOWNLOADED, Kind.BACKUP, name))
    answer: Response = send_file(found.file, as_attachment=True, download_name=name)
    return answer
