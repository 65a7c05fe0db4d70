"""Planned against reached, by place, language, role and mode."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Journey, Sitting
from edu.learning.sittings import Mode
from edu.outcomes.totals import rounded
from edu.programmes.dates import courses_of
from edu.programmes.following_models import Dimension, PlannedReach
from edu.programmes.keeping import kept
from edu.programmes.reach_cells import hidden_cells, may_say_sum

#: How people take part; of whoever has answered nothing yet it is taken to be the phone she
#: joined with.
PHONES, PAPER, MIXED = MODES = ("phones", "paper", "mixed")


@dataclass(frozen=True)
class Cell:
    """One row of the board. `people` is None where the number is not said; `groups` counts those
    that are meant for it, None where that is not known of groups."""

    cell: str
    planned: int | None
    groups: int | None
    people: int | None

    @property
    def is_empty(self) -> bool:
        """Nobody was reached here."""
        return self.people == 0

    @property
    def percent(self) -> int | None:
        """Reached of a hundred that were planned, rounded down; None where either is not known."""
        if not self.planned or self.people is None:
            return None
        return 100 * self.people // self.planned


@dataclass(frozen=True)
class Board:
    """All rows of a dimension, and both sums; None where one is not said."""

    dimension: Dimension
    cells: tuple[Cell, ...]
    planned: int
    people: int | None


def boards(
    session: Session, programme_id: int, groups: Sequence[Group], *, coarse: bool
) -> list[Board]:
    """The boards of a programme. `coarse`: in whole tens, for whoever sees totals only."""
    planned = _planned(session, programme_id)
    people = _people(session, groups)
    meant = _meant(session, groups)
    return [
        _board(each, planned[each], people[each], meant.get(each), coarse) for each in Dimension
    ]


def _board(
    dimension: Dimension,
    planned: dict[str, int],
    people: Counter[str],
    meant: Counter[str] | None,
    coarse: bool,
) -> Board:
    names = sorted({*planned, *people, *(meant or {})})
    counts = {name: people[name] for name in names}
    hidden = hidden_cells(counts)
    cells = tuple(
        Cell(
            name,
            planned.get(name),
            meant[name] if meant is not None else None,
            None if name in hidden else _coarse(counts[name]) if coarse else counts[name],
        )
        for name in names
    )
    total = sum(counts.values()) if may_say_sum(counts) else None
    return Board(
        dimension,
        cells,
        sum(planned.values()),
        _coarse(total) if coarse and total is not None else total,
    )


def _coarse(number: int) -> int | None:
    """Whole tens; nobody at all is said to be nobody."""
    return rounded(number) if number else 0


def _planned(session: Session, programme_id: int) -> dict[Dimension, dict[str, int]]:
    rows = session.scalars(select(PlannedReach).where(PlannedReach.programme_id == programme_id))
    found: dict[Dimension, dict[str, int]] = {each: {} for each in Dimension}
    for row in rows:
        found[Dimension(row.dimension)][row.cell] = row.people
    return found


def _people(session: Session, groups: Sequence[Group]) -> dict[Dimension, Counter[str]]:
    """How many journeys there are, by what is known of their groups and of themselves."""
    places = {each.id: each.place.strip() for each in groups}
    courses = courses_of(session, groups)
    found: dict[Dimension, Counter[str]] = {each: Counter() for each in Dimension}
    for group_id, tag, mode, number in _journeys(session, list(places)):
        course = courses.get(group_id)
        found[Dimension.PLACE][places[group_id]] += number
        found[Dimension.ROLE][course.role if course else ""] += number
        found[Dimension.LANGUAGE][tag] += number
        found[Dimension.MODE][mode] += number
    return found


def _journeys(session: Session, group_ids: Iterable[int]) -> Iterable[tuple[int, str, str, int]]:
    """How many journeys each group has in each language and mode."""
    on_phone = func.max(case((Sitting.mode == Mode.WEB.value, 1), else_=0))
    on_paper = func.max(case((Sitting.mode.in_((Mode.PAPER.value, Mode.ALOUD.value)), 1), else_=0))
    each = (
        select(
            Journey.group_id,
            Journey.tag,
            case(
                (on_paper == 0, PHONES),
                (on_phone == 0, PAPER),
                else_=MIXED,
            ).label("mode"),
        )
        .outerjoin(Sitting, Sitting.journey_id == Journey.id)
        .where(Journey.group_id.in_(list(group_ids)))
        .group_by(Journey.id, Journey.group_id, Journey.tag)
        .subquery()
    )
    wanted = select(each.c.group_id, each.c.tag, each.c.mode, func.count())
    rows = session.execute(wanted.group_by(each.c.group_id, each.c.tag, each.c.mode))
    return [(group_id, tag, mode, number) for group_id, tag, mode, number in rows]


def _meant(session: Session, groups: Sequence[Group]) -> dict[Dimension, Counter[str]]:
    """How many groups are meant for a place, a language, a role. Of modes that is not asked."""
    courses = courses_of(session, groups)
    return {
        Dimension.PLACE: Counter(each.place.strip() for each in groups),
        Dimension.LANGUAGE: Counter(tag for each in groups for tag in each.tags),
        Dimension.ROLE: Counter(
            courses[each.id].role if each.id in courses else "" for each in groups
        ),
    }


def places_of(groups: Iterable[Group]) -> list[str]:
    """The places that are written with groups, each once."""
    return sorted({each.place.strip() for each in groups} - {""})


def plan_reach(
    session: Session, programme_id: int, dimension: Dimension, cell: str, people: int
) -> None:
    """Plan to reach so many people; none takes the plan for this cell away."""
    key = {"programme_id": programme_id, "dimension": dimension.value, "cell": cell.strip()}
    if people:
        kept(session, PlannedReach, key, {"people": people})
    else:
        session.execute(delete(PlannedReach).filter_by(**key))
