"""Papers put together by person: derived from the elements anew each time something is known.

Each paper begins as a journey of its own. Linking moves its sittings to the journey of the person,
and back again when a later paper shows that it was not so clear.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import token_hex, token_urlsafe

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning import pairs
from edu.learning.journeys import refuse_unopened
from edu.learning.learners import make_learner
from edu.learning.linking.keys import key_of, mac
from edu.learning.linking.matching import Linked, Paper, State, link
from edu.learning.linking.models import ElementMac, Evidence, Ruling
from edu.learning.models import Journey, Learner, LessonDone, Sitting
from edu.learning.paper.models import PaperRow, PaperSheet
from edu.learning.waves import AFTER, BEFORE, LOOKING_BACK, place


def note_elements(
    session: Session,
    group: Group,
    journey: Journey,
    wave: str,
    answers: Mapping[str, str],
    *,
    secret: str,
    today: date,
) -> None:
    """Keep the digests of what stands on somebody's paper. Raises KeyIsGone."""
    key = key_of(session, group, secret, today)
    evidence = Evidence(
        id=token_hex(16),
        group_id=group.id,
        journey_id=journey.id,
        wave=wave,
        state=State.FIRST.value,
    )
    session.add(evidence)
    session.flush()
    session.add_all(
        ElementMac(evidence_id=evidence.id, element=element, mac=mac(key, element, answer))
        for element, answer in answers.items()
    )
    session.flush()


def relink(session: Session, group: Group, *, secret: str, today: date) -> Linked:
    """Put a group's papers together anew. Does nothing once the digests are gone."""
    kept = {each.id: each for each in evidence_of(session, group)}
    linked = linked_now(session, group, kept)
    if not linked.people:
        return linked
    for name, state in linked.states.items():
        kept[name].state = state.value
    _Moving(session, group, kept, secret, today).put_together(linked.people)
    return linked


def evidence_of(session: Session, group: Group) -> Sequence[Evidence]:
    """What is kept of all papers of a group."""
    return session.scalars(select(Evidence).where(Evidence.group_id == group.id)).all()


def linked_now(session: Session, group: Group, kept: Mapping[str, Evidence]) -> Linked:
    """How these papers fit together by what is known at present."""
    marks: dict[str, dict[str, str]] = {}
    ours = select(ElementMac).join(Evidence, Evidence.id == ElementMac.evidence_id)
    for each in session.scalars(ours.where(Evidence.group_id == group.id)):
        marks.setdefault(each.evidence_id, {})[each.element] = each.mac
    if not marks:
        return Linked()
    papers = [Paper(name, place(row.wave), marks.get(name, {})) for name, row in kept.items()]
    rulings = {
        (each.one_id, each.other_id): each.same
        for each in session.scalars(select(Ruling).where(Ruling.one_id.in_(kept)))
    }
    return link(papers, group.elements_needed, rulings)


@dataclass(frozen=True)
class _Moving:
    """Moves papers between journeys, so that each person has one."""

    session: Session
    group: Group
    kept: Mapping[str, Evidence]
    secret: str
    today: date

    def put_together(self, people: Iterable[Sequence[str]]) -> None:
        """The journey of a person is that of her first paper, unless it is another's already."""
        taken: set[str] = set()
        misplaced: list[tuple[Evidence, Evidence]] = []
        for person in people:
            papers = [self.kept[name] for name in person]
            first = papers[0]
            if first.journey_id in taken:
                misplaced += [(paper, first) for paper in papers]
                continue
            taken.add(first.journey_id)
            misplaced += [
                (paper, first) for paper in papers if paper.journey_id != first.journey_id
            ]
        touched = {paper.journey_id for paper, _first in misplaced}
        # First out of journeys that are somebody else's, so that no two papers of a wave meet.
        for paper, _first in misplaced:
            if self._is_shared(paper):
                self._move(paper, self._fresh(paper))
            touched.add(paper.journey_id)
        for paper, first in misplaced:
            if paper.journey_id != first.journey_id:
                self._move(paper, first.journey_id)
            touched.add(first.journey_id)
        self._tidy(touched)

    def _is_shared(self, evidence: Evidence) -> bool:
        return any(
            each.journey_id == evidence.journey_id
            for each in self.kept.values()
            if each is not evidence
        )

    def _move(self, evidence: Evidence, target: str) -> None:
        """One wave's sittings and the row of its sheet, from one journey to another."""
        source = evidence.journey_id
        for table, of_wave in (
            (Sitting, Sitting.wave == evidence.wave),
            (PaperRow, _on_sheets(self.group, evidence.wave)),
        ):
            self.session.execute(
                update(table)
                .where(table.journey_id == source, of_wave)
                .values(journey_id=target)
                .execution_options(synchronize_session=False)
            )
        evidence.journey_id = target
        self.session.flush()

    def _fresh(self, evidence: Evidence) -> str:
        """A journey for a paper that turns out to be somebody else's."""
        old = self.session.get_one(Journey, evidence.journey_id)
        made = paper_journey(
            self.session,
            self.group,
            tag=old.tag,
            consent_release_id=old.consent_release_id,
            answered_on=old.started_on,
            secret=self.secret,
        )
        return made.id

    def _tidy(self, touched: Iterable[str]) -> None:
        """Work pairs out anew, and let go of journeys in which nothing is left."""
        self.session.flush()
        self.session.expire_all()
        for name in sorted(touched):
            journey = self.session.get(Journey, name)
            if journey is None:
                continue
            if _is_empty(self.session, journey):
                self.session.delete(self.session.get_one(Learner, journey.learner_id))
                self.session.flush()
            else:
                pairs.rebuild(self.session, journey)


def _on_sheets(group: Group, wave: str) -> ColumnElement[bool]:
    sheets = select(PaperSheet.id).where(PaperSheet.group_id == group.id, PaperSheet.wave == wave)
    return PaperRow.sheet_id.in_(sheets)


def _is_empty(session: Session, journey: Journey) -> bool:
    left = [
        session.scalar(select(func.count()).where(table.journey_id == journey.id))
        for table in (Sitting, Evidence, LessonDone)
    ]
    return not any(left)


def paper_journey(
    session: Session,
    group: Group,
    *,
    tag: str,
    consent_release_id: int,
    answered_on: date,
    secret: str,
) -> Journey:
    """A journey of somebody of whom there is a paper and no card. Raises NotBegun."""
    refuse_unopened(group)
    card = make_learner(
        session,
        secret=secret,
        start_key=token_urlsafe(24),
        group_id=group.id,
        today=answered_on,
    )
    journey = Journey(
        id=token_hex(16),
        learner=card.learner,
        number=1,
        group_id=group.id,
        tag=tag,
        modules=list(group.modules),
        consent_release_id=consent_release_id,
        started_on=answered_on,
    )
    session.add(journey)
    session.flush()
    return journey


@dataclass(frozen=True)
class Tally:
    """How many people of a group have answered in a wave and can be compared with *before*; could
    be somebody's whose paper is there; or cannot be."""

    matched: int
    ambiguous: int
    unmatched: int


def tally(session: Session, group_id: int, wave: str) -> Tally:
    """Matched, ambiguous, unmatched: whichever way the group links."""
    first = AFTER if wave == LOOKING_BACK else BEFORE
    answered = _answered(session, group_id, wave)
    matched = len(answered & _answered(session, group_id, first))
    doubtful = session.scalar(
        select(func.count()).where(
            Evidence.group_id == group_id,
            Evidence.wave == wave,
            Evidence.state == State.AMBIGUOUS.value,
        )
    )
    ambiguous = min(doubtful or 0, len(answered) - matched)
    return Tally(matched, ambiguous, len(answered) - matched - ambiguous)


def _answered(session: Session, group_id: int, wave: str) -> set[str]:
    wanted = (
        select(Sitting.journey_id)
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(
            Journey.group_id == group_id, Sitting.wave == wave, Sitting.submitted_on.is_not(None)
        )
    )
    return set(session.scalars(wanted))
