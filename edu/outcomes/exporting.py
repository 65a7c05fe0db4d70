"""Rows for evaluators' own programs: anonymous, with a codebook, as CSV and for SPSS and Stata.

Made from the batches of a frozen report. Whoever has withdrawn since is in none of it, nor are
those who were counted together with her.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion, Journey
from edu.learning.waves import AFTER, BEFORE, LOOKING_BACK, in_order
from edu.outcomes.disclosure_rows import KNOWABLE, Compared, exported
from edu.outcomes.evaluation_models import ProgrammeReport
from edu.outcomes.programme_rows import Learner, gathered
from edu.outcomes.scale_figures import limits_of
from edu.outcomes.table import csv_of
from edu.quizzes.scoring import UNITS

_MEANINGS = {
    "month": "month in which she began",
    "language": "language in which she began",
    "group": "letters for groups, in no order; several small groups share a letter",
    "arm": "course: had the lessons; comparison: waited for them, or had none",
}


@dataclass(frozen=True)
class Column:
    """A column of the export, and what it holds."""

    name: str
    meaning: str
    numeric: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Export:
    """Rows and their columns; `k`: so many rows at least are alike in what could be known.
    `journeys`: whose rows they are, in no order; this leaves in no file."""

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]
    k: int
    left_out: tuple[str, ...]
    journeys: frozenset[str] = frozenset()

    def csv(self) -> str:
        """The rows for any spreadsheet."""
        return csv_of(self.rows, [each.name for each in self.columns])

    def codebook(self, use: str) -> str:
        """What each column means, how far nobody stands out, and for what it may be used."""
        told = [
            {
                "column": each.name,
                "meaning": each.meaning,
                "lowest": "" if each.low is None else each.low,
                "highest": "" if each.high is None else each.high,
            }
            for each in self.columns
        ]
        alike = f"so many rows at least are alike in {', '.join(KNOWABLE)}"
        told.append({"column": "(k)", "meaning": f"{self.k}: {alike}"})
        for name in self.left_out:
            meaning = "left out of all rows: it would tell of fewer than five people"
            told.append({"column": f"({name})", "meaning": meaning})
        told.append({"column": "(use)", "meaning": use})
        return csv_of(told, ("column", "meaning", "lowest", "highest"))


def export_of(session: Session, report: ProgrammeReport) -> Export | None:
    """The rows under a report; None where somebody could be found in them."""
    groups = session.scalars(
        select(Group).where(Group.programme_id == report.programme_id).order_by(Group.id)
    ).all()
    minimum = report.content.get("minimum", 10)
    found = gathered(session, groups, report.programme_id, minimum, only=set(report.batches))
    people: dict[str, dict[str, Any]] = {}
    months = _months(session, [each.journey for mine in found.values() for each in mine.learners])
    columns: list[Column] = []
    compared: list[Compared] = []
    for (version, scale), mine in sorted(found.items()):
        row = session.get_one(InstrumentVersion, version)
        columns += _score_columns(row, scale, mine.learners)
        compared += _compared(row, scale, mine.learners)
        for each in mine.learners:
            person = people.setdefault(each.journey, _known(each, months[each.journey]))
            for wave, value in each.scores.items():
                person[_name(row, scale, wave)] = round(value / UNITS, 6)
    _letter(people.values())
    # Sorted by what is in them: their order tells nothing else.
    safe = exported(sorted(people.values(), key=repr), compared)
    if safe is None:
        return None
    known = [Column(name, _MEANINGS[name]) for name in KNOWABLE]
    whole = [each for each in (*known, *columns) if each.name not in safe.left_out]
    blank = {each.name: "" for each in whole}
    return Export(
        tuple(whole),
        tuple(blank | dict(row) for row in safe.rows),
        safe.k,
        safe.left_out,
        frozenset(people),
    )


def _known(learner: Learner, month: str) -> dict[str, Any]:
    return {
        "month": month,
        "language": learner.tag,
        "group": learner.group,
        "arm": learner.arm,
    }


def _letter(people: Any) -> None:
    """Groups as letters, so that no name or number of theirs leaves."""
    names = sorted({person["group"] for person in people})
    letters = {name: _letters(place) for place, name in enumerate(names)}
    for person in people:
        person["group"] = letters[person["group"]]


def _letters(place: int) -> str:
    first, last = divmod(place, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)


def _score_columns(row: InstrumentVersion, scale: str, learners: Sequence[Learner]) -> list[Column]:
    instrument = definition_of(row)
    limits = limits_of(instrument, scale)
    better = instrument.higher_is(scale).value
    return [
        Column(
            _name(row, scale, wave),
            f"{row.instrument} {row.version}, {scale}, {wave}, in points; higher is {better}",
            numeric=True,
            low=None if limits is None else float(limits[0]),
            high=None if limits is None else float(limits[1]),
        )
        for wave in in_order({wave for each in learners for wave in each.scores})
    ]


def _compared(row: InstrumentVersion, scale: str, learners: Sequence[Learner]) -> list[Compared]:
    """Which columns reports compare: *before* with each wave, looking back with *after*."""
    waves = {wave for each in learners for wave in each.scores} - {BEFORE}
    found = []
    for wave in in_order(waves):
        own = _name(row, scale, wave)
        two = (own, AFTER) if wave == LOOKING_BACK else (BEFORE, own)
        earlier, later = (_name(row, scale, x) if x in (BEFORE, AFTER) else x for x in two)
        found.append(Compared(wave, earlier, later, own))
    return found


def _name(row: InstrumentVersion, scale: str, wave: str) -> str:
    """A name that SPSS and Stata take too."""
    return f"{row.instrument}{row.version}_{scale}_{wave}".replace("-", "_")[:32]


def _months(session: Session, journeys: Sequence[str]) -> dict[str, str]:
    wanted = sorted(set(journeys))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        rows = session.execute(
            select(Journey.id, Journey.started_on).where(
                Journey.id.in_(wanted[start : start + 500])
            )
        )
        found |= {journey: day.strftime("%Y-%m") for journey, day in rows}
    return found
