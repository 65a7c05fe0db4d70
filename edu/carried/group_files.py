"""A group's files: make one, stop one, take in what came back, and check a file."""

from datetime import timedelta

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.within_reach import own_group
from edu.carried.along import PAGE, house
from edu.carried.checking import verdict
from edu.carried.coming_in import Came, arrived
from edu.carried.forms import AnswersForm, CheckForm, FileForm
from edu.carried.handing_out import NothingToAsk, Order, files_of, hand_out, stop
from edu.carried.taking import Outcome, Taken, take_in
from edu.carried.wording import missing_words, redated_words, told, verdict_words
from edu.doors import address, day_in_words, db, settings, show, today, wave_name
from edu.gate.gate import admit, limit_for
from edu.gate.refused import Refused
from edu.groups.models import Group
from edu.languages import language
from edu.learning.waves import AFTER, BEFORE, schedule_of
from edu.pages.reasons import reason
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down

bp = Blueprint("carried", __name__, url_prefix="/<tag>/staff")
_GROUP = "/groups/<int(max=2147483647):group_id>/carried"
#: A day for answers to come back, unless a trainer says another.
_USUAL = timedelta(days=60)
#: What forms have around their files, in bytes; and how much may come in at once.
_AROUND, _TOGETHER = 64 * 1024, 4 * 1024 * 1024


@bp.route(_GROUP, methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """A group's files, and a new one."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = _file_form(group)
    if not form.validate_on_submit():
        return _index(group, form), (422 if request.method == "POST" else 200)
    order = Order(
        form.language.data, form.waves.data, form.until.data, form.sounds.data, by.member.id
    )
    try:
        made = hand_out(db(), house(), group, order, today())
    except NothingToAsk:
        form.waves.errors = [_("Nothing is asked then in this language. Choose others.")]
        return _index(group, form), 422
    write_down(db(), by.organisation_id, by.login, Deed.MADE, Kind.CARRIED, group.name, order.tag)
    answer = Response(made.body, content_type=PAGE)
    answer.headers.set("Content-Disposition", "attachment", filename=made.name)
    return answer


def _file_form(group: Group) -> FileForm:
    form = FileForm(today())
    form.language.choices = [SelectChoice(tag, language(tag).autonym) for tag in group.tags]
    form.waves.choices = [SelectChoice(each, wave_name(each)) for each in schedule_of(group).waves]
    if request.method == "GET":
        form.language.data = spoken() if spoken() in group.tags else group.tags[0]
        form.waves.data = [BEFORE, AFTER]
        form.until.data = today() + _USUAL
    return form


def _index(group: Group, form: FileForm) -> str:
    return show(
        "carried/group.html",
        group=group,
        form=form,
        files=files_of(db(), group),
        stopping=ConfirmForm(formdata=None),
        over=[each.id for each in files_of(db(), group) if each.until < today()],
        kilobytes=lambda size: -(-size // 1024),
        autonym=lambda tag: language(tag),
        wave_name=wave_name,
        on_day=day_in_words,
        here=f"/staff/groups/{group.id}/carried",
    )


@bp.post(_GROUP + "/<random:number>/stop")
@staff(Right.LEAD_GROUPS)
def stop_file(by: Actor, group_id: int, number: str) -> ResponseReturnValue:
    """Take in nothing more from a file."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    if ConfirmForm().validate_on_submit():
        stop(db(), group, number, today())
        write_down(db(), by.organisation_id, by.login, Deed.WITHDREW, Kind.CARRIED, group.name)
    return redirect(address("staff", "groups", group_id, "carried"), 303)


@bp.route(_GROUP + "/answers", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def answers(by: Actor, group_id: int) -> ResponseReturnValue:
    """Take in what came back."""
    request.max_content_length = _TOGETHER + _AROUND
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    form = AnswersForm()
    if not form.validate_on_submit():
        return _answers(group, form), (422 if request.method == "POST" else 200)
    came = arrived(form.files.data or [], form.pieces.data or "")
    if came.too_many:
        return _answers(group, form, came), 422
    found = take_in(db(), group, came.gathered, secret=settings().secret_key, today=today())
    kept = sum(each.outcome is Outcome.KEPT for each in found)
    if kept:
        what = (by.organisation_id, by.login, Deed.IMPORTED, Kind.CARRIED, group.name, str(kept))
        write_down(db(), *what)
    return _answers(group, form, came, found)


def _answers(
    group: Group, form: AnswersForm, came: Came | None = None, found: list[Taken] | None = None
) -> str:
    # What is whole was looked at; only pieces that wait for others stay in the field.
    form.pieces.data = came.waiting if came is not None and not came.too_many else form.pieces.data
    return show(
        "carried/answers.html",
        group=group,
        form=form,
        came=came,
        told=told(found or []),
        missing=missing_words(came.gathered) if came is not None and not came.too_many else [],
        redated=redated_words(found or []),
        here=f"/staff/groups/{group.id}/carried/answers",
    )


@bp.route("/carried/check", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def check(by: Actor) -> ResponseReturnValue:
    """Whether a file that somebody brings back is ours, whole, and still to be used."""
    request.max_content_length = limit_for("carried") + _AROUND
    form = CheckForm()
    if not form.validate_on_submit():
        page = show("carried/check.html", form=form, here="/staff/carried/check")
        return page, (422 if request.method == "POST" else 200)
    sent = form.file.data
    try:
        with sent.stream as opened:
            came = admit("carried", opened.read(limit_for("carried") + 1), sent.filename or "")
    except Refused as refused:
        wrong = [reason(each.message) for each in refused.mistakes]
        return show("carried/check.html", form=form, wrong=wrong, here="/staff/carried/check"), 422
    found = verdict(db(), came, settings().secret_key, today())
    return show(
        "carried/check.html",
        form=form,
        found=found,
        words=verdict_words(found),
        made_on=day_in_words(found.made_on) if found.made_on else "",
        here="/staff/carried/check",
    )
