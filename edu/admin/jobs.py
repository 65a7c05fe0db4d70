"""Work that takes longer than a page may take: starting it, and watching how far it is."""

from flask import Blueprint, abort, current_app, make_response, redirect, request
from flask.typing import ResponseReturnValue

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
}


def jobs() -> Jobs:
    """The jobs of this server."""
    found: Jobs = current_app.extensions["jobs"]
    return found


def pages_anew(by: Actor) -> ResponseReturnValue:
    """Check the content and make all pages again."""
    return _start(by, Work.PUBLISH, Deed.PUBLISHED, Kind.PAGES)


def backup_now(by: Actor) -> ResponseReturnValue:
    """Make a backup."""
    return _start(by, Work.BACKUP, Deed.BACKED_UP, Kind.BACKUP)


def _start(by: Actor, work: Work, deed: Deed, kind: Kind) -> ResponseReturnValue:
    try:
        number, begin = jobs().start(db(), work)
    except UnderWay as known:
        # Two people had the same thought: both watch the one that goes on.
        number = known.job or 0
    else:
        tell_server(by, deed, kind)
        afterwards(lambda _session: begin())
    return redirect(address("staff", "server", "jobs", number), 303)


@bp.get("/<int(max=2147483647):number>")
@staff(Right.LOOK_AFTER_SERVER)
def job(_by: Actor, number: int) -> ResponseReturnValue:
    """How far a job is. It loads itself again while the job goes on, unless told not to."""
    found = jobs().look(number)
    if found is None:
        abort(404)
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
            warnings=[said_of_job(each) for each in found.said.get("warnings", ())],
            back=address(*_BACK[found.work]),
            here=f"/staff/server/jobs/{number}",
        )
    )
    if goes_on and not still:
        page.headers["Refresh"] = str(_AGAIN)
    return page
