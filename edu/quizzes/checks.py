"""The rules an instrument must keep before anyone is asked anything with it.

Each rule yields where in the definition it was broken, what is wrong, and whether that blocks
or is advice. The shape of the file (keys, types) is `load`'s business, its meaning is here.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from edu.quizzes.identifiers import RESERVED_CODES
from edu.quizzes.instrument import Instrument, Item, Kind, Option
from edu.quizzes.positions import Path
from edu.quizzes.scale_checks import Finding, scale_findings, score_findings

#: A questionnaire must not teach prejudice by repeating it.
MOST_NEGATIVE = Fraction(40, 100)


def findings(
    instrument: Instrument, *, kind_is_known: bool = True, ours: bool = True
) -> Iterator[Finding]:
    """Everything wrong with the meaning of an instrument, in no particular order.

    How it is worded is looked at only where the words are `ours` to choose.
    """
    yield from _names(instrument)
    if kind_is_known:
        yield from _RULES[instrument.kind](instrument)
        if ours and instrument.kind is Kind.ATTITUDE:
            yield from wording_findings(instrument)


def _names(instrument: Instrument) -> Iterator[Finding]:
    yield from _repeated("scale id", (scale.id for scale in instrument.scales), ("scales",), "id")
    yield from _repeated("item id", (item.id for item in instrument.items), ("items",), "id")
    yield from _codes(instrument.options, ("options",))
    for number, item in enumerate(instrument.items):
        yield from _codes(item.options, ("items", number, "options"))


def _codes(options: tuple[Option, ...], path: Path) -> Iterator[Finding]:
    yield from _repeated("option code", (option.code for option in options), path, "code")
    for number, option in enumerate(options):
        if option.code.lower() in RESERVED_CODES:
            yield (
                (*path, number, "code"),
                f'an option cannot have the code "{option.code}": in a table it means no option',
                True,
            )


def _repeated(what: str, names: Iterable[str], path: Path, key: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name and name in seen:
            yield (*path, number, key), f'the {what} "{name}" is used twice', True
        seen.add(name)


def _attitude(instrument: Instrument) -> Iterator[Finding]:
    yield from scale_findings(instrument)
    known = {scale.id for scale in instrument.scales}
    for number, item in enumerate(instrument.items):
        path: Path = ("items", number)
        options = instrument.options_of(item)
        if len(options) < 2:
            yield path, "the item has fewer than two options to choose from", True
        if any(option.correct is not None for option in options):
            yield path, "an attitude is never right or wrong: remove `correct`", True
        if item.scale is None:
            if item.reverse:
                yield (*path, "reverse"), "an item without a scale cannot be reversed", True
            continue
        if item.scale not in known:
            yield (*path, "scale"), f'there is no scale "{item.scale}"', True
        if item.several:
            yield (*path, "several"), "an item of a scale takes one answer, not several", True
        yield from score_findings(item, options, path)


def wording_findings(instrument: Instrument) -> Iterator[Finding]:
    """What the sum of its items may teach whoever reads them."""
    negative = [n for n, item in enumerate(instrument.items) if instrument.is_negative(item)]
    if negative and instrument.negative_share > MOST_NEGATIVE:
        yield (
            ("items", negative[-1]),
            f"{len(negative)} of {len(instrument.items)} items are negatively worded; "
            "at most 40 % may be, because a questionnaire also teaches",
            True,
        )
    if negative and negative[0] == 0:
        yield ("items", 0), "the first item is negatively worded: begin with a gentle one", True


def _knowledge(instrument: Instrument) -> Iterator[Finding]:
    yield from _nothing_of("scales", len(instrument.scales), "a knowledge instrument")
    yield from _nothing_of("options", len(instrument.options), "a knowledge instrument (shared)")
    for number, item in enumerate(instrument.items):
        path: Path = ("items", number)
        yield from _without_scale(item, path)
        if len(item.options) < 2:
            yield path, "a knowledge item needs at least two options of its own", True
            continue
        if any(option.score is not None for option in item.options):
            yield path, "a knowledge option has `correct`, not `score`", True
        if any(option.correct is None for option in item.options):
            yield path, "every option of a knowledge item needs `correct`", True
        correct = sum(option.correct is True for option in item.options)
        if correct == 0 or (correct > 1 and not item.several):
            wanted = "at least one" if item.several else "exactly one"
            yield path, f"{wanted} option must be correct, here {correct} are", True


def _open(instrument: Instrument) -> Iterator[Finding]:
    yield from _nothing_of("scales", len(instrument.scales), "an open instrument")
    yield from _nothing_of("options", len(instrument.options), "an open instrument")
    for number, item in enumerate(instrument.items):
        path: Path = ("items", number)
        yield from _without_scale(item, path)
        if item.options:
            yield (*path, "options"), "an open question has no options", True
        if item.several:
            yield (*path, "several"), "an open question has no options to choose several of", True


def _nothing_of(name: str, count: int, where: str) -> Iterator[Finding]:
    if count:
        yield (name, 0), f"{where} has no {name}", True


def _without_scale(item: Item, path: Path) -> Iterator[Finding]:
    if item.scale is not None:
        yield (*path, "scale"), "only the items of an attitude instrument have a scale", True
    if item.reverse:
        yield (*path, "reverse"), "an item without a scale cannot be reversed", True


_RULES = {Kind.ATTITUDE: _attitude, Kind.KNOWLEDGE: _knowledge, Kind.OPEN: _open}
