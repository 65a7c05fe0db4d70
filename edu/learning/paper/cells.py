"""What may be typed for an answer on paper, and what it means. Pure.

A cell takes the sign that is printed beside the option: a digit wherever that is possible, so that
one hand on the number keys is enough. Reasons for no answer have signs of their own.
"""

from collections.abc import Mapping

from edu.languages import digits
from edu.quizzes.answers import Answer, State
from edu.quizzes.instrument import Instrument, Item, Kind

#: Signs that always work; nothing typed means that the question was left blank.
SIGNS: Mapping[str, State] = {
    "?": State.DONT_KNOW,
    "!": State.PREFER_NOT,
    "/": State.NOT_APPLICABLE,
    "#": State.ILLEGIBLE,
}
_BY_DIGIT = {State.DONT_KNOW: "0", State.PREFER_NOT: "9"}
LONGEST = 40


class NotAnAnswer(ValueError):
    """What was typed is no answer to this question."""


def keys_of(instrument: Instrument, item: Item) -> dict[str, str]:
    """The sign printed beside each option, by its code: the code where that is a digit, else the
    number of its place."""
    codes = [option.code for option in instrument.options_of(item)]
    if all(code.isdecimal() for code in codes):
        return {code: code for code in codes}
    return {code: str(place) for place, code in enumerate(codes, start=1)}


def state_keys(instrument: Instrument, item: Item) -> dict[State, str]:
    """The sign printed for *I don't know*, *I prefer not to say* and *does not apply*: a digit
    that no option uses, else the sign that always works."""
    used = set(keys_of(instrument, item).values())
    signs = {state: sign for sign, state in SIGNS.items()}
    states = [State.DONT_KNOW, State.PREFER_NOT]
    if item.not_applicable:
        states.append(State.NOT_APPLICABLE)
    return {
        state: digit if (digit := _BY_DIGIT.get(state)) and digit not in used else signs[state]
        for state in states
    }


def read_cell(instrument: Instrument, item: Item, typed: str) -> Answer:
    """What was typed, as an answer. Raises NotAnAnswer."""
    text = digits(typed).strip().casefold()
    if not text:
        return Answer(State.SKIPPED)
    if text == "/" and not item.not_applicable:
        raise NotAnAnswer(typed)
    if text in SIGNS:
        return Answer(SIGNS[text])
    by_key = {key: code for code, key in keys_of(instrument, item).items()}
    by_key |= {code.casefold(): code for code in by_key.values() if not code.isdecimal()}
    for state, key in state_keys(instrument, item).items():
        if text == key:
            return Answer(state)
    parts = _parts(text, by_key) if item.several else [text]
    if not parts or any(part not in by_key for part in parts):
        raise NotAnAnswer(typed)
    return Answer.chosen(*(by_key[part] for part in parts))


def _parts(text: str, by_key: Mapping[str, str]) -> list[str]:
    """Several options: `1+3`, `1,3`, `1 3`, or `13` where every sign is one letter or digit."""
    for sign in ",;+":
        text = text.replace(sign, " ")
    parts = text.split()
    if len(parts) == 1 and parts[0] not in by_key:
        return list(parts[0])
    return parts


def write_cell(instrument: Instrument, item: Item, answer: Answer) -> str:
    """An answer as it would be typed; the same answer is always the same text."""
    if answer.state is not State.ANSWERED:
        own = state_keys(instrument, item)
        by_state = {state: sign for sign, state in SIGNS.items()} | own
        return by_state.get(answer.state, "")
    keys = keys_of(instrument, item)
    return "+".join(keys[code] for code in answer.codes)


def can_be_typed(instrument: Instrument) -> bool:
    """Whether its answers are ticks. What people wrote in their own words stays on the paper."""
    return instrument.kind is not Kind.OPEN
