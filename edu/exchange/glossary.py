"""A community's glossary out and in. What comes in is a draft: only a community agrees on words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from edu.communities.editing import add_entry, change_entry, profile_of
from edu.communities.faults import faults
from edu.communities.lookup import entries_of
from edu.communities.models import ProfileEntry
from edu.communities.profile import SECTIONS
from edu.exchange.comparing import Deed
from edu.exchange.notices import Notice, Sort
from edu.exchange.tbx import WORD_OF, Term, fields_digest

#: Who agreed and when is written down here, by agreeing.
_AGREEING = ("agreed_by", "date")


@dataclass(frozen=True)
class TermStep:
    """What is to be done with one entry of a file; `version` is that of the entry here."""

    term: Term
    deed: Deed
    version: int = 0
    notices: tuple[Notice, ...] = ()


def glossary_of(session: Session, tag: str) -> list[Term]:
    """The words of a place as they stand, ready to go out."""
    return [
        Term(section, row.slug, dict(row.fields), row.state, fields_digest(_words(row.fields)))
        for section in WORD_OF
        for row in entries_of(session, tag, section)
        if not row.gone
    ]


def plan_terms(session: Session, tag: str, terms: Iterable[Term]) -> list[TermStep]:
    """What a file's entries would do to a place's glossary; nothing is changed."""
    known = {
        (section, row.slug): row for section in WORD_OF for row in entries_of(session, tag, section)
    }
    seen: set[tuple[str, str]] = set()
    steps = []
    for term in terms:
        place = (term.section, term.slug)
        if place in seen:
            notice = Notice(Sort.TWICE, ".".join(place))
            steps.append(TermStep(term, Deed.LEAVE, 0, (notice,)))
        else:
            steps.append(_step(term, known.get(place)))
        seen.add(place)
    return steps


def _step(term: Term, row: ProfileEntry | None) -> TermStep:
    place = f"{term.section}.{term.slug}"
    words = _words(term.fields)
    wrong = [fault.message for fault in faults(SECTIONS[term.section], words)]
    if wrong:
        notice = Notice(Sort.NOT_PLACED, place, _word(term), "; ".join(wrong))
        return TermStep(term, Deed.LEAVE, 0, (notice,))
    if row is None:
        return TermStep(term, Deed.TAKE, 0, _claims(term, "draft", place))
    theirs, ours = fields_digest(words), fields_digest(_words(row.fields))
    if theirs in (ours, term.left_with):
        return TermStep(term, Deed.NOTHING, row.version, _claims(term, row.state, place))
    if ours != term.left_with:
        said = str(row.fields.get(WORD_OF[term.section], ""))
        notice = Notice(Sort.CONFLICT, place, _word(term), said)
        return TermStep(term, Deed.ASK, row.version, (notice,))
    return TermStep(term, Deed.TAKE, row.version, _claims(term, "draft", place))


def _claims(term: Term, state: str, place: str) -> tuple[Notice, ...]:
    if term.state == "agreed" and state != "agreed":
        return (Notice(Sort.STATE_NOT_TAKEN, place, _word(term), term.state),)
    return ()


def _word(term: Term) -> str:
    return str(term.fields.get(WORD_OF[term.section], ""))


def _words(fields: object) -> dict[str, object]:
    """What an entry says, without who agreed on it, and without what is empty."""
    said = dict(fields) if isinstance(fields, dict) else {}
    return {name: value for name, value in said.items() if name not in _AGREEING and value}


def bring_terms(
    session: Session, tag: str, steps: Sequence[TermStep], *, member_id: int | None, today: date
) -> int:
    """Take what a plan takes; returns how many entries. What was changed on both sides stays as
    it is here. Raises LookupError where the place has no profile yet."""
    profile = profile_of(session, tag)
    if profile is None:
        raise LookupError(tag)
    taken = [step for step in steps if step.deed is Deed.TAKE]
    for step in taken:
        section, slug, words = step.term.section, step.term.slug, _words(step.term.fields)
        if step.version == 0:
            add_entry(session, profile, section, slug, words, member_id)
            continue
        row = next(each for each in entries_of(session, tag, section) if each.slug == slug)
        change_entry(session, row, words, version=step.version, member_id=member_id, today=today)
    return len(taken)
