"""How a score is made of the items that count: sum, mean, percent of maximum, table.

A score is kept as an exact integer in units of 1/2520 of a point. 2520 is the least common
multiple of 1 to 10: every sum, and every mean of up to ten whole numbers, is a whole number of
units, and the sums over a million learners stay exact. Where more than ten items are averaged,
or a table gives a value between two units, the score is rounded to the nearest unit (half a
unit to the even one): at most 1/5040 of a point off, and the same on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from edu.quizzes.instrument import Instrument, Item, Scale
from edu.quizzes.scale import Method

#: Units in one point of a scale.
UNITS = 2520

#: A value in points: whole, except at the ends of some tables.
Points = int | Fraction


@dataclass(frozen=True)
class Ends:
    """The lowest and highest possible value, in points."""

    minimum: Points
    maximum: Points


def option_scores(instrument: Instrument, item: Item) -> dict[str, int]:
    """What each option of an item counts: minimum + maximum - score when it is reversed."""
    scores = {
        option.code: option.score
        for option in instrument.options_of(item)
        if option.score is not None
    }
    if not item.reverse:
        return scores
    both_ends = min(scores.values()) + max(scores.values())
    return {code: both_ends - value for code, value in scores.items()}


def needed(instrument: Instrument, scale: Scale) -> int:
    """How many items of a scale must count for a score.

    Its own number; else all for a sum, a mean or a table, which fewer items would change; else
    the instrument's share of them.
    """
    count = len(instrument.items_of(scale.id))
    if scale.minimum_answered is not None:
        return scale.minimum_answered
    whole = scale.method in (Method.SUM, Method.MEAN, Method.LOOKUP)
    if whole and not scale.prorate:
        return max(1, count)
    # 0.8 is not 4/5 in binary; what the author wrote is, and "4 of 5" must not depend on it.
    return max(1, ceil(Fraction(repr(instrument.minimum_answered)) * count))


def item_ends(instrument: Instrument, scale: Scale) -> Ends:
    """The lowest and highest score of one item; all items of a scale share them."""
    values = option_scores(instrument, instrument.items_of(scale.id)[0]).values()
    return Ends(min(values), max(values))


def ends(instrument: Instrument, scale: Scale) -> Ends:
    """The lowest and highest possible score of a scale with items."""
    one, count = item_ends(instrument, scale), len(instrument.items_of(scale.id))
    if scale.method is Method.SUM:
        return Ends(one.minimum * count, one.maximum * count)
    if scale.method is Method.PERCENT:
        return Ends(0, 100)
    if scale.method is Method.LOOKUP:
        points = [_plain(Fraction(value)) for _, value in scale.table]
        return Ends(min(points), max(points))
    return one


def _plain(value: Fraction) -> Points:
    return value.numerator if value.denominator == 1 else value


def score_in_units(instrument: Instrument, scale: Scale, values: Sequence[int]) -> int:
    """The score of items that count so many units each; there are as many as are `needed`.

    Raises ValueError where a table has no such sum.
    """
    count, of = len(values), len(instrument.items_of(scale.id))
    total = sum(values)
    if scale.method is Method.SUM:
        return total if count == of else _divided(total * of, count)
    if scale.method is Method.LOOKUP:
        return _looked_up(scale, total)
    if scale.method is Method.PERCENT:
        one = item_ends(instrument, scale)
        low, span = Fraction(one.minimum), Fraction(one.maximum - one.minimum)
        return round(100 * UNITS * (Fraction(total, UNITS * count) - low) / span)
    # Of fewer items the mean of those answered is the mean with the others prorated.
    return _divided(total, count)


def _divided(total: int, count: int) -> int:
    """The quotient to the nearest whole number, of two as near the even one."""
    quotient, rest = divmod(total, count)
    return quotient if rest == 0 else round(Fraction(total, count))


def _looked_up(scale: Scale, total: int) -> int:
    points = dict(scale.table).get(total // UNITS) if total % UNITS == 0 else None
    if points is None:
        raise ValueError(f"{scale.id}: the table has no sum {total / UNITS:g}")
    return round(Fraction(points) * UNITS)
