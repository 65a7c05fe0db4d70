"""The rules that a scale must keep, so that its score means what it says."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from edu.lessons.mistakes import Message
from edu.lessons.words import N_
from edu.quizzes.instrument import Instrument, Item, Option, Scale
from edu.quizzes.methods import ends, item_ends, needed
from edu.quizzes.positions import Path
from edu.quizzes.scale import THREE_LEVELS, Level, Method

#: Where, what, and whether it blocks.
Finding = tuple[Path, str, bool]

_RANGES_DIFFER = N_('the items of the scale "%(scale)s" differ in lowest or highest score')
_NO_ITEMS_OF_ITS_OWN = N_('"%(name)s" is no scale with items of its own')
_TOTAL_WITH_ITEMS = N_("a total has no items of its own beside those of its scales")
_NOT_SO_MANY = N_("the scale has %(count)s items, not %(least)s")
_OF_FEWER = N_(
    "a %(method)s of fewer items is another score: ask for all %(count)s, or set `prorate = true`"
)
_NOT_PRORATED = N_("a %(method)s is not prorated")
_OUTSIDE = N_('"I don\'t know" counts %(value)s, outside %(minimum)s to %(maximum)s')
_NO_LOOKUP = N_('a table is for the method "lookup" only')
_NO_POINTS = N_("the table has no points for the sum %(sum)s")
_NO_SUCH_SUM = N_("no answers give the sum %(sum)s")
_POINTS_GO_UP = N_("points must go up with the sum")
_MINIMUM_IS = N_("by the rules of the scale the minimum is %(value)s")
_MAXIMUM_IS = N_("by the rules of the scale the maximum is %(value)s")
_ALL_SCORED = N_("every option of an item that is scored needs a `score`")
_SAME_SCORE = N_("the options of an item that is scored all have the same `score`")
_UNEVEN = N_("options with uneven scores cannot be reversed")

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
            yield path, Message(N_('the scale "%(scale)s" has no items'), scale=scale.id), True
            continue
        ranges = {
            (min(scores), max(scores))
            for item in items
            if (scores := [o.score for o in instrument.options_of(item) if o.score is not None])
        }
        if len(ranges) > 1:
            yield path, Message(_RANGES_DIFFER, scale=scale.id), True
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
            yield (*path, "of"), Message(_NO_ITEMS_OF_ITS_OWN, name=name), True
    if any(item.scale == scale.id for item in instrument.items):
        yield (*path, "of"), Message(_TOTAL_WITH_ITEMS), True


def _rules(instrument: Instrument, scale: Scale, path: Path) -> Iterator[Finding]:
    count, least = len(instrument.items_of(scale.id)), needed(instrument, scale)
    if least > count:
        message = Message(_NOT_SO_MANY, count=count, least=least)
        yield (*path, "minimum_answered"), message, True
    whole = scale.method in (Method.SUM, Method.MEAN, Method.LOOKUP)
    if whole and least < count and not scale.prorate:
        yield (
            (*path, "minimum_answered"),
            Message(_OF_FEWER, method=str(scale.method), count=count),
            True,
        )
    if scale.prorate and scale.method not in (Method.SUM, Method.MEAN):
        yield (*path, "prorate"), Message(_NOT_PRORATED, method=str(scale.method)), True
    one = item_ends(instrument, scale)
    if scale.dont_know is not None and not one.minimum <= scale.dont_know <= one.maximum:
        yield (
            (*path, "dont_know"),
            Message(
                _OUTSIDE,
                value=scale.dont_know,
                minimum=str(one.minimum),
                maximum=str(one.maximum),
            ),
            True,
        )
    yield from _table(instrument, scale, path)


def _table(instrument: Instrument, scale: Scale, path: Path) -> Iterator[Finding]:
    if scale.method is not Method.LOOKUP:
        if scale.table:
            yield (*path, "table"), Message(_NO_LOOKUP), True
        yield from _ends(instrument, scale, path)
        return
    one, count = item_ends(instrument, scale), len(instrument.items_of(scale.id))
    possible = range(int(one.minimum) * count, int(one.maximum) * count + 1)
    missing = sorted(set(possible) - dict(scale.table).keys())
    if missing:
        yield (*path, "table"), Message(_NO_POINTS, sum=missing[0]), True
    for total, _ in scale.table:
        if total not in possible:
            yield (*path, "table"), Message(_NO_SUCH_SUM, sum=total), True
    values = [Fraction(points) for _, points in scale.table]
    if any(second <= first for first, second in pairwise(values)):
        yield (*path, "table"), Message(_POINTS_GO_UP), True
    if scale.table and not missing:
        yield from _ends(instrument, scale, path)


def _ends(instrument: Instrument, scale: Scale, path: Path) -> Iterator[Finding]:
    possible = ends(instrument, scale)
    for name, template, said, found in (
        ("minimum", _MINIMUM_IS, scale.minimum, possible.minimum),
        ("maximum", _MAXIMUM_IS, scale.maximum, possible.maximum),
    ):
        if said is not None and said != found:
            yield (*path, name), Message(template, value=str(found)), True


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
        yield path, Message(_ALL_SCORED), True
    elif options and scores[0] == scores[-1]:
        yield path, Message(_SAME_SCORE), True
    elif scores and item.reverse and is_uneven(scores):
        # With uneven steps, "minimum + maximum - score" and "the score at the mirrored
        # position" are two different things, and nobody could say which was meant.
        yield (*path, "reverse"), Message(_UNEVEN), True
