"""Work that takes longer than a page may take: starting it, and watching how far it is."""

from collections.abc import Callable

from flask import Blueprint, abort, current_app, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.signed_in import staff
from edu.admin.job_wording import said_of_job
from edu.admin.telling import tell_server
from edu.admin.wording import work_name
from edu.doors import address, afterwards, db, show
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.server.jobs import Jobs, UnderWay, Work

bp = Blueprint("jobs", __name__, url_prefix="/<tag>/staff/server/jobs")

#: A page that watches is loaded again after so many seconds, until somebody stops that.
_AGAIN = 5
_BACK = {
    Work.PUBLISH: ("staff", "server", "content"),
    Work.BACKUP: ("staff", "server", "backup"),
    Work.EVALUATE: ("staff", "server"),
    Work.FILMS: ("staff", "server"),
    Work.EXAMINE: ("staff", "server", "health"),
}


def jobs() -> Jobs:
    """The jobs of this server."""
    found: Jobs = current_app.extensions["jobs"]
    return found


def pages_anew(by: Actor) -> ResponseReturnValue:
    """Check the content and make all pages again."""
    return _start(Work.PUBLISH, lambda: tell_server(by, Deed.PUBLISHED, Kind.PAGES))


def backup_now(by: Actor) -> ResponseReturnValue:
    """Make a backup."""
    return _start(Work.BACKUP, lambda: tell_server(by, Deed.BACKED_UP, Kind.BACKUP))


def look_through() -> ResponseReturnValue:
    """Let the doctor look through what no page waits for. It changes nothing: no trail has it."""
    return _start(Work.EXAMINE)


def _start(work: Work, told: Callable[[], None] = lambda: None) -> ResponseReturnValue:
    try:
        number, begin = jobs().start(db(), work)
    except UnderWay as known:
        # Two people had the same thought: both watch the one that goes on.
        number = known.job or 0
    else:
        told()
        afterwards(lambda _session: begin())
    return redirect(address("staff", "server", "jobs", number), 303)


@bp.get("/<int(max=2147483647):number>")
@staff(Right.LOOK_AFTER_SERVER)
def job(_by: Actor, number: int) -> ResponseReturnValue:
    """How far a job is. It loads itself again while the job goes on, unless told not to."""
    found = jobs().look(number)
    if found is None:
        abort(404)
    if found.work is Work.EXAMINE and found.state == "done":
        return redirect(address(*_BACK[found.work]))
    goes_on = found.state == "under way"
    still = "still" in request.args
    page = make_response(
        show(
            "admin/job.html",
            job=found,
            name=work_name(found.work),
            goes_on=goes_on,
            still=still,
            mistakes=[said_of_job(each) for each in found.said.get("mistakes", ())],
            detail=said_of_job(found.said.get("detail", "")),
            warnings=[said_of_job(each) for each in found.said.get("warnings", ())],
            back=address(*_BACK[found.work]),
            back_name=_back_name(found.work),
            here=f"/staff/server/jobs/{number}",
        )
    )
    if goes_on and not still:
        page.headers["Refresh"] = str(_AGAIN)
    return page


def _back_name(work: Work) -> str:
    """What the page is called from which such work is started."""
    return {
        Work.PUBLISH: _("Content"),
        Work.BACKUP: _("Backups"),
        Work.EVALUATE: _("This server"),
        Work.EXAMINE: _("Health"),
    }[work]
