"""Two papers that could be one person's: what is known of both, and what a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.linking.evidence import evidence_of, linked_now
from edu.learning.linking.matching import Candidate
from edu.learning.linking.models import Evidence, Ruling
from edu.learning.paper.models import PaperRow, PaperSheet


@dataclass(frozen=True)
class OnPaper:
    """By what a trainer finds a paper in her pile: its number and day, as long as its sheet is
    open; afterwards nobody knows them any more."""

    wave: str
    number: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Doubt:
    """What a person has to decide: two papers, and how far they agree."""

    pair: Candidate
    first: OnPaper
    second: OnPaper


def doubts_of(session: Session, group: Group) -> list[Doubt]:
    """What a person has to decide in a group."""
    kept = {each.id: each for each in evidence_of(session, group)}
    found = linked_now(session, group, kept).open
    known = _on_paper(session, group) if found else {}
    told = [
        Doubt(each, _told(kept[each.one], known), _told(kept[each.other], known)) for each in found
    ]
    return sorted(told, key=lambda each: (each.first.number or 0, each.second.number or 0))


def rule(session: Session, group: Group, one: str, other: str, *, same: bool) -> bool:
    """Decide about two papers, if that is a question at present; whether it was."""
    asked = {(each.pair.one, each.pair.other) for each in doubts_of(session, group)}
    if (one, other) not in asked:
        return False
    session.merge(Ruling(one_id=one, other_id=other, same=same))
    session.flush()
    return True


def _on_paper(session: Session, group: Group) -> dict[tuple[str, str], OnPaper]:
    """The papers of all open sheets, by journey and wave."""
    wanted = (
        select(PaperRow.journey_id, PaperSheet.wave, PaperRow.number, PaperSheet.answered_on)
        .join(PaperSheet, PaperSheet.id == PaperRow.sheet_id)
        .where(PaperSheet.group_id == group.id)
    )
    return {
        (journey, wave): OnPaper(wave, number, day)
        for journey, wave, number, day in session.execute(wanted)
    }


def _told(evidence: Evidence, known: Mapping[tuple[str, str], OnPaper]) -> OnPaper:
    return known.get((evidence.journey_id, evidence.wave), OnPaper(evidence.wave))
