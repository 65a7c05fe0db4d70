"""The editor's page: source, ancestor, words, checks, what helps, and what was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, request

from edu.account.forms import ConfirmForm
from edu.doors import db, show
from edu.editions.desk import Revision, UnsavedText
from edu.editions.drift.classing import Edit
from edu.editions.drift.differences import Part as Piece
from edu.editions.drift.still_right import base_drift, drift_of
from edu.editions.drift.wording_differences import three_way
from edu.editions.models import Rendering
from edu.editions.review.back_translations import latest_of
from edu.editions.workplace.claims import at_work
from edu.editions.workplace.dismissals import dismissals_of
from edu.editions.workplace.lines import Line, Sheet
from edu.editions.workplace.past import past_of
from edu.editions.workplace.remarks import remarks_on
from edu.editions.workplace.tallies import Stage
from edu.editions.workplace.unsaved import typed
from edu.languages import language
from edu.pages.headers import FRAMING
from edu.partner import desk_wording as wording
from edu.partner.desk_forms import AsideForm, RemarkForm, StillRightForm, WordsForm
from edu.partner.findings import findings_of
from edu.partner.helping import Help, help_for
from edu.partner.note_wording import note_words
from edu.partner.places import Desk
from edu.partner.saving import reasons_to_choose
from edu.partner.shelves import titles


@dataclass(frozen=True)
class Sides:
    """Two texts beside each other, with what differs marked."""

    before: Sequence[Piece]
    now: Sequence[Piece]


def sides(before: str, now: str) -> Sides:
    """Compare two texts word by word."""
    return Sides(*three_way(before, now))


def words_form(found: Sheet, line: Line, **data: Any) -> WordsForm:
    """The form with what may be chosen for this line."""
    form = WordsForm(**data)
    form.offer(reasons_to_choose(found))
    return form


def editor(
    desk: Desk,
    found: Sheet,
    line: Line,
    *,
    form: WordsForm | None = None,
    remark_form: RemarkForm | None = None,
    aside_form: AsideForm | None = None,
) -> Response:
    """The page of one segment; with forms that were sent and are not right yet."""
    number = line.rendering.id if line.rendering is not None else 0
    before = typed(db(), number, desk.by.member.id) if number else None
    past = past_of(db(), number) if number else []
    helps = help_for(desk, line)
    if form is None:
        form = _fresh(found, line, before, [each.revision for each in past], helps)
    aside = dismissals_of(db(), [number]).get(number, [])
    people = at_work(db(), [number])
    other = people.get(number)
    response = make_response(
        show(
            "partner/desk_segment.html",
            desk=desk,
            sheet=found,
            line=line,
            note_words=note_words,
            form=form,
            typed=None if before is None or before.text == form.text.data else before,
            past=_compared(past),
            said_again=latest_of(db(), [line.rendering] if line.rendering else []).get(number),
            remarks=remarks_on(db(), number) if number else [],
            said=findings_of(desk.tag, line, line.text, aside),
            moved=_moved(line),
            helps=helps,
            at_work=other.login if other is not None and other.id != desk.by.member.id else "",
            remark_form=remark_form or RemarkForm(formdata=None),
            aside_form=aside_form or AsideForm(formdata=None),
            **_around(found, line),
            titles=titles(),
            known=language,
            wording=wording,
            confirm=ConfirmForm(formdata=None),
            still_right=StillRightForm(formdata=None, version=line.version),
            here=_here(desk, found, line),
        )
    )
    response.headers.extend(FRAMING)
    return response


def _here(desk: Desk, found: Sheet, line: Line) -> str:
    return f"/staff/editions/{desk.tag}/{found.part.module}/{found.part.id}/{line.segment.key}"


def _around(found: Sheet, line: Line) -> dict[str, Any]:
    """Where the line stands, and the lines above and below."""
    place = found.position(line.segment.key)
    lines = found.lines
    return {
        "number": place + 1,
        "count": len(lines),
        "above": lines[place - 1] if place else None,
        "below": lines[place + 1] if place + 1 < len(lines) else None,
    }


def _fresh(
    found: Sheet, line: Line, before: UnsavedText | None, past: Sequence[Revision], helps: Help
) -> WordsForm:
    """The form as it is met first: with the words as saved, or those that an address asks for:
    what she typed and did not save, an older text, or one from the memory."""
    text, version, revision = line.text, line.version, None
    if "typed" in request.args and before is not None:
        text, version = before.text, before.version
    older = request.args.get("revision", type=int)
    for each in past:
        if each.id == older:
            text, revision = each.text, each.id
    take = request.args.get("take", type=int)
    if take is not None and 0 <= take < len(helps.suggestions):
        text = helps.suggestions[take].text
    if "source" in request.args:
        text = line.ancestor.text
    form = words_form(found, line, formdata=None, text=text, version=version, revision=revision)
    form.began.data = line.text
    form.reason.data = line.rendering.change if line.rendering is not None else ""
    if form.reason.data not in [each.value for each in form.reason.choices]:
        form.reason.data = ""
    return form


@dataclass(frozen=True)
class Moved:
    """Three ways: the source then and now, and what became of it. `whose` is the ancestor whose
    words moved; empty where it was the source itself."""

    source: Sides
    text: str
    whose: str
    edit: Edit


def _moved(line: Line) -> Moved | None:
    row, safety = line.rendering, line.segment.safety
    if row is None or line.stage is not Stage.STALE:
        return None
    edit = drift_of(row, safety=safety)
    if edit is not None:
        return Moved(sides(row.source, line.segment.text), line.text, "", edit)
    edit = base_drift(row, line.ancestor.text, safety=safety)
    if edit is not None:
        both = sides(row.base_text, line.ancestor.text)
        return Moved(both, line.text, line.ancestor.tag, edit)
    return None


def _compared(past: Sequence[Any]) -> list[tuple[Any, Sides]]:
    """Each saving beside the one before it."""
    texts = [each.revision.text for each in past]
    return [
        (each, sides(before, each.revision.text))
        for each, before in zip(past, [*texts[1:], ""], strict=False)
    ]


def collision(desk: Desk, found: Sheet, line: Line, form: WordsForm, now: Rendering) -> str:
    """Somebody else has saved meanwhile: both texts, and what both began from."""
    mine, theirs, began = form.text.data or "", now.text, form.began.data or ""
    form.version.data = now.version
    form.began.data = theirs
    # What was sent is shown again with these two, instead of as it was sent.
    form.version.raw_data = form.began.raw_data = None
    return show(
        "partner/desk_collision.html",
        desk=desk,
        sheet=found,
        line=line,
        form=form,
        mine=sides(began, mine),
        theirs=sides(began, theirs),
        between=sides(theirs, mine),
        began=began,
        their_text=theirs,
        known=language,
        wording=wording,
        here=_here(desk, found, line),
    )
