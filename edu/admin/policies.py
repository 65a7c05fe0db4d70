"""What is decided for everybody: the second step, and for how long answers are kept."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from edu.account.signed_in import staff
from edu.admin.forms import RetentionForm, SecondStepForm
from edu.admin.telling import tell_server
from edu.admin.wording import about, second_step_words
from edu.doors import address, db, show, today
from edu.learning.retention import count_old
from edu.outcomes.totals import rounded
from edu.partners.actors import Actor
from edu.partners.looking_after import without_second_step
from edu.partners.roles import Right, Role
from edu.partners.trail import Deed, Kind
from edu.server.choices import FEWEST_MONTHS, MOST_MONTHS, SecondStep, choices, choose

bp = Blueprint("policies", __name__, url_prefix="/<tag>/staff/server")


@bp.route("/settings", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_SERVER)
def settings(by: Actor) -> ResponseReturnValue:
    """Who must have a second step."""
    now = choices(db()).second_step
    form = SecondStepForm(second_step=now.value)
    form.offer([(each.value, second_step_words(each)) for each in SecondStep])
    if form.validate_on_submit():
        chosen = form.second_step.data
        if chosen != now.value:
            choose(db(), "second_step", chosen)
            tell_server(by, Deed.SET, Kind.SETTING, "second step", chosen)
        return redirect(address("staff", "server", "settings"), 303)
    page = show(
        "admin/settings.html",
        form=form,
        everybody=without_second_step(db(), tuple(Role)),
        administrators=without_second_step(db(), (Role.KEEPER, Role.ADMINISTRATOR)),
        here="/staff/server/settings",
    )
    return page, (422 if form.is_submitted() else 200)


@bp.route("/retention", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_SERVER)
def retention(by: Actor) -> ResponseReturnValue:
    """For how many months answers are kept; fewer are confirmed, because answers go."""
    now = choices(db()).kept_months
    form = RetentionForm(months=now)
    if form.validate_on_submit():
        months = form.months.data
        if months < now and form.sure.data != "yes":
            return _sure(months)
        if months != now:
            choose(db(), "kept_months", months)
            tell_server(by, Deed.SET, Kind.SETTING, "months", str(months))
        return redirect(address("staff", "server", "retention"), 303)
    page = show(
        "admin/retention.html",
        form=form,
        now=now,
        fewest=FEWEST_MONTHS,
        most=MOST_MONTHS,
        here="/staff/server/retention",
    )
    return page, (422 if form.is_submitted() else 200)


def _sure(months: int) -> str:
    return show(
        "admin/retention_sure.html",
        form=RetentionForm(),
        months=months,
        people=about(rounded(count_old(db(), today(), months))),
    )
