"""Groups: make one, give out its code and cards, see how far it is."""

from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.within_reach import own_group, seen_group
from edu.doors import (
    address,
    day_in_words,
    db,
    public_address,
    settings,
    show,
    today,
    wave_name,
)
from edu.groups.arrangement import changes_of
from edu.groups.groups import card_keys, groups_of
from edu.groups.models import Group, GroupChange, Linking
from edu.groups.wording import parts_in_words
from edu.languages import language
from edu.learning.codes import grouped
from edu.learning.courses import course_in
from edu.learning.late import late_in
from edu.learning.learners import make_learner
from edu.learning.linking.evidence import Tally, tally
from edu.learning.linking.keys import certificates_of
from edu.learning.waves import schedule_of
from edu.outcomes.figures import group_reach
from edu.pages.pictures import Picture, in_pictures
from edu.pages.qr import qr_picture
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.partners.roles import Reach, Right
from edu.partners.trail import Deed, Kind, write_down
from edu.programmes.room import room_of
from edu.programmes.starting import missing
from edu.trainer.forms import CardsForm
from edu.trainer.making import group_forms, made_from, module_choices
from edu.trainer.plan_words import arm_name, value_words

bp = Blueprint("groups", __name__, url_prefix="/<tag>/staff")


@dataclass(frozen=True)
class _Printed:
    """One card to cut out."""

    parts: list[str]
    row: list[Picture]
    qr: Markup


@bp.get("/groups")
@staff(Right.LEAD_GROUPS, Right.SEE_FIGURES)
def index(by: Actor) -> ResponseReturnValue:
    """The groups of an organisation, as far as her role reaches."""
    return show(
        "trainer/groups.html",
        by=by,
        groups=groups_of(db(), by.organisation_id, _reach(by)),
        may_lead=by.may(Right.LEAD_GROUPS),
        here="/staff/groups",
    )


def _reach(by: Actor) -> Reach:
    """The programmes whose groups she may see: to lead them, or to read their figures."""
    lead, read = by.reach(Right.LEAD_GROUPS), by.reach(Right.SEE_FIGURES)
    return Reach(lead.everything or read.everything, lead.programmes | read.programmes)


@bp.route("/groups/new", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
@once
def new(by: Actor) -> ResponseReturnValue:
    """Make a group."""
    form, plan_form = group_forms(by)
    if form.validate_on_submit() & plan_form.validate_on_submit():
        return redirect(address("staff", "groups", made_from(by, form, plan_form).id), 303)
    page = show("trainer/group_new.html", form=form, plan=plan_form, here="/staff/groups/new")
    return page, (422 if request.method == "POST" else 200)


@bp.get("/groups/<int(max=2147483647):group_id>")
@staff(Right.LEAD_GROUPS, Right.SEE_FIGURES)
def group(by: Actor, group_id: int) -> ResponseReturnValue:
    """One group: its code, its cards, and how far its people are."""
    return group_page(by, seen_group(by, group_id))


def group_page(by: Actor, found: Group, *, refused: bool = False) -> str:
    """A group's page; `refused` after somebody tried to open it too early."""
    titles = dict(module_choices())
    return show(
        "trainer/group.html",
        group=found,
        modules=[(module, titles.get(module, module)) for module in found.modules],
        languages=[language(tag) for tag in found.tags],
        reach=group_reach(db(), found.id, _lesson_ids(found), "after"),
        plan=_plan_facts(found),
        tallies=_tallies(found),
        changes=[_changed(each) for each in changes_of(db(), found.id)],
        certificates=certificates_of(db(), found.id),
        room=room_of(db(), found.id),
        on_day=day_in_words,
        link=_join_link(found),
        qr=Markup(qr_picture(_join_link(found))),  # noqa: S704 (drawn by segno)
        cards=CardsForm(number=12),
        steps=missing(db(), found.programme_id) if found.opened_on is None else [],
        refused=refused,
        opening=ConfirmForm(formdata=None),
        may_lead=by.reach(Right.LEAD_GROUPS).covers(found.programme_id),
        may_read=by.reach(Right.SEE_FIGURES).covers(found.programme_id),
        here=f"/staff/groups/{found.id}",
    )


def _tallies(found: Group) -> list[tuple[str, Tally, int]]:
    """For each wave that is compared: what belongs together, and how much came late."""
    return [
        (wave_name(wave), tally(db(), found.id, wave), len(late_in(db(), found, wave)))
        for wave in schedule_of(found).waves[1:]
    ]


def _plan_facts(found: Group) -> list[str]:
    """A group's plan in a few lines."""
    schedule = schedule_of(found)
    facts = [arm_name(found.arm)]
    if found.from_day:
        facts.append(_("Waiting ends on %(day)s", day=day_in_words(found.from_day)))
    facts += [
        ngettext(
            "Asked again %(num)d week after the course",
            "Asked again %(num)d weeks after the course",
            weeks,
        )
        for weeks in schedule.later
    ]
    if found.looking_back:
        facts.append(_("Looks back afterwards"))
    if found.linking == Linking.ELEMENTS.value and found.linking_ends_on:
        day = day_in_words(found.linking_ends_on)
        facts.append(_("Papers are linked by a few questions, until %(day)s", day=day))
    return facts


def _changed(change: GroupChange) -> str:
    """A late change of the plan, in a line."""
    return _(
        "%(day)s: %(what)s, from %(was)s to %(became)s",
        day=day_in_words(change.changed_on),
        what=parts_in_words()[change.what],
        was=value_words(change.what, change.was),
        became=value_words(change.what, change.became),
    )


def _lesson_ids(found: Group) -> list[str]:
    return [lesson["id"] for lesson in course_in(db(), spoken(), found.modules).lessons]


def _join_link(found: Group) -> str:
    return f"{public_address()}/{found.tags[0]}/join/{found.join_code}"


@bp.post("/groups/<int(max=2147483647):group_id>/cards")
@staff(Right.LEAD_GROUPS)
def cards(by: Actor, group_id: int) -> ResponseReturnValue:
    """A sheet of code cards to cut out. The codes exist on this page only."""
    found = own_group(by, group_id, Right.LEAD_GROUPS)
    form = CardsForm()
    if not form.validate_on_submit():
        return redirect(address("staff", "groups", group_id), 303)
    number = str(form.number.data)
    write_down(db(), by.organisation_id, by.login, Deed.MADE_CARDS, Kind.GROUP, found.name, number)
    way_back = f"{public_address()}/{found.tags[0]}/return"
    return show(
        "trainer/cards.html",
        group=found,
        cards=[_card(found, key, way_back) for key in card_keys(form.number.data)],
        site=way_back,
    )


def _card(found: Group, key: str, way_back: str) -> _Printed:
    card = make_learner(
        db(),
        secret=settings().secret_key,
        start_key=key,
        group_id=found.id,
        today=today(),
    )
    picture = Markup(qr_picture(f"{way_back}#{card.code}"))  # noqa: S704 (drawn by segno)
    return _Printed(grouped(card.code).split(), in_pictures(card.code), picture)
