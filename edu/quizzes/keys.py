"""What may stand in the file of an instrument, key by key, and reading one with every mistake."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.quizzes.answers import CODE
from edu.quizzes.identifiers import IDENTIFIER
from edu.quizzes.instrument import Kind
from edu.quizzes.positions import Path, Positions
from edu.quizzes.scale import (
    CONSTRUCTS,
    RELIABILITY_KINDS,
    THREE_LEVELS,
    HigherMeans,
    Level,
    Method,
)


@dataclass(frozen=True)
class Key:
    """What may stand under one key: a test, the words for it, and whether it must be there."""

    words: Message
    test: Callable[[Any], bool]
    required: bool = True


_ONE_OF = N_("one of these: %(known)s")
_FLAG = Message(N_("true or false"))
POSITIVE = Message(N_("a positive whole number"))
_LIST = Message(N_("a list of tables"))
_TEXT = Message(N_("text"))


def is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return is_whole(value) or isinstance(value, float)


def _is_share(value: Any) -> bool:
    return _is_number(value) and 0 < value <= 1


def is_positive(value: Any) -> bool:
    return is_whole(value) and value > 0


def is_list_of(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(test, value))


def is_decimal(value: Any) -> bool:
    """A number, or a text that is one, as points in a table are written."""
    try:
        return not isinstance(value, bool) and Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and all(
        total.removeprefix("-").isdecimal() and is_decimal(points)
        for total, points in value.items()
    )


def _one_of(values: type[StrEnum] | tuple[str, ...], *, required: bool = False) -> Key:
    known = [str(value) for value in values]
    words = Message(_ONE_OF, known=", ".join(f'"{name}"' for name in known))
    return Key(words, lambda v: v in known, required)


TEXT = Key(_TEXT, is_text)
MAYBE_TEXT = Key(_TEXT, is_text, required=False)
MAYBE_FLAG = Key(_FLAG, lambda v: isinstance(v, bool), required=False)
MAYBE_WHOLE = Key(Message(N_("a whole number")), is_whole, required=False)
NAME = Key(
    Message(N_("small letters, digits and hyphens")),
    lambda v: isinstance(v, str) and IDENTIFIER.fullmatch(v) is not None,
)
TABLES = Key(_LIST, is_list_of(lambda v: isinstance(v, dict)), required=False)
POSITIONS = Key(
    Message(N_("a list of positions, counted from 1")), is_list_of(is_positive), required=False
)
_DONT_KNOW = Key(
    Message(N_('"missing" or a whole number')),
    lambda v: is_whole(v) or v == "missing",
    required=False,
)

OPTION = {
    "code": Key(
        Message(N_("letters and digits")),
        lambda v: isinstance(v, str) and CODE.fullmatch(v) is not None,
    ),
    "label": TEXT,
    "score": MAYBE_WHOLE,
    "correct": MAYBE_FLAG,
}
RELIABILITY = {
    "coefficient": Key(
        Message(N_("a number above -1 and up to 1")), lambda v: _is_number(v) and -1 < v <= 1
    ),
    "kind": _one_of(RELIABILITY_KINDS, required=True),
    "population": TEXT,
    "source": TEXT,
    "n": Key(POSITIVE, is_positive, required=False),
}
SCALE = {
    "id": NAME,
    "title": TEXT,
    "more": TEXT,
    "less": TEXT,
    "higher_means": _one_of(HigherMeans),
    "method": _one_of(Method),
    "minimum_answered": Key(POSITIVE, is_positive, required=False),
    "prorate": MAYBE_FLAG,
    "dont_know": _DONT_KNOW,
    "table": Key(Message(N_("a table of points, one for each sum")), _is_table, required=False),
    "of": Key(Message(N_("a list of scales")), is_list_of(is_text), required=False),
    "minimum": MAYBE_WHOLE,
    "maximum": MAYBE_WHOLE,
    "construct": _one_of((*CONSTRUCTS, *THREE_LEVELS)),
    "level": _one_of(Level),
    "reliability": TABLES,
}
ITEM = {
    "id": NAME,
    "text": TEXT,
    "scale": MAYBE_TEXT,
    "reverse": MAYBE_FLAG,
    "several": MAYBE_FLAG,
    "lesson": MAYBE_TEXT,
    "options": TABLES,
    "not_applicable": MAYBE_FLAG,
}
INSTRUMENT = {
    "id": NAME,
    "version": Key(POSITIVE, is_positive),
    "variant": MAYBE_TEXT,
    "kind": _one_of(Kind, required=True),
    "title": TEXT,
    "introduction": TEXT,
    "closing": TEXT,
    "validated": Key(_FLAG, lambda v: isinstance(v, bool)),
    "licence": TEXT,
    "source": TEXT,
    "modules": Key(Message(N_("a list of module ids")), is_list_of(is_text), required=False),
    "on": MAYBE_FLAG,
    "higher_means": _one_of(HigherMeans),
    "minimum_answered": Key(Message(N_("a number above 0 and up to 1")), _is_share, required=False),
    "dont_know": _DONT_KNOW,
    "reverse": POSITIONS,
    "scales": TABLES,
    "options": TABLES,
    "items": Key(_LIST, lambda v: TABLES.test(v) and len(v) > 0),
}


_UNKNOWN = N_('unknown key "%(key)s"')


def missing_key(name: str) -> Message:
    """A key that must be there is not."""
    return Message(N_('missing key "%(key)s"'), key=name)


def must_be(name: str, key: Key) -> Message:
    """What stands under a key is of another kind."""
    return Message(N_('"%(key)s" must be %(words)s'), key=name, words=key.words)


class Opened:
    """One file being read: its lines, and the mistakes found so far."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.positions = Positions(text)
        self.mistakes: list[Mistake] = []

    def add(self, path: Path, message: str, blocks: bool = True) -> None:
        self.mistakes.append(Mistake(self.file, self.positions.line(path), message, blocks))

    def sound(self, table: Mapping[str, Any], keys: Mapping[str, Key], path: Path) -> Any:
        """The values that are as they should be: later checks can go on without the rest."""
        for name in table.keys() - keys.keys():
            self.add((*path, name), Message(_UNKNOWN, key=name))
        for name in keys.keys() - table.keys():
            if keys[name].required:
                self.add(path, missing_key(name))
        sound = {}
        for name in table.keys() & keys.keys():
            if keys[name].test(table[name]):
                sound[name] = table[name]
            else:
                self.add((*path, name), must_be(name, keys[name]))
        return sound
