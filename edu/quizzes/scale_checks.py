"""The rules that a scale must keep, so that its score means what it says."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from edu.quizzes.instrument import Instrument, Item, Option, Scale
from edu.quizzes.methods import ends, item_ends, needed
from edu.quizzes.positions import Path
from edu.quizzes.scale import THREE_LEVELS, Level, Method

#: Where, what, and whether it blocks.
Finding = tuple[Path, str, bool]

# The file has no word for whom an item is about, so the name of its scale has to tell. The
# rule is advice only, because this is a guess.
_INTERPERSONAL = {
    *("closeness", "community", "companionship", "contact", "distance", "families", "family"),
    *("friendship", "groups", "help", "helping", "listening", "neighbours", "relations"),
    *("social", "support", "together"),
}


def scale_findings(instrument: Instrument) -> Iterator[Finding]:
    """Everything wrong with the scales of an attitude instrument."""
    for number, scale in enumerate(instrument.scales):
        path: Path = ("scales", number)
        if scale.of:
            yield from _total(instrument, scale, path)
        items = instrument.items_of(scale.id)
        if not items:
            yield path, f'the scale "{scale.id}" has no items', True
            continue
        ranges = {
            (min(scores), max(scores))
            for item in items
            if (scores := [o.score for o in instrument.options_of(item) if o.score is not None])
        }
        if len(ranges) > 1:
            message = f'the items of the scale "{scale.id}" differ in lowest or highest score'
            yield path, message, True
        elif len(ranges) == 1 and all(_scores_are_whole(instrument, item) for item in items):
            yield from _rules(instrument, scale, path)
    yield from _levels(instrument)


def _scores_are_whole(instrument: Instrument, item: Item) -> bool:
    options = instrument.options_of(item)
    return bool(options) and all(option.score is not None for option in options)


def _total(instrument: Instrument, scale: Scale, path: Path) -> Iterator[Finding]:
    """A total is made of scales that have items of their own."""
    plain = {each.id for each in instrument.scales if not each.of}
    for name in scale.of:
        if name not in plain:
            yield (*path, "of"), f'"{name}" is no scale with items of its own', True
    if any(item.scale == scale.id for item in instrument.items):
        yield (*path, "of"), "a total has no items of its own beside those of its scales", True


def _rules(instrument: Instrument, scale: Scale, path: Path) -> Iterator[Finding]:
    count, least = len(instrument.items_of(scale.id)), needed(instrument, scale)
    if least > count:
        yield (*path, "minimum_answered"), f"the scale has {count} items, not {least}", True
    whole = scale.method in (Method.SUM, Method.MEAN, Method.LOOKUP)
    if whole and least < count and not scale.prorate:
        yield (
            (*path, "minimum_answered"),
            f"a {scale.method} of fewer items is another score: ask for all {count},"
            " or set `prorate = true`",
            True,
        )
    if scale.prorate and scale.method not in (Method.SUM, Method.MEAN):
        yield (*path, "prorate"), f"a {scale.method} is not prorated", True
    one = item_ends(instrument, scale)
    if scale.dont_know is not None and not one.minimum <= scale.dont_know <= one.maximum:
        yield (
            (*path, "dont_know"),
            f'"I don\'t know" counts {scale.dont_know}, outside {one.minimum} to {one.maximum}',
            True,
        )
    yield from _table(instrument, scale, path)


def _table(instrument: Instrument, scale: Scale, path: Path) -> Iterator[Finding]:
    if scale.method is not Method.LOOKUP:
        if scale.table:
            yield (*path, "table"), 'a table is for the method "lookup" only', True
        yield from _ends(instrument, scale, path)
        return
    one, count = item_ends(instrument, scale), len(instrument.items_of(scale.id))
    possible = range(int(one.minimum) * count, int(one.maximum) * count + 1)
    missing = sorted(set(possible) - dict(scale.table).keys())
    if missing:
        yield (*path, "table"), f"the table has no points for the sum {missing[0]}", True
    for total, _ in scale.table:
        if total not in possible:
            yield (*path, "table"), f"no answers give the sum {total}", True
    values = [Fraction(points) for _, points in scale.table]
    if any(second <= first for first, second in pairwise(values)):
        yield (*path, "table"), "points must go up with the sum", True
    if scale.table and not missing:
        yield from _ends(instrument, scale, path)


def _ends(instrument: Instrument, scale: Scale, path: Path) -> Iterator[Finding]:
    possible = ends(instrument, scale)
    for name, said, found in (
        ("minimum", scale.minimum, possible.minimum),
        ("maximum", scale.maximum, possible.maximum),
    ):
        if said is not None and said != found:
            yield (*path, name), f"by the rules of the scale the {name} is {found}", True


def _levels(instrument: Instrument) -> Iterator[Finding]:
    """Whether a form is about more than each person's own inside."""
    deep = [scale for scale in instrument.scales if scale.construct in THREE_LEVELS]
    if deep:
        missing = missing_levels(instrument)
        if missing:
            names = " and no ".join(f'"{each}"' for each in missing)
            yield (
                ("scales", 0),
                f"a form about {deep[0].construct} has no scale of the level {names}:"
                " how well people are also lies with their people and their place",
                False,
            )
    elif not is_interpersonal(instrument):
        yield (
            ("scales", 0),
            "no scale seems to be about life with other people "
            "(contact, help, families, community ...): thoughts alone give half the picture",
            False,
        )


def missing_levels(instrument: Instrument) -> list[Level]:
    """Which of people and place no scale of wellbeing or resilience is about; none where there
    is no such scale."""
    deep = [scale for scale in instrument.scales if scale.construct in THREE_LEVELS]
    met = {scale.level for scale in deep}
    return [level for level in (Level.PEOPLE, Level.PLACE) if deep and level not in met]


def is_interpersonal(instrument: Instrument) -> bool:
    """Whether some scale seems to be about life with other people."""
    return any(
        scale.level in (Level.PEOPLE, Level.PLACE)
        or scale.construct in ("contact", "help")
        or not _INTERPERSONAL.isdisjoint(scale.id.split("-"))
        for scale in instrument.scales
    )


def is_uneven(scores: list[int]) -> bool:
    """Whether sorted scores are not their own mirror image, as 0, 1, 3 are not."""
    both_ends = scores[0] + scores[-1]
    return [both_ends - value for value in reversed(scores)] != scores


def score_findings(item: Item, options: tuple[Option, ...], path: Path) -> Iterator[Finding]:
    """Everything wrong with the scores of one item."""
    scores = sorted(option.score for option in options if option.score is not None)
    if len(scores) < len(options):
        yield path, "every option of an item that is scored needs a `score`", True
    elif options and scores[0] == scores[-1]:
        yield path, "the options of an item that is scored all have the same `score`", True
    elif scores and item.reverse and is_uneven(scores):
        # With uneven steps, "minimum + maximum - score" and "the score at the mirrored
        # position" are two different things, and nobody could say which was meant.
        yield (*path, "reverse"), "options with uneven scores cannot be reversed", True
