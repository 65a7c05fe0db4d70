"""Questions on paper: forms to print, a list for a whole group, and what was typed in so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.within_reach import own_group
from edu.doors import day_in_words, db, show, today, wave_name
from edu.editions.releasing import current_release
from edu.groups.models import Group, Linking
from edu.languages import language
from edu.learning.kept_words import course_of_group
from edu.learning.linking.doubts import doubts_of
from edu.learning.paper.columns import columns_of, questionnaires_on_paper
from edu.learning.paper.models import PaperSheet
from edu.learning.paper.reading import Sheet
from edu.learning.paper.rows import rows_of, sheets_of
from edu.learning.paper.second import differences
from edu.learning.waves import BEFORE, schedule_of
from edu.pages.speaking import spoken
from edu.pages.views import PageView, page_view
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.trainer.paper_views import heads_of, printed
from edu.trainer.plan_words import element_question

bp = Blueprint(
    "paper", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/paper"
)
_LIST_ROWS = 20


@dataclass(frozen=True)
class _SheetLine:
    """A sheet that was typed in, as the list shows it."""

    id: int
    wave: str
    day: str
    people: int
    closed: bool
    compared: int
    differing: int
    rate: str
    open: int
    rows: int


def led_group(by: Actor, group_id: int, wave: str = "") -> Group:
    """A group she leads, with this wave in its plan."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    if wave and wave not in schedule_of(group).waves:
        abort(404)
    return group


@bp.get("")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """Everything on paper that a group has."""
    group = led_group(by, group_id)
    return show(
        "trainer/paper.html",
        group=group,
        waves=[(wave, wave_name(wave)) for wave in schedule_of(group).waves],
        languages=[language(tag) for tag in group.tags],
        sheets=[_line(sheet) for sheet in sheets_of(db(), group.id)],
        by_elements=group.linking == Linking.ELEMENTS.value,
        doubtful=len(doubts_of(db(), group)),
        form=ConfirmForm(),
        kept="kept" in request.args,
        again="again" in request.args,
        here=f"/staff/groups/{group_id}/paper",
    )


def _line(sheet: PaperSheet) -> _SheetLine:
    share = sheet.differing / sheet.compared if sheet.compared else 0.0
    return _SheetLine(
        sheet.id,
        wave_name(sheet.wave),
        day_in_words(sheet.answered_on),
        sheet.people,
        sheet.closed_on is not None,
        sheet.compared,
        sheet.differing,
        f"{100 * share:.1f}",
        len(differences(db(), sheet)),
        len(rows_of(db(), sheet)),
    )


@bp.get("/<name:wave>")
@staff(Right.LEAD_GROUPS)
def form(by: Actor, group_id: int, wave: str) -> ResponseReturnValue:
    """The questions of a wave to print, in the language of the address."""
    group = led_group(by, group_id, wave)
    course = course_of_group(db(), group, spoken(), today())
    return show(
        "trainer/paper_form.html",
        group=group,
        wave=wave,
        wave_name=wave_name(wave),
        consent=_consent() if wave == BEFORE else None,
        forms=[printed(each, spoken()) for each in questionnaires_on_paper(course, wave)],
        elements=_elements(group),
        until=day_in_words(group.linking_ends_on) if group.linking_ends_on else "",
        here=f"/staff/groups/{group_id}/paper/{wave}",
    )


def _elements(group: Group) -> Sequence[tuple[str, str]]:
    if group.linking != Linking.ELEMENTS.value:
        return []
    return [(name, element_question(name)) for name in group.elements]


def _consent() -> PageView | None:
    """What taking part means, to be read before the first questions."""
    release = current_release(db(), spoken(), "pages")
    stored = release.payload["pages"] if release else []
    found = next((each for each in stored if each["slug"] == "consent"), None)
    return page_view(found, spoken(), _) if found else None


@bp.get("/<name:wave>/list")
@staff(Right.LEAD_GROUPS)
def whole_group(by: Actor, group_id: int, wave: str) -> ResponseReturnValue:
    """One sheet on which a whole group's answers are written down."""
    group = led_group(by, group_id, wave)
    course = course_of_group(db(), group, spoken(), today())
    sheet = Sheet(group, wave, columns_of(course, wave))
    return show(
        "trainer/paper_list.html",
        group=group,
        wave=wave,
        wave_name=wave_name(wave),
        heads=heads_of(sheet, who=False),
        elements=_elements(group),
        signs=heads_of(sheet),
        rows=range(1, _LIST_ROWS + 1),
        here=f"/staff/groups/{group_id}/paper/{wave}/list",
    )
