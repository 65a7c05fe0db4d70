"""Groups: make one, give out its code and cards, see how far it is."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from edu.doors import address, db, offered, public_address, settings, show, today
from edu.editions.releasing import released_modules
from edu.groups.groups import GroupPlan, card_keys, group_of, groups_of, make_group
from edu.groups.models import Group
from edu.learning.codes import grouped
from edu.learning.courses import course_in
from edu.learning.learners import make_learner
from edu.outcomes.figures import group_reach
from edu.pages.qr import qr_picture
from edu.pages.speaking import spoken
from edu.pages.views import stored_text
from edu.partners.models import Member
from edu.trainer.forms import CardsForm, ConfirmForm, GroupForm
from edu.trainer.signed_in import staff

bp = Blueprint("groups", __name__, url_prefix="/<tag>/staff")


@dataclass(frozen=True)
class _Printed:
    """One card to cut out."""

    parts: list[str]
    qr: Markup


@bp.get("")
@staff()
def home(by: Member) -> ResponseReturnValue:
    """An organisation's groups."""
    return show(
        "trainer/home.html",
        member=by,
        groups=groups_of(db(), by.organisation_id),
        form=ConfirmForm(),
        here="/staff",
    )


@bp.route("/groups/new", methods=["GET", "POST"])
@staff()
def new(by: Member) -> ResponseReturnValue:
    """Make a group."""
    form = GroupForm()
    form.tags.choices = [SelectChoice(each.tag, each.autonym) for each in offered()]
    form.modules.choices = [SelectChoice(id, title) for id, title in _module_choices()]
    if request.method == "GET":
        form.tags.data = [spoken()]
        form.modules.data = [choice.value for choice in form.modules.choices]
    if form.validate_on_submit():
        plan = GroupPlan(
            name=form.name.data,
            place=form.place.data or "",
            tags=tuple(form.tags.data),
            modules=tuple(form.modules.data),
            open_question=form.open_question.data,
        )
        group = make_group(db(), by.organisation_id, plan, today())
        return redirect(address("staff", "groups", group.id), 303)
    page = show("trainer/group_new.html", form=form, here="/staff/groups/new")
    return page, (422 if request.method == "POST" else 200)


def _module_choices() -> list[tuple[str, Any]]:
    return [
        (release.module, stored_text(release.payload["title"], spoken()).text)
        for release in released_modules(db(), spoken())
    ]


@bp.get("/groups/<int(max=2147483647):group_id>")
@staff()
def group(by: Member, group_id: int) -> ResponseReturnValue:
    """One group: its code, its cards, and how far its people are."""
    found = own_group(by, group_id)
    titles = dict(_module_choices())
    return show(
        "trainer/group.html",
        group=found,
        modules=[titles.get(module, module) for module in found.modules],
        languages=[each for each in offered() if each.tag in found.tags],
        reach=group_reach(db(), found.id, _lesson_ids(found), "after"),
        link=_join_link(found),
        qr=Markup(qr_picture(_join_link(found))),  # noqa: S704 (drawn by segno)
        cards=CardsForm(number=12),
        here=f"/staff/groups/{group_id}",
    )


def own_group(by: Member, group_id: int) -> Group:
    """A group of the member's own organisation; any other one is not there for her."""
    found = group_of(db(), by.organisation_id, group_id)
    if found is None:
        abort(404)
    return found


def _lesson_ids(found: Group) -> list[str]:
    return [lesson["id"] for lesson in course_in(db(), spoken(), found.modules).lessons]


def _join_link(found: Group) -> str:
    return f"{public_address()}/{found.tags[0]}/join/{found.join_code}"


@bp.post("/groups/<int(max=2147483647):group_id>/cards")
@staff()
def cards(by: Member, group_id: int) -> ResponseReturnValue:
    """A sheet of code cards to cut out. The codes exist on this page only."""
    found = own_group(by, group_id)
    form = CardsForm()
    if not form.validate_on_submit():
        return redirect(address("staff", "groups", group_id), 303)
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
    return _Printed(grouped(card.code).split(), picture)
