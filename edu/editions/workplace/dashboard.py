"""Languages × modules with honest states: how far each edition is, and what is in its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Edition, Release
from edu.editions.workplace.readers import NOBODY, InReview, Readers, in_review
from edu.editions.workplace.tallies import Held, Holding, Placed, Stage, holdings, placed, stage_of
from edu.languages import SOURCE, language


class State(StrEnum):
    """How far an edition, or one part of it, has come."""

    UNTRANSLATED = "untranslated"
    INHERITED = "inherited"
    DRAFT = "draft"
    STALE = "stale"
    IN_REVIEW = "in review"
    READY = "ready"
    RELEASED = "released"


@dataclass
class Tally:
    """The segments of an edition, or of one part, by how far they have come."""

    count: dict[Stage, int] = field(default_factory=lambda: dict.fromkeys(Stage, 0))
    words_left: int = 0
    #: Words of its own that learners do not meet as they stand on the desk.
    unreleased: int = 0
    own: int = 0
    mine: bool = False
    last_saved: datetime | None = None

    def add(self, each: Placed, how: Stage, held: Held | None, member_id: int | None) -> None:
        """Count one segment."""
        self.count[how] += 1
        if how in (Stage.MISSING, Stage.STALE):
            self.words_left += each.words
        if held is None or not (held.worded or held.released):
            return
        self.own += held.worded
        self.unreleased += not held.as_released
        self.mine |= member_id is not None and held.member_id == member_id
        if held.saved_at is not None:
            self.last_saved = max(held.saved_at, self.last_saved or held.saved_at)

    @property
    def total(self) -> int:
        """How many segments there are."""
        return sum(self.count.values())

    @property
    def done(self) -> int:
        """How many need no words any more."""
        return self.total - self.count[Stage.MISSING] - self.count[Stage.STALE]


@dataclass(frozen=True)
class Cell:
    """One module in one language."""

    tag: str
    module: str
    begun: bool
    state: State
    tally: Tally
    #: What learners meet: "" for nothing of its own, draft or reviewed; and its number.
    met: str = ""
    number: int = 0
    readers: Readers = NOBODY


@dataclass(frozen=True)
class Shelf:
    """One language with its modules."""

    tag: str
    cells: Sequence[Cell]

    @property
    def words_left(self) -> int:
        """In everything that was begun."""
        return sum(cell.tally.words_left for cell in self.cells if cell.begun)


def begun_tags(session: Session) -> set[str]:
    """The languages in which there is an edition."""
    return set(session.scalars(select(Edition.tag).distinct())) - {SOURCE}


def dashboard(
    session: Session, root: Path, tags: Iterable[str], member_id: int | None = None
) -> list[Shelf]:
    """Every module in each of these languages. As many queries for thirty languages as for one."""
    wanted = sorted(set(tags), key=lambda tag: language(tag).autonym.casefold())
    held = holdings(session, {name for tag in wanted for name in language(tag).chain} - {SOURCE})
    met = _released(session, wanted)
    review = in_review(session, wanted)
    segments = placed(root)
    return [
        Shelf(
            tag,
            [
                _cell(tag, module, each, held, met, review, member_id)
                for module, each in segments.items()
            ],
        )
        for tag in wanted
    ]


def _cell(
    tag: str,
    module: str,
    segments: Iterable[Placed],
    held: Mapping[tuple[str, str], Holding],
    met: Mapping[tuple[str, str], tuple[str, int]],
    review: Mapping[int, InReview],
    member_id: int | None,
) -> Cell:
    holding = held.get((tag, module))
    tally = Tally()
    parts: dict[str, Tally] = {}
    for each in segments:
        how, found = stage_of(tag, module, each, held)
        tally.add(each, how, found, member_id)
        parts.setdefault(each.part, Tally()).add(each, how, found, None)
    asked = _asked(review, holding)
    readers = sum((asked.of(name, each.last_saved) for name, each in parts.items()), NOBODY)
    state, number = met.get((tag, module), ("", 0))
    far = state_of(tally, bool(readers), number)
    return Cell(tag, module, holding is not None, far, tally, state, number, readers)


def _asked(review: Mapping[int, InReview], holding: Holding | None) -> InReview:
    nobody = InReview()
    return review.get(holding.edition_id, nobody) if holding is not None else nobody


def state_of(tally: Tally, with_readers: bool, released: int) -> State:
    """What one word says of a tally: the worst first."""
    if tally.count[Stage.STALE]:
        return State.STALE
    if not tally.own:
        return State.UNTRANSLATED if tally.count[Stage.MISSING] else State.INHERITED
    if tally.count[Stage.MISSING] or tally.count[Stage.DRAFT]:
        return State.IN_REVIEW if with_readers else State.DRAFT
    return State.RELEASED if released and not tally.unreleased else State.READY


def _released(session: Session, tags: Iterable[str]) -> dict[tuple[str, str], tuple[str, int]]:
    rows = session.execute(
        select(Release.tag, Release.module, Release.state, Release.number)
        .where(Release.tag.in_(list(tags)), Release.withdrawn_on.is_(None))
        .order_by(Release.number)
    )
    return {(tag, module): (state, number) for tag, module, state, number in rows}


@dataclass(frozen=True)
class PartRow:
    """One part of an edition on the module's page."""

    part: str
    state: State
    tally: Tally
    at_work: Sequence[str]
    readers: Readers


def part_rows(
    session: Session,
    tag: str,
    module: str,
    segments: Iterable[Placed],
    working: Mapping[str, Sequence[str]],
) -> list[PartRow]:
    """How far each part of an edition is; `working` says who is where."""
    held = holdings(session, set(language(tag).chain) - {SOURCE})
    tallies: dict[str, Tally] = {}
    for each in segments:
        how, found = stage_of(tag, module, each, held)
        tallies.setdefault(each.part, Tally()).add(each, how, found, None)
    asked = _asked(in_review(session, [tag]), held.get((tag, module)))
    released = _released(session, [tag]).get((tag, module), ("", 0))[1]
    rows = []
    for name, tally in tallies.items():
        readers = asked.of(name, tally.last_saved)
        far = state_of(tally, bool(readers), released)
        rows.append(PartRow(name, far, tally, working.get(name, ()), readers))
    return rows
