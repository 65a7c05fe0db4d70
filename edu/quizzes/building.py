"""An instrument put together from items of others, and what may be wrong with it.

Each item keeps its own answers, so the scale on which somebody answers is never changed. A
licensed scale is taken whole or not at all. The rules of every scale come along; what is known of
a scale's reliability only with all of its items.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil

from edu.quizzes.checks import MOST_NEGATIVE
from edu.quizzes.instrument import HigherMeans, Instrument, Item, Kind, Option, Scale
from edu.quizzes.methods import needed
from edu.quizzes.scale import Method
from edu.quizzes.scale_checks import is_interpersonal, missing_levels

#: What a learner takes at most without growing tired, in minutes; and items that many take.
MOST_MINUTES = 5
_SECONDS = {Kind.ATTITUDE: 10, Kind.KNOWLEDGE: 20, Kind.OPEN: 60}
#: Fewer items make a score that says little.
FEW_ITEMS = 3


@dataclass(frozen=True)
class Source:
    """An instrument of the bank. `whole`: all of its items or none. `alone`: with no other."""

    instrument: Instrument
    whole: bool = False
    alone: bool = False

    @property
    def id(self) -> str:
        return self.instrument.id


#: An item of the bank: its source and its own id.
Ref = tuple[str, str]


class Trouble(StrEnum):
    """What may be wrong with a form. Those of STOPS must be mended first."""

    NOTHING = "nothing chosen"
    MIXED_KINDS = "knowledge and attitude in one form"
    NOT_WHOLE = "a licensed scale in part"
    NOT_ALONE = "a scale that must stand alone"
    OTHER_FRAME = "asked about in different ways"
    TOO_LONG = "too long"
    NEGATIVE = "many negative items"
    HARSH_BEGINNING = "begins with a negative item"
    NOT_INTERPERSONAL = "no item about life with others"
    NO_PEOPLE = "nothing about people"
    NO_PLACE = "nothing about place"
    MIXED_ANSWERS = "different answers to choose from"
    FEW_ITEMS = "a scale of few items"


STOPS = frozenset(
    {
        Trouble.NOTHING,
        Trouble.MIXED_KINDS,
        Trouble.NOT_WHOLE,
        Trouble.NOT_ALONE,
        Trouble.OTHER_FRAME,
    }
)


@dataclass(frozen=True)
class Finding:
    """One trouble, with the figures and the name that belong to it."""

    trouble: Trouble
    name: str = ""
    count: int = 0
    of: int = 0

    @property
    def stops(self) -> bool:
        return self.trouble in STOPS


def new_id(source: str, name: str) -> str:
    """What an item or a scale of a source is called in a form: never twice the same."""
    return name if name.startswith(f"{source}-") else f"{source}-{name}"


def build(
    id: str, version: int, sources: Mapping[str, Source], chosen: Sequence[Ref]
) -> Instrument:
    """The instrument of these items in this order; its words before and after are those of the
    first one's source. Raises KeyError on an item that no source has, ValueError on none."""
    if not chosen:
        raise ValueError("a form has items")
    used = {name: sources[name].instrument for name, _ in chosen}
    found = [(used[name], _item(used[name], item)) for name, item in chosen]
    first = found[0][0]
    shared = _shared(found)
    alone = len(used) == 1 and len(found) == len(first.items)
    return Instrument(
        id=id,
        version=version,
        kind=first.kind,
        title=first.title,
        introduction=first.introduction,
        closing=first.closing,
        # A scale that was validated as a whole says nothing about a part of it, or a mixture.
        validated=alone and first.validated,
        licence=_joined(each.licence for each in used.values()),
        source=_joined(each.source for each in used.values()),
        modules=(),
        on=False,
        higher_means=HigherMeans.BETTER,
        minimum_answered=0.8,
        scales=tuple(_scales(used, found)),
        options=shared,
        items=tuple(_placed(source, item, shared) for source, item in found),
        variant=first.variant if alone else "",
    )


def _item(instrument: Instrument, id: str) -> Item:
    return {item.id: item for item in instrument.items}[id]


def _joined(texts: Iterator[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _shared(found: Sequence[tuple[Instrument, Item]]) -> tuple[Option, ...]:
    """The answers that all items offer, where they are the same and stand in one source."""
    if found[0][0].kind is not Kind.ATTITUDE or len({source.id for source, _ in found}) > 1:
        return ()
    return found[0][0].options


def _placed(source: Instrument, item: Item, shared: tuple[Option, ...]) -> Item:
    options = () if not item.options and shared else source.options_of(item)
    scale = new_id(source.id, item.scale) if item.scale is not None else None
    return replace(item, id=new_id(source.id, item.id), scale=scale, options=options)


def _scales(
    used: Mapping[str, Instrument], found: Sequence[tuple[Instrument, Item]]
) -> Iterator[Scale]:
    chosen = {(source.id, item.id) for source, item in found}
    for source in used.values():
        for scale in source.scales:
            items = source.items_of(scale.id)
            taken = sum((source.id, item.id) in chosen for item in items)
            if taken and (taken == len(items) or not scale.of):
                yield _scale(source, scale, taken, taken == len(items))


def _scale(source: Instrument, scale: Scale, taken: int, whole: bool) -> Scale:
    higher = source.higher_is(scale.id)
    least = needed(source, scale)
    if not whole:
        share = Fraction(least, len(source.items_of(scale.id)))
        least = max(1, ceil(share * taken))
    return replace(
        scale,
        id=new_id(source.id, scale.id),
        of=tuple(new_id(source.id, each) for each in scale.of),
        higher_means=higher if higher is not HigherMeans.BETTER else None,
        minimum_answered=least,
        minimum=scale.minimum if whole else None,
        maximum=scale.maximum if whole else None,
        method=scale.method if whole or scale.method is not Method.LOOKUP else Method.SUM,
        table=scale.table if whole else (),
        reliability=scale.reliability if whole else (),
    )


def origins(
    sources: Mapping[str, Source], built: Instrument, chosen: Sequence[Ref]
) -> dict[str, str]:
    """Where the words of each place of a built form come from: place to place, as catalogues
    write them (`form|item`, `form|option|1`, `form|scale|contact|more`)."""
    found: dict[str, str] = {}
    first = chosen[0][0]
    for name in ("title", "introduction", "closing"):
        found[f"{built.id}|{name}"] = f"{first}|{name}"
    for source in dict.fromkeys(name for name, _ in chosen):
        for scale in sources[source].instrument.scales:
            here = new_id(source, scale.id)
            if built.scale(here) is not None:
                for name in ("title", "more", "less"):
                    found[f"{built.id}|scale|{here}|{name}"] = f"{source}|scale|{scale.id}|{name}"
    for option in built.options:
        found[f"{built.id}|option|{option.code}"] = f"{first}|option|{option.code}"
    for source, id in chosen:
        item, here = _item(sources[source].instrument, id), new_id(source, id)
        found[f"{built.id}|{here}"] = f"{source}|{id}"
        placed = _item(built, here)
        for option in placed.options:
            group = id if item.options else "option"
            found[f"{built.id}|{here}|{option.code}"] = f"{source}|{group}|{option.code}"
    return found


def minutes(instrument: Instrument) -> int:
    """About how long somebody takes, in whole minutes, for one who reads slowly."""
    return ceil(len(instrument.items) * _SECONDS[instrument.kind] / 60)


def troubles(sources: Mapping[str, Source], chosen: Sequence[Ref]) -> list[Finding]:
    """What may be wrong with a form of these items, what stops it first."""
    found = sorted(_stopping(sources, chosen), key=lambda each: list(Trouble).index(each.trouble))
    if found:
        return found
    return list(advice(build("form", 1, sources, chosen)))


def _stopping(sources: Mapping[str, Source], chosen: Sequence[Ref]) -> Iterator[Finding]:
    if not chosen:
        yield Finding(Trouble.NOTHING)
        return
    used = list(dict.fromkeys(name for name, _ in chosen))
    forms = [sources[name].instrument for name in used]
    if len({form.kind for form in forms}) > 1:
        yield Finding(Trouble.MIXED_KINDS)
    for name in used:
        taken = [item for source, item in chosen if source == name]
        of = len(sources[name].instrument.items)
        if sources[name].whole and taken != [item.id for item in sources[name].instrument.items]:
            yield Finding(Trouble.NOT_WHOLE, name, len(taken), of)
        if sources[name].alone and len(used) > 1:
            yield Finding(Trouble.NOT_ALONE, name)
    # How the answers are to be understood stands in the introduction: "in the last two weeks".
    if len({form.introduction for form in forms}) > 1 and len(set(map(_scores, forms))) > 1:
        yield Finding(Trouble.OTHER_FRAME)


def _scores(instrument: Instrument) -> tuple[int | None, ...]:
    """What the answers of an instrument's first scored item count."""
    scored = [item for item in instrument.items if item.scale is not None] or instrument.items
    options = instrument.options_of(scored[0]) if scored else ()
    return tuple(option.score for option in options)


def advice(instrument: Instrument) -> Iterator[Finding]:
    """What to think over before a sound form is used."""
    items = instrument.items
    if minutes(instrument) > MOST_MINUTES:
        yield Finding(Trouble.TOO_LONG, count=len(items), of=minutes(instrument))
    if instrument.kind is not Kind.ATTITUDE:
        return
    negative = [item for item in items if instrument.is_negative(item)]
    if instrument.negative_share > MOST_NEGATIVE:
        yield Finding(Trouble.NEGATIVE, count=len(negative), of=len(items))
    if instrument.is_negative(items[0]):
        yield Finding(Trouble.HARSH_BEGINNING)
    if not is_interpersonal(instrument):
        yield Finding(Trouble.NOT_INTERPERSONAL)
    names = {"people": Trouble.NO_PEOPLE, "place": Trouble.NO_PLACE}
    for level in missing_levels(instrument):
        yield Finding(names[level])
    ways = len({instrument.options_of(item) for item in items if item.scale is not None})
    if ways > 1:
        yield Finding(Trouble.MIXED_ANSWERS, count=ways)
    for scale in instrument.scales:
        count = len(instrument.items_of(scale.id))
        if count < FEW_ITEMS:
            yield Finding(Trouble.FEW_ITEMS, scale.title, count)
