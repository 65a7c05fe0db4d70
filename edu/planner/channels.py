"""Channels of a programme: who calls whom for what, looked at again in time, ended but kept."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.doors import address, day_in_words, db, show, today
from edu.groups.models import Programme
from edu.partners.actors import Actor
from edu.partners.trail import Deed, Kind
from edu.planner.allies import SEE, WRITE, may_write, seen, written
from edu.planner.ally_forms import ChannelForm, NewChannelForm, ReviewForm
from edu.planner.ally_words import means_name
from edu.planner.plans import OF_PROGRAMME
from edu.programmes.ally_models import Channel
from edu.programmes.channels import (
    bodies,
    bridges,
    change_channel,
    channel_of,
    channels_of,
    chosen_body,
    end_channel,
    known_bodies,
    note_review,
    open_channel,
    uncalled,
)

bp = Blueprint("channels", __name__, url_prefix=OF_PROGRAMME)

_ONE = "/channels/<int(max=2147483647):channel_id>"


@dataclass(frozen=True)
class ChannelLine:
    """A channel as pages show it."""

    id: int
    caller: str
    called: str
    purpose: str
    means: str
    from_role: str
    to_role: str
    agreed_on: str
    reviewed_on: str
    next_review: str
    ended_on: str
    is_overdue: bool


def line_of(each: Channel, names: dict[int, str]) -> ChannelLine:
    """A channel in words."""
    return ChannelLine(
        each.id,
        names[each.from_id],
        names[each.to_id],
        each.purpose,
        means_name(each.means),
        each.from_role,
        each.to_role,
        day_in_words(each.agreed_on),
        day_in_words(each.reviewed_on) if each.reviewed_on else "",
        day_in_words(each.next_review),
        day_in_words(each.ended_on) if each.ended_on else "",
        each.ended_on is None and each.next_review < today(),
    )


def names_of(programme: Programme) -> dict[int, str]:
    """What the bodies of a programme are called."""
    return {each.id: each.name for each in bodies(db(), programme.id)}


@bp.get("/channels")
@staff(*SEE)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """All channels: those to look at again first, those that have ended last."""
    programme = seen(by, programme_id)
    names, known = names_of(programme), known_bodies(db(), programme.id)
    there = channels_of(db(), programme.id)
    return show(
        "planner/channels.html",
        programme=programme,
        channels=[line_of(each, names) for each in there],
        ended=[line_of(each, names) for each in channels_of(db(), programme.id, ended=True)],
        bridges=bridges(known, there),
        alone=uncalled(known, there),
        enough=len(known) > 1,
        may_write=may_write(by, programme),
        here=f"/staff/programmes/{programme.id}/channels",
    )


@bp.route("/channels/new", methods=["GET", "POST"])
@staff(*WRITE)
@once
def new(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Write a channel down."""
    programme, form = written(by, programme_id), NewChannelForm()
    known = known_bodies(db(), programme.id)
    form.offer(known)
    if not form.is_submitted() and len(known) > 1:
        form.called.data = known[1].key  # the first is who calls: a channel is between two
    if form.validate_on_submit():
        caller, called = (
            chosen_body(db(), programme.id, each.data) for each in (form.caller, form.called)
        )
        open_channel(db(), programme.id, (caller, called), form.agreed, by.member.id)
        tell(by, Deed.MADE, Kind.CHANNEL, f"{caller.name} – {called.name}", programme.name)
        return _back(programme)
    page = show(
        "planner/channel_new.html",
        programme=programme,
        form=form,
        enough=len(known) > 1,
        here=f"/staff/programmes/{programme.id}/channels/new",
    )
    return page, 422 if form.errors else 200


def _back(programme: Programme) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "channels"), 303)


def own_channel(programme: Programme, channel_id: int) -> Channel:
    """One of the programme's channels, open or ended."""
    found = channel_of(db(), programme.id, channel_id)
    if found is None:
        abort(404)
    return found


@bp.get(_ONE)
@staff(*SEE)
def channel(by: Actor, programme_id: int, channel_id: int) -> ResponseReturnValue:
    """One channel."""
    programme = seen(by, programme_id)
    found = own_channel(programme, channel_id)
    form = ChannelForm(formdata=None)
    form.fill(found)
    return _page(by, programme, found, form, ReviewForm(formdata=None))


def _page(
    by: Actor, programme: Programme, found: Channel, form: ChannelForm, review: ReviewForm
) -> str:
    return show(
        "planner/channel.html",
        programme=programme,
        channel=line_of(found, names_of(programme)),
        may_write=may_write(by, programme) and found.ended_on is None,
        form=form,
        review=review,
        here=f"/staff/programmes/{programme.id}/channels/{found.id}",
    )


def _open(programme: Programme, channel_id: int) -> Channel:
    """One that has not ended: what has ended is not changed any more."""
    found = own_channel(programme, channel_id)
    if found.ended_on is not None:
        abort(409)
    return found


@bp.post(_ONE)
@staff(*WRITE)
def change(by: Actor, programme_id: int, channel_id: int) -> ResponseReturnValue:
    """Write down what was agreed instead."""
    programme = written(by, programme_id)
    found, form = _open(programme, channel_id), ChannelForm()
    if not form.validate_on_submit():
        return _page(by, programme, found, form, ReviewForm(formdata=None)), 422
    change_channel(db(), found, form.agreed, by.member.id)
    tell(by, Deed.SET, Kind.CHANNEL, found.purpose, programme.name)
    return _back(programme)


@bp.post(_ONE + "/reviewed")
@staff(*WRITE)
def reviewed(by: Actor, programme_id: int, channel_id: int) -> ResponseReturnValue:
    """Both sides looked at it today."""
    programme = written(by, programme_id)
    found, review = _open(programme, channel_id), ReviewForm()
    if not review.validate_on_submit():
        form = ChannelForm(formdata=None)
        form.fill(found)
        return _page(by, programme, found, form, review), 422
    note_review(db(), found, today(), review.next_review.data, by.member.id)
    tell(by, Deed.CONFIRMED, Kind.CHANNEL, found.purpose, programme.name)
    return _back(programme)


@bp.route(_ONE + "/end", methods=["GET", "POST"])
@staff(*WRITE)
def end(by: Actor, programme_id: int, channel_id: int) -> ResponseReturnValue:
    """End a channel, after a second look."""
    programme = written(by, programme_id)
    found, form = _open(programme, channel_id), ConfirmForm()
    if form.validate_on_submit():
        end_channel(db(), found, today(), by.member.id)
        tell(by, Deed.CLOSED, Kind.CHANNEL, found.purpose, programme.name)
        return _back(programme)
    line = line_of(found, names_of(programme))
    return confirm_page(
        _("End this channel?"),
        f"{line.caller} – {line.called}: {line.purpose}",
        [
            _("It goes from the map. Nobody is asked to look at it again."),
            _("What was agreed stays to be read. To begin anew, write a new channel."),
        ],
        action=_("End it"),
        back=address("staff", "programmes", programme.id, "channels", found.id),
    )
