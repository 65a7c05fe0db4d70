"""The server at a glance, and a full look at its health."""

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.admin.backup import is_encrypted, made_at
from edu.admin.health_wording import findings_in_words
from edu.admin.jobs import jobs, look_through
from edu.admin.wording import number_words, size_words
from edu.backups.folder import backups
from edu.backups.pack import program_version
from edu.database import Database
from edu.doors import day_in_words, db, offered, settings, show
from edu.editions.releasing import edition_tags
from edu.editions.shelf import how_many_releases
from edu.health import doctor
from edu.health.put_away import findings_of_data
from edu.partners.actors import Actor
from edu.partners.members import organisations
from edu.partners.roles import Right
from edu.server.facts import free_space, kind_of_database, revision, size_of_database
from edu.server.jobs import Work

bp = Blueprint("server", __name__, url_prefix="/<tag>/staff/server")


@bp.get("")
@staff(Right.LOOK_AFTER_SERVER)
def overview(by: Actor) -> ResponseReturnValue:
    """What there is to look after."""
    here = settings()
    kept = backups(here.backup_into)
    return show(
        "admin/server.html",
        by=by,
        version=program_version(),
        revision=revision(db()),
        database={"sqlite": "SQLite", "postgresql": "PostgreSQL"}[kind_of_database(db())],
        size=size_words(size_of_database(db(), here.database_url)),
        free=size_words(free_space(here.instance)),
        backup=day_in_words(made_at(kept[-1]).date()) if kept else "",
        backups=len(kept),
        encrypted=bool(kept) and is_encrypted(kept[-1].file),
        houses=len(organisations(db())),
        releases=number_words(how_many_releases(db())),
        on_offer=len(offered()),
        known=len(edition_tags(db())),
        here="/staff/server",
    )


@bp.get("/health")
@staff(Right.LOOK_AFTER_SERVER)
def health(_by: Actor) -> ResponseReturnValue:
    """What the doctor finds at a glance, and what was found when all was looked through last."""
    database: Database = current_app.extensions["database"]
    last = jobs().newest_done(Work.EXAMINE)
    return show(
        "admin/health.html",
        findings=findings_in_words(doctor.glance(database, settings())),
        slow=findings_in_words(findings_of_data(last.said.get("findings", ()))) if last else None,
        looked=last.ended_at if last else None,
        day=day_in_words,
        newest=jobs().newest(Work.EXAMINE),
        form=ConfirmForm(),
        here="/staff/server/health",
    )


@bp.post("/health")
@staff(Right.LOOK_AFTER_SERVER)
def look(_by: Actor) -> ResponseReturnValue:
    """Look through all files and the whole database."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    return look_through()
