"""Items that are scored together, and the rules by which a score is made of them.

Everything here is frozen. What is left at its default is what an instrument had before there
was a choice, so older definitions and their digests stay what they are.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class HigherMeans(StrEnum):
    """What a higher score says: nothing about a change can be said without knowing this."""

    BETTER = "better"
    WORSE = "worse"


class Method(StrEnum):
    """How a score is made of the items' scores."""

    MEAN_OF_ANSWERED = "mean of answered"
    MEAN = "mean"
    SUM = "sum"
    PERCENT = "percent of maximum"
    LOOKUP = "lookup"


class Level(StrEnum):
    """Whom a scale is about: me, my people, our place."""

    PERSON = "person"
    PEOPLE = "people"
    PLACE = "place"


#: What a scale may be about. Those of the second kind need items about people and place.
CONSTRUCTS = ("contact", "help", "beliefs", "feelings", "seeking", "recognition", "behaviour")
THREE_LEVELS = ("wellbeing", "resilience")
#: How a reliability was found.
RELIABILITY_KINDS = ("alpha", "omega", "retest", "icc")


@dataclass(frozen=True)
class Reliability:
    """How far the same people get the same score: as somebody published it, and where.

    `kind` is one of RELIABILITY_KINDS; `n` people of this `population` answered; `n` is None
    where the source that was read does not say.
    """

    coefficient: float
    kind: str
    population: str
    source: str
    n: int | None = None


@dataclass(frozen=True)
class Scale:
    """Items that are scored together; `more` and `less` say what moving up and down mean.

    `higher_means` None is the instrument's. `minimum_answered` is a number of items; None leaves
    it to `needed`. `prorate` lets the answered items stand for the missing ones. `dont_know` is
    what "I don't know" counts as, None that it is missing. `table` gives points (as decimal
    text) for each sum. `of` makes a total of other scales: their items are its items. `minimum`
    and `maximum` are what the author says is possible, which a check compares with the rules.
    """

    id: str
    title: str
    more: str
    less: str
    higher_means: HigherMeans | None = None
    method: Method = Method.MEAN_OF_ANSWERED
    minimum_answered: int | None = None
    prorate: bool = False
    dont_know: int | None = None
    table: tuple[tuple[int, str], ...] = ()
    of: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    construct: str = ""
    level: Level | None = None
    reliability: tuple[Reliability, ...] = ()

    def rules(self) -> dict[str, Any]:
        """What bears on the score and is not as it always was; empty for a plain mean."""
        bearing = (
            *("higher_means", "method", "minimum_answered", "prorate", "dont_know", "table", "of"),
        )
        mine, plain = asdict(self), asdict(Scale("", "", "", ""))
        return {name: mine[name] for name in bearing if mine[name] != plain[name]}

    @classmethod
    def stored(cls, fields: Mapping[str, Any]) -> Self:
        """A scale as `asdict` wrote it; fields that an older program did not know are plain."""
        given = dict(fields)
        higher, level = given.get("higher_means"), given.get("level")
        given["higher_means"] = HigherMeans(higher) if higher else None
        given["level"] = Level(level) if level else None
        given["method"] = Method(given.get("method", Method.MEAN_OF_ANSWERED))
        table = given.get("table", ())
        given["table"] = tuple((int(total), str(points)) for total, points in table)
        given["of"] = tuple(given.get("of", ()))
        given["reliability"] = tuple(Reliability(**each) for each in given.get("reliability", ()))
        return cls(**given)
