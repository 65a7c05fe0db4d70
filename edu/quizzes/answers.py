"""What one learner said in one sitting: for each item a value *and a state*.

Why somebody gave no answer is an answer too, so "I don't know" is never stored as the middle
of a scale, and a question that was not shown is never stored as one that was left blank.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from edu.quizzes.instrument import Instrument, Item, Kind


class State(StrEnum):
    ANSWERED = "answered"
    DONT_KNOW = "dont_know"
    NOT_APPLICABLE = "not_applicable"
    SKIPPED = "skipped"
    PREFER_NOT = "prefer_not"
    NOT_SHOWN = "not_shown"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True)
class Answer:
    """A state, and the codes of the chosen options: one, or several where the item allows it.

    An open question that was answered has the state and no code; its text is kept apart.
    """

    state: State
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.codes and self.state is not State.ANSWERED:
            raise ValueError(f"an answer that is {self.state} has no code")
        if list(self.codes) != sorted(set(self.codes)):
            raise ValueError("codes are kept sorted and once each: use Answer.chosen")

    @classmethod
    def chosen(cls, *codes: str) -> Self:
        """The answer of somebody who chose these options, in whatever order."""
        return cls(State.ANSWERED, tuple(sorted(set(codes))))


#: What an option's code may be, so that it holds none of the signs of a stored sitting.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")

_VERSION = "1"
_OPEN_TOKEN = "*"  # noqa: S105 (a mark in a row, not a secret)
_TOKENS = {
    State.DONT_KNOW: "?",
    State.NOT_APPLICABLE: "/",
    State.SKIPPED: "-",
    State.PREFER_NOT: "!",
    State.NOT_SHOWN: "~",
    State.ILLEGIBLE: "#",
}
_STATES = {token: state for state, token in _TOKENS.items()}


def encode(instrument: Instrument, answers: Mapping[str, Answer]) -> str:
    """One sitting as a short text: `1:4,3,?,-,a+c`, a version and a token per item in order.

    An item without an answer was not shown. Raises ValueError on an item or a code that the
    instrument does not have, rather than storing what could not be read back.
    """
    unknown = answers.keys() - {item.id for item in instrument.items}
    if unknown:
        raise ValueError(f"{instrument.id} has no item {sorted(unknown)}")
    tokens = (
        _token(instrument, item, answers.get(item.id, Answer(State.NOT_SHOWN)))
        for item in instrument.items
    )
    return f"{_VERSION}:{','.join(tokens)}"


def decode(instrument: Instrument, text: str) -> dict[str, Answer]:
    """What `encode` stored, for every item of the same version of the instrument.

    Raises ValueError when the text cannot be of this instrument.
    """
    version, colon, body = text.partition(":")
    if not colon or version != _VERSION:
        raise ValueError(f"not a sitting in format {_VERSION}: {text[:20]!r}")
    tokens = body.split(",") if instrument.items else []
    if len(tokens) != len(instrument.items):
        raise ValueError(f"{len(tokens)} answers for the {len(instrument.items)} items")
    return {
        item.id: _answer(instrument, item, token)
        for item, token in zip(instrument.items, tokens, strict=True)
    }


def merge(first: Mapping[str, Answer], second: Mapping[str, Answer]) -> dict[str, Answer]:
    """One sitting sent twice: the second fills what the first left open; given answers stay.

    "I don't know", "does not apply" and "I prefer not to say" are given answers. A paper that
    nobody could read gives way to somebody who could.
    """
    merged = dict(first)
    for item, answer in second.items():
        if item not in merged or _weight(answer) > _weight(merged[item]):
            merged[item] = answer
    return merged


def _weight(answer: Answer) -> int:
    open_states = (State.NOT_SHOWN, State.SKIPPED, State.ILLEGIBLE)
    return open_states.index(answer.state) if answer.state in open_states else len(open_states)


def check_answer(instrument: Instrument, item: Item, answer: Answer) -> None:
    """Raise ValueError unless this answer could have been given to this item."""
    if answer.state is not State.ANSWERED:
        return
    if instrument.kind is Kind.OPEN:
        if answer.codes:
            raise ValueError(f"{item.id}: the text of an open answer is kept apart")
        return
    known = {option.code for option in instrument.options_of(item)}
    if not known.issuperset(answer.codes):
        raise ValueError(f"{item.id}: no option {sorted(set(answer.codes) - known)}")
    if len(answer.codes) != 1 and not (item.several and answer.codes):
        raise ValueError(f"{item.id}: {len(answer.codes)} options chosen instead of one")


def _token(instrument: Instrument, item: Item, answer: Answer) -> str:
    check_answer(instrument, item, answer)
    if answer.state is not State.ANSWERED:
        return _TOKENS[answer.state]
    if not all(map(CODE.fullmatch, answer.codes)):
        raise ValueError(f"{item.id}: a code with one of the signs that separate answers")
    return "+".join(answer.codes) or _OPEN_TOKEN


def _answer(instrument: Instrument, item: Item, token: str) -> Answer:
    if token in _STATES:
        return Answer(_STATES[token])
    answer = Answer.chosen(*([] if token == _OPEN_TOKEN else token.split("+")))
    check_answer(instrument, item, answer)
    return answer
