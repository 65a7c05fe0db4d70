"""How far one part of an edition is: which steps its kind needs, and which are done.

When all are done its words count as reviewed. That is what learners are told, and what lets
answers on a questionnaire count as given on its finished words.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from edu.editions.models import Change, Edition, Rendering
from edu.editions.parts import Part, Sort, parts_of
from edu.editions.review import try_outs
from edu.editions.review.back_translations import latest_of
from edu.editions.review.models import BackTranslation
from edu.editions.review.rigour import FEWEST_INTERVIEWS, Demand, Step, demand, material_of
from edu.editions.review.safety import touched
from edu.editions.review.signing import waiver_for, who_signed
from edu.editions.standing import Standing, standing
from edu.editions.working import edition_of, renderings_of, write_history
from edu.languages import same_words
from edu.lessons.shape import HELD_BACK
from edu.quizzes.instrument import Kind
from edu.segments.segment import Segment, fold

#: What is asked or answered; titles and the words of reports are not compared between people.
_MEASURED = frozenset({"item", "option-label"})


@dataclass(frozen=True)
class Done:
    """One step: how much of it there is, and how much is needed."""

    step: Step
    have: int
    need: int

    @property
    def done(self) -> bool:
        return self.have >= self.need


@dataclass(frozen=True)
class Readiness:
    """A part with its steps, in the words that stand now."""

    part: Part
    words: Standing
    demand: Demand
    steps: tuple[Done, ...]
    signed: tuple[str, ...]
    safety: frozenset[str]

    @property
    def ready(self) -> bool:
        return all(each.done for each in self.steps)

    @property
    def missing(self) -> tuple[Done, ...]:
        return tuple(each for each in self.steps if not each.done)


def readiness(session: Session, root: Path, tag: str, part: Part) -> Readiness:
    """How far a part is in one language."""
    words = standing(session, tag, part)
    edition = edition_of(session, tag, part.module)
    waiver = waiver_for(session, tag)
    safety = touched(session, tag, part, words)
    asked = demand(
        material_of(part.sort, kind_of(part)),
        tryout_readers=_tryout_readers(root, part),
        safety=safety,
        waived=waiver.readers if waiver else None,
    )
    signed = tuple(who_signed(session, edition, part.id, words.digest))
    counted = {
        Step.TRANSLATION: _translated(tag, words),
        Step.READERS: (len(set(signed) & set(asked.readers)), len(asked.readers)),
        **_said_again(session, edition, part, asked),
        **_tried(session, edition, part, asked, words.digest),
    }
    steps = tuple(Done(step, *counted[step]) for step in asked.steps)
    return Readiness(part, words, asked, steps, signed, safety)


def unreadable(part: Part) -> Readiness:
    """A part whose words on the desk cannot be put together."""
    asked = demand(material_of(part.sort, kind_of(part)))
    nothing = Done(Step.TRANSLATION, 0, 1)
    return Readiness(part, Standing((), ""), asked, (nothing,), (), frozenset())


def _translated(tag: str, words: Standing) -> tuple[int, int]:
    """How many texts stand in the language, of all; what is inherited from its kin is in it. The
    same text at the same place is one, as it is for whoever translates it."""
    spoken = {choice.place: same_words(choice.tag, tag) for choice in words.choices}
    return sum(spoken.values()), len(spoken)


def to_say_again(part: Part) -> list[Segment]:
    """The segments that need a back-translation: of a measure what is asked and answered, of a
    lesson what touches safety."""
    if part.sort is Sort.INSTRUMENT:
        return [each for each in part.segments() if each.kind in _MEASURED]
    return [each for each in part.segments() if each.safety in HELD_BACK]


def own_words(
    session: Session, edition: Edition | None, segments: Iterable[Segment]
) -> Mapping[str, Rendering]:
    """What an edition itself says for segments, by their keys; not what it inherits."""
    if edition is None:
        return {}
    found = renderings_of(session, edition, segments)
    return {key: row for key, row in found.items() if row.text}


def _said_again(
    session: Session, edition: Edition | None, part: Part, asked: Demand
) -> dict[Step, tuple[int, int]]:
    rows = own_words(session, edition, to_say_again(part)).values()
    said = [row for row in latest_of(session, rows).values() if _counts(row, asked)]
    return {
        Step.BACK_TRANSLATION: (len(said), len(rows)),
        Step.RECONCILIATION: (sum(bool(row.resolved) for row in said), len(rows)),
    }


def _counts(row: BackTranslation, asked: Demand) -> bool:
    return row.blind or not asked.blind


def _tried(
    session: Session, edition: Edition | None, part: Part, asked: Demand, digest: str
) -> dict[Step, tuple[int, int]]:
    rows = try_outs.try_outs_of(session, edition, part.id) if edition is not None else []
    tried = try_outs.people_who_tried(rows, (try_outs.READING, try_outs.INTERVIEWS), digest)
    together = try_outs.people_who_tried(rows, (try_outs.COMMITTEE, try_outs.INTERVIEWS), digest)
    return {
        Step.TRY_OUT: (tried, asked.people),
        Step.COMMITTEE: (together, FEWEST_INTERVIEWS),
    }


def kind_of(part: Part) -> Kind | None:
    """What a questionnaire measures; None for any other part."""
    if part.sort is not Sort.INSTRUMENT:
        return None
    return Kind(tomllib.loads(part.text())["kind"])


def _tryout_readers(root: Path, part: Part) -> int:
    """How many local readers the module of a lesson asks for."""
    if part.sort is not Sort.LESSON:
        return 0
    head = parts_of(root, part.module)[part.module]
    return int(tomllib.loads(head.text()).get("tryout_readers", 0))


def settle(session: Session, root: Path, tag: str, part: Part, member_id: int | None) -> Readiness:
    """Look at a part anew after a step was done: once all are, its words count as reviewed."""
    edition = edition_of(session, tag, part.module)
    if edition is not None:
        hold(session, edition, part)
    found = readiness(session, root, tag, part)
    if found.ready and edition is not None:
        for rendering in in_place(session, edition, part):
            if rendering.text and rendering.state != "reviewed":
                rendering.state, rendering.from_files = "reviewed", False
                write_history(session, rendering, "signed", member_id)
        for change in changes_in(session, edition, part):
            if not change.gone and change.state != "reviewed":
                change.state, change.from_files = "reviewed", False
        session.flush()
    return found


def hold(session: Session, edition: Edition, part: Part | None = None) -> None:
    """From now on nobody else puts words into an edition, or into one part of it: those that are
    saved in the same moment would count as reviewed, and nobody has read them."""
    session.flush()
    session.refresh(edition, with_for_update=True)
    words = select(Rendering).where(Rendering.edition_id == edition.id)
    blocks = select(Change).where(Change.edition_id == edition.id)
    if part is not None:
        place = or_(Rendering.context == part.id, Rendering.context.startswith(f"{part.id}|"))
        words, blocks = words.where(place), blocks.where(Change.lesson == part.id)
    for rows in (words.order_by(Rendering.id), blocks.order_by(Change.id)):
        held = rows.with_for_update().execution_options(populate_existing=True)
        session.scalars(held).all()


def renderings_in(session: Session, edition: Edition, part: Part) -> list[Rendering]:
    """Every rendering of a part, also of texts that no longer stand in its source."""
    wanted = select(Rendering).where(Rendering.edition_id == edition.id).order_by(Rendering.id)
    return [
        row
        for row in session.scalars(wanted)
        if row.context == part.id or row.context.startswith(f"{part.id}|")
    ]


def in_place(session: Session, edition: Edition, part: Part) -> list[Rendering]:
    """The renderings of a part whose text stands in its source today. Nobody reads the others, so
    nobody signs them, and no release takes them along."""
    stands = {(each.context, fold(each.text)) for each in part.segments()}
    return [
        row
        for row in renderings_in(session, edition, part)
        if not row.follows and (row.context, row.source) in stands
    ]


def changes_in(session: Session, edition: Edition, part: Part) -> list[Change]:
    """Every record of a part, also those that were taken back."""
    wanted = select(Change).where(Change.edition_id == edition.id, Change.lesson == part.id)
    return list(session.scalars(wanted.order_by(Change.position)))
