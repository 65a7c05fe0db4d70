"""Languages × modules with honest states: how far each edition is, and what is in its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Edition, Release
from edu.editions.review.models import ReviewLink, Signature
from edu.editions.working import now
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
    review = _in_review(session, wanted)
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
    review: Mapping[int, "InReview"],
    member_id: int | None,
) -> Cell:
    holding = held.get((tag, module))
    tally = Tally()
    parts: dict[str, Tally] = {}
    for each in segments:
        how, found = stage_of(tag, module, each, held)
        tally.add(each, how, found, member_id)
        parts.setdefault(each.part, Tally()).add(each, how, found, None)
    asked = review.get(holding.edition_id) if holding is not None else None
    state, number = met.get((tag, module), ("", 0))
    in_review = asked is not None and any(asked.of(name, part) for name, part in parts.items())
    return Cell(
        tag, module, holding is not None, state_of(tally, in_review, number), tally, state, number
    )


def state_of(tally: Tally, in_review: bool, released: int) -> State:
    """What one word says of a tally: the worst first."""
    if tally.count[Stage.STALE]:
        return State.STALE
    if not tally.own:
        return State.UNTRANSLATED if tally.count[Stage.MISSING] else State.INHERITED
    if tally.count[Stage.MISSING] or tally.count[Stage.DRAFT]:
        return State.IN_REVIEW if in_review else State.DRAFT
    return State.RELEASED if released and not tally.unreleased else State.READY


@dataclass(frozen=True)
class InReview:
    """What was sent to readers of an edition: when each part was signed last, and which parts a
    community is reading."""

    signed: Mapping[str, datetime]
    read: frozenset[str]

    def of(self, part: str, tally: Tally) -> bool:
        """Whether a part is with readers: somebody reads it, or has signed what still stands."""
        signed = self.signed.get(part)
        stands = signed is not None and (tally.last_saved is None or tally.last_saved <= signed)
        return stands or part in self.read


def _in_review(session: Session, tags: Iterable[str]) -> dict[int, InReview]:
    here = Edition.tag.in_(list(tags))
    signed: dict[int, dict[str, datetime]] = {}
    for number, part, at in session.execute(
        select(Signature.edition_id, Signature.part, Signature.made_at)
        .join(Edition, Edition.id == Signature.edition_id)
        .where(here)
        .order_by(Signature.made_at)
    ):
        signed.setdefault(number, {})[part] = at
    read: dict[int, set[str]] = {}
    for number, part in session.execute(
        select(ReviewLink.edition_id, ReviewLink.part)
        .join(Edition, Edition.id == ReviewLink.edition_id)
        .where(here, ReviewLink.closed_at.is_(None), ReviewLink.ends_at > now())
    ):
        read.setdefault(number, set()).add(part)
    return {
        number: InReview(signed.get(number, {}), frozenset(read.get(number, ())))
        for number in {*signed, *read}
    }


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
    holding = held.get((tag, module))
    review = _in_review(session, [tag]).get(holding.edition_id) if holding is not None else None
    released = _released(session, [tag]).get((tag, module), ("", 0))[1]
    return [
        PartRow(
            name,
            state_of(tally, review is not None and review.of(name, tally), released),
            tally,
            working.get(name, ()),
        )
        for name, tally in tallies.items()
    ]
