"""A brief for those who decide: three asks, the page, and the log of what was sent to whom."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_programme
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.planner.allies import WRITE, may_write, written
from edu.planner.ally_forms import AsksForm, SendForm
from edu.planner.brief_words import ask_hints, brief_content
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.briefs import (
    SavedMeanwhile,
    draft_of,
    is_whole,
    keep_asks,
    send_brief,
    senders,
    sent_brief,
    sent_of,
)
from edu.programmes.channels import known_bodies

bp = Blueprint("brief", __name__, url_prefix=f"{OF_PROGRAMME}/brief")


@bp.get("")
@staff(Right.SEE_FIGURES)
def brief(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The page as it stands today, with its form."""
    programme = own_programme(by, programme_id, Right.SEE_FIGURES)
    return _page(by, programme, _asks(programme), SendForm(formdata=None))


def _asks(programme: Programme) -> AsksForm:
    kept = draft_of(db(), programme.id)
    form = AsksForm(formdata=None)
    form.seen.data = kept.version if kept is not None else 0
    if kept is not None:
        form.first.data, form.second.data, form.third.data = kept.asks
    return form


def _page(by: Actor, programme: Programme, form: AsksForm, sending: SendForm) -> str:
    kept = draft_of(db(), programme.id)
    logins = senders(db(), programme.id)
    return show(
        "planner/brief.html",
        programme=programme,
        content=brief_content(programme, by.organisation.name, kept.asks if kept else ()),
        whole=is_whole(kept),
        sent=[
            (each, day_in_words(each.sent_on), logins.get(each.id, ""))
            for each in sent_of(db(), programme.id)
        ],
        offices=[each.name for each in known_bodies(db(), programme.id)],
        hints=ask_hints(),
        may_write=may_write(by, programme),
        form=form,
        sending=sending,
        here=f"/staff/programmes/{programme.id}/brief",
    )


def _written(by: Actor, programme_id: int) -> Programme:
    """A programme of which she sees the figures and writes what is asked."""
    own_programme(by, programme_id, Right.SEE_FIGURES)
    return written(by, programme_id)


@bp.post("")
@staff(*WRITE)
def keep(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Keep the three asks."""
    programme, form = _written(by, programme_id), AsksForm()
    if form.validate_on_submit():
        try:
            keep_asks(db(), programme.id, form.asks, form.seen.data, by.member.id)
        except SavedMeanwhile:
            form.first.errors = [
                _(
                    "Somebody else has saved meanwhile. Compare with the page below, then save "
                    "again."
                )
            ]
            form.seen.raw_data = None
            form.seen.data = _asks(programme).seen.data
        else:
            tell(by, Deed.SET, Kind.BRIEF, programme.name)
            return redirect(address("staff", "programmes", programme.id, "brief"), 303)
    return _page(by, programme, form, SendForm(formdata=None)), 422


@bp.post("/sent")
@staff(*WRITE)
@once
def send(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Freeze it, and log to whom it goes."""
    programme, sending = _written(by, programme_id), SendForm()
    kept = draft_of(db(), programme.id)
    if not sending.validate_on_submit():
        return _page(by, programme, _asks(programme), sending), 422
    if kept is None or not is_whole(kept):
        abort(409)
    content = brief_content(programme, by.organisation.name, kept.asks)
    made = send_brief(db(), programme.id, sending.body.data, content, today(), by.member.id)
    tell(by, Deed.SENT, Kind.BRIEF, programme.name, made.body)
    return redirect(address("staff", "programmes", programme.id, "brief", "sent", made.id), 303)


@bp.get("/sent/<int(max=2147483647):sent_id>")
@staff(Right.SEE_FIGURES)
def sent(by: Actor, programme_id: int, sent_id: int) -> ResponseReturnValue:
    """One as it was sent, to print."""
    programme = own_programme(by, programme_id, Right.SEE_FIGURES)
    found = sent_brief(db(), programme.id, sent_id)
    if found is None:
        abort(404)
    return show(
        "planner/brief_sent.html",
        programme=programme,
        brief=found,
        content=found.content,
        sent_on=day_in_words(found.sent_on),
        login=senders(db(), programme.id).get(found.id, ""),
        here=f"/staff/programmes/{programme.id}/brief/sent/{found.id}",
    )
