"""The rules an instrument must keep before anyone is asked anything with it.

Each rule yields where in the definition it was broken, what is wrong, and whether that blocks
or is advice. The shape of the file (keys, types) is `load`'s business, its meaning is here.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from edu.lessons.mistakes import Message
from edu.lessons.words import N_
from edu.quizzes.identifiers import RESERVED_CODES
from edu.quizzes.instrument import Instrument, Item, Kind, Option
from edu.quizzes.positions import Path
from edu.quizzes.scale_checks import Finding, scale_findings, score_findings

#: A questionnaire must not teach prejudice by repeating it.
MOST_NEGATIVE = Fraction(40, 100)

_SCALE_TWICE = N_('the scale id "%(name)s" is used twice')
_ITEM_TWICE = N_('the item id "%(name)s" is used twice')
_OPTION_TWICE = N_('the option code "%(name)s" is used twice')
_RESERVED = N_('an option cannot have the code "%(code)s": in a table it means no option')
_FEW_OPTIONS = N_("the item has fewer than two options to choose from")
_NEVER_RIGHT = N_("an attitude is never right or wrong: remove `correct`")
_NOT_REVERSED = N_("an item without a scale cannot be reversed")
_ONE_ANSWER = N_("an item of a scale takes one answer, not several")
_MANY_NEGATIVE = N_(
    "%(some)s of %(all)s items are negatively worded; at most 40 %% may be, because a"
    " questionnaire also teaches"
)
_BEGINS_NEGATIVE = N_("the first item is negatively worded: begin with a gentle one")
_NO_SCALES_HERE = N_("a knowledge instrument has no scales")
_NO_SHARED_OPTIONS = N_("a knowledge instrument (shared) has no options")
_OWN_OPTIONS = N_("a knowledge item needs at least two options of its own")
_CORRECT_NOT_SCORE = N_("a knowledge option has `correct`, not `score`")
_ALL_CORRECT = N_("every option of a knowledge item needs `correct`")
_SOME_CORRECT = N_("at least one option must be correct, here %(count)s are")
_ONE_CORRECT = N_("exactly one option must be correct, here %(count)s are")
_OPEN_NO_SCALES = N_("an open instrument has no scales")
_OPEN_NO_OPTIONS = N_("an open instrument has no options")
_QUESTION_NO_OPTIONS = N_("an open question has no options")
_QUESTION_NOT_SEVERAL = N_("an open question has no options to choose several of")
_ONLY_ATTITUDE = N_("only the items of an attitude instrument have a scale")


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
    yield from _repeated(_SCALE_TWICE, (scale.id for scale in instrument.scales), ("scales",), "id")
    yield from _repeated(_ITEM_TWICE, (item.id for item in instrument.items), ("items",), "id")
    yield from _codes(instrument.options, ("options",))
    for number, item in enumerate(instrument.items):
        yield from _codes(item.options, ("items", number, "options"))


def _codes(options: tuple[Option, ...], path: Path) -> Iterator[Finding]:
    yield from _repeated(_OPTION_TWICE, (option.code for option in options), path, "code")
    for number, option in enumerate(options):
        if option.code.lower() in RESERVED_CODES:
            yield (
                (*path, number, "code"),
                Message(_RESERVED, code=option.code),
                True,
            )


def _repeated(template: str, names: Iterable[str], path: Path, key: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name and name in seen:
            yield (*path, number, key), Message(template, name=name), True
        seen.add(name)


def _attitude(instrument: Instrument) -> Iterator[Finding]:
    yield from scale_findings(instrument)
    known = {scale.id for scale in instrument.scales}
    for number, item in enumerate(instrument.items):
        path: Path = ("items", number)
        options = instrument.options_of(item)
        if len(options) < 2:
            yield path, Message(_FEW_OPTIONS), True
        if any(option.correct is not None for option in options):
            yield path, Message(_NEVER_RIGHT), True
        if item.scale is None:
            if item.reverse:
                yield (*path, "reverse"), Message(_NOT_REVERSED), True
            continue
        if item.scale not in known:
            yield (
                (*path, "scale"),
                Message(N_('there is no scale "%(scale)s"'), scale=item.scale),
                True,
            )
        if item.several:
            yield (*path, "several"), Message(_ONE_ANSWER), True
        yield from score_findings(item, options, path)


def wording_findings(instrument: Instrument) -> Iterator[Finding]:
    """What the sum of its items may teach whoever reads them."""
    negative = [n for n, item in enumerate(instrument.items) if instrument.is_negative(item)]
    if negative and instrument.negative_share > MOST_NEGATIVE:
        yield (
            ("items", negative[-1]),
            Message(_MANY_NEGATIVE, some=len(negative), all=len(instrument.items)),
            True,
        )
    if negative and negative[0] == 0:
        yield ("items", 0), Message(_BEGINS_NEGATIVE), True


def _knowledge(instrument: Instrument) -> Iterator[Finding]:
    yield from _nothing_of("scales", len(instrument.scales), _NO_SCALES_HERE)
    yield from _nothing_of("options", len(instrument.options), _NO_SHARED_OPTIONS)
    for number, item in enumerate(instrument.items):
        path: Path = ("items", number)
        yield from _without_scale(item, path)
        if len(item.options) < 2:
            yield path, Message(_OWN_OPTIONS), True
            continue
        if any(option.score is not None for option in item.options):
            yield path, Message(_CORRECT_NOT_SCORE), True
        if any(option.correct is None for option in item.options):
            yield path, Message(_ALL_CORRECT), True
        correct = sum(option.correct is True for option in item.options)
        if correct == 0 or (correct > 1 and not item.several):
            wanted = _SOME_CORRECT if item.several else _ONE_CORRECT
            yield path, Message(wanted, count=correct), True


def _open(instrument: Instrument) -> Iterator[Finding]:
    yield from _nothing_of("scales", len(instrument.scales), _OPEN_NO_SCALES)
    yield from _nothing_of("options", len(instrument.options), _OPEN_NO_OPTIONS)
    for number, item in enumerate(instrument.items):
        path: Path = ("items", number)
        yield from _without_scale(item, path)
        if item.options:
            yield (*path, "options"), Message(_QUESTION_NO_OPTIONS), True
        if item.several:
            yield (*path, "several"), Message(_QUESTION_NOT_SEVERAL), True


def _nothing_of(name: str, count: int, template: str) -> Iterator[Finding]:
    if count:
        yield (name, 0), Message(template), True


def _without_scale(item: Item, path: Path) -> Iterator[Finding]:
    if item.scale is not None:
        yield (*path, "scale"), Message(_ONLY_ATTITUDE), True
    if item.reverse:
        yield (*path, "reverse"), Message(_NOT_REVERSED), True


_RULES = {Kind.ATTITUDE: _attitude, Kind.KNOWLEDGE: _knowledge, Kind.OPEN: _open}
