"""What saving a segment means at the desk: its words, what kind they are, what they follow."""

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from edu.doors import db, today
from edu.editions.desk import Revision
from edu.editions.drift.still_right import still_right
from edu.editions.memory.suggesting import remember
from edu.editions.models import Edition, Rendering
from edu.editions.records import Reasons
from edu.editions.working import Conflict, enter, save
from edu.editions.workplace.adapting import Record, record_adaptation
from edu.editions.workplace.lines import Line, Sheet
from edu.languages import SOURCE
from edu.partner.changes_wording import marks_of_reason, page_tag
from edu.partner.desk_forms import NEW_REASON, WordsForm
from edu.partner.places import Desk

#: What most adapted words are about; the whole record can be changed afterwards.
_ABOUT = ("context",)


def reasons_to_choose(found: Sheet) -> list[SelectChoice]:
    """What words may be here: a translation; adapted for one of the reasons that are written
    down; or for a new one. The words of a questionnaire are only ever translated."""
    plain = SelectChoice("", _("Translated: it says the same as the source"))
    if not found.part.may_be_adapted:
        return [plain]
    # Each reason alone in its option, so that it can carry the language it was written in.
    known = [
        SelectChoice(each.slug, each.why, marks_of_reason(each), _("Adapted, because:"))
        for each in found.reasons
        if each.why
    ]
    return [plain, *known, SelectChoice(NEW_REASON, _("Adapted for this place: I will say why"))]


def put_words(desk: Desk, found: Sheet, line: Line, rendering: Rendering, form: WordsForm) -> None:
    """Save the words of a form. Raises Conflict."""
    text, reason = form.text.data, form.reason.data
    if reason == NEW_REASON and text:
        enter(db(), db().get_one(Edition, rendering.edition_id))
        # Looked at first: a reason is not written down for words that are not kept.
        db().refresh(rendering, with_for_update=True)
        if rendering.version != form.version.data:
            raise Conflict(rendering)
        reason = _written_down(desk, found, rendering, form.why.data)
    save(
        db(),
        rendering,
        text,
        version=form.version.data,
        member_id=desk.by.member.id,
        source=line.segment.text,
        change=reason if text else "",
        base=_base(line),
        deed=_deed(rendering, form),
    )
    remember(db(), rendering, desk.tag)


def _written_down(desk: Desk, found: Sheet, rendering: Rendering, why: str) -> str:
    """The record of a new reason, with what is true of most adaptations in the rest of it."""
    made = record_adaptation(
        db(),
        db().get_one(Edition, rendering.edition_id),
        found.part,
        Record(why, _ABOUT, reasons=Reasons(why_tag=page_tag())),
        member_id=desk.by.member.id,
        today=today(),
    )
    return made.slug


def _deed(rendering: Rendering, form: WordsForm) -> str:
    """Whether words were written, emptied, or brought back from the history."""
    if not form.text.data:
        return "emptied"
    if form.revision.data:
        kept = db().get(Revision, form.revision.data)
        if kept is not None and (kept.rendering_id, kept.text) == (rendering.id, form.text.data):
            return "restored"
    return "saved"


def say_still_right(desk: Desk, line: Line, rendering: Rendering, version: int) -> None:
    """The words stay; from now on they belong to what stands there today. Raises Conflict."""
    still_right(
        db(),
        rendering,
        version=version,
        member_id=desk.by.member.id,
        base=_base(line) if rendering.base_tag else None,
    )


def _base(line: Line) -> tuple[str, str]:
    """The ancestor and its words, from which this place made its own; none under English."""
    return (line.ancestor.tag, line.ancestor.text) if line.ancestor.tag != SOURCE else ("", "")
