"""One scale of a group's figures: sums over whole batches, and what may be said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from typing import Any

from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion
from edu.outcomes.analysis.reliable import Reliability
from edu.outcomes.batches import WHOLE_WAVE
from edu.outcomes.disclosure_batches import Waiting
from edu.outcomes.disclosure_counts import Statement
from edu.outcomes.paired import Counts, PairedChange, PairSums
from edu.quizzes.instrument import HigherMeans, Instrument, Kind
from edu.quizzes.scoring import UNITS, ends

Key = tuple[str, int, str]


@dataclass(frozen=True)
class ScaleFigures:
    """One scale of one instrument version: exact sums over matched learners, in units.

    `change_only`: only the change is known, as scores of 0 before; means of before and after are
    not shown. `at_best`: how many were at the better end before. `said`: what was said so far of
    how many moved which way. `low` and `high` are the ends of the scale, in points.
    """

    instrument: str
    version: int
    scale: str
    higher_means: str
    #: Whether somebody has tested how well these questions measure; ours have not been.
    validated: bool
    sums: PairSums
    up: int
    down: int
    change_only: bool = False
    at_best: int | None = None
    low: float | None = None
    high: float | None = None
    said: tuple[Statement, ...] = field(default=())
    #: More than 5 % worsened by more than the scale's published error; of thirty people or more.
    alert: bool = False

    @property
    def key(self) -> Key:
        """What makes two figures be about the same thing."""
        return self.instrument, self.version, self.scale

    @property
    def n(self) -> int:
        """How many learners are in it."""
        return self.sums.n

    @property
    def counts(self) -> Counts:
        """How many moved which way. Never shown as they are: see `said`."""
        better, worse = self.up, self.down
        if HigherMeans(self.higher_means) is HigherMeans.WORSE:
            better, worse = worse, better
        return Counts(better, self.n - self.up - self.down, worse)

    @property
    def moved(self) -> Statement:
        """What may be said of how many moved which way."""
        newest = self.said[-1] if self.said else None
        return newest if newest is not None and newest.n == self.n else Statement(self.n)

    @property
    def change(self) -> PairedChange:
        """The analysis, without how many moved which way."""
        return PairedChange.from_sums(self.sums, higher_means=HigherMeans(self.higher_means))

    def to_json(self) -> dict[str, Any]:
        """As a snapshot keeps it."""
        return asdict(self) | {"said": [each.to_json() for each in self.said]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ScaleFigures":
        """What `to_json` gave, now or before a program knew what was said."""
        given = dict(stored) | {"sums": PairSums(**stored["sums"])}
        given["said"] = tuple(Statement.from_json(each) for each in stored.get("said", ()))
        return cls(**given)

    def with_people(self, people: Sequence[Waiting], best: int | None) -> "ScaleFigures":
        """With these people counted in; `best` is the better end of the scale, in units."""
        pairs = [(each.before, each.after) for each in people]
        if self.change_only:
            pairs = [(0, after - before) for before, after in pairs]
        at_best = None
        if not self.change_only and best is not None and self.at_best is not None:
            at_best = self.at_best + sum(each.before == best for each in people)
        return replace(
            self,
            sums=self.sums + PairSums.from_pairs(pairs),
            up=self.up + sum(each.after > each.before for each in people),
            down=self.down + sum(each.after < each.before for each in people),
            at_best=at_best,
        )


def blank_figures(row: InstrumentVersion, scale: str, wave: str) -> tuple[ScaleFigures, int | None]:
    """Figures of nobody yet, and the better end of the scale in units."""
    instrument = definition_of(row)
    limits = limits_of(instrument, scale)
    direction = instrument.higher_is(scale)
    best = None
    if limits is not None:
        best = round(limits[direction is HigherMeans.BETTER] * UNITS)
    change_only = wave != WHOLE_WAVE
    figures = ScaleFigures(
        instrument=row.instrument,
        version=row.version,
        scale=scale,
        higher_means=direction.value,
        validated=instrument.validated,
        sums=PairSums(),
        up=0,
        down=0,
        change_only=change_only,
        at_best=None if best is None or change_only else 0,
        low=None if limits is None else float(limits[0]),
        high=None if limits is None else float(limits[1]),
    )
    return figures, best


def limits_of(instrument: Instrument, scale: str) -> tuple[Fraction, Fraction] | None:
    """The lowest and highest possible score of a scale, in points; None where it has none."""
    if instrument.kind is Kind.KNOWLEDGE:
        return Fraction(0), Fraction(len(instrument.items))
    found = instrument.scale(scale)
    if found is None:
        return None
    both = ends(instrument, found)
    return Fraction(both.minimum), Fraction(both.maximum)


def reliability_of(instrument: Instrument, scale: str) -> Reliability | None:
    """The published reliability of a scale: that of asking twice before any other."""
    found = instrument.scale(scale)
    known = sorted(
        found.reliability if found is not None else (), key=lambda each: each.kind != "retest"
    )
    if not known or not 0 <= known[0].coefficient < 1:
        return None
    first = known[0]
    return Reliability(first.coefficient, f"{first.kind}, {first.population}: {first.source}")
