"""From answers to scores: nothing is typed in, so anything can be computed again.

A score is the mean of the answered items, kept as an exact integer in units of 1/2520 of a
point. 2520 is the least common multiple of 1 to 10: every mean of up to ten whole numbers is
a whole number of units, and the sums over a million learners stay exact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Any

from edu.lessons.mistakes import Mistake
from edu.quizzes.answers import Answer, State, check_answer
from edu.quizzes.instrument import Instrument, Item, Kind

#: Units in one point of a scale.
UNITS = 2520


@dataclass(frozen=True)
class Score:
    """One learner's score on one scale.

    `units` is the mean of the answered items in 1/2520 point; `answered` of `of` items were
    answered; `minimum` and `maximum` are the lowest and highest possible score, in points.
    """

    units: int
    answered: int
    of: int
    minimum: int
    maximum: int


class Why(StrEnum):
    """Why there is no score."""

    NOTHING_ANSWERED = "nothing answered"
    TOO_FEW_ANSWERED = "too few items answered"


@dataclass(frozen=True)
class Unscored:
    """No score, and the reason: `answered` of `of` items, where `needed` were."""

    why: Why
    answered: int
    of: int
    needed: int


@dataclass(frozen=True)
class Knowledge:
    """`right` of the `answered` items, of all the items there are.

    "I don't know" is not an answer here. Somebody who says so twice and guesses later has more
    answers and perhaps a smaller share of right ones: compare `right`, or `right` out of `of`.
    """

    right: int
    answered: int
    of: int


def points(score: Score | int) -> Fraction:
    """A score, or a sum of units, in points; `float()` of it is rounded correctly."""
    return Fraction(score.units if isinstance(score, Score) else score, UNITS)


def percent(score: Score) -> Fraction:
    """Percent of the maximum possible: 100 (score - minimum) / (maximum - minimum)."""
    return 100 * (points(score) - score.minimum) / (score.maximum - score.minimum)


def score(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, Score | None]:
    """The score on every scale, or None: `unscored` then says why.

    An item counts when it was answered; don't know, does not apply, prefer not to say, skipped,
    not shown and illegible are all missing. The share of items needed is the instrument's.
    """
    return {
        scale.id: result if isinstance(result, Score) else None
        for scale in instrument.scales
        for result in [_scale_score(instrument, scale.id, answers)]
    }


def unscored(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, Unscored]:
    """The scales without a score, each with the reason."""
    return {
        scale.id: result
        for scale in instrument.scales
        for result in [_scale_score(instrument, scale.id, answers)]
        if isinstance(result, Unscored)
    }


def knowledge(instrument: Instrument, answers: Mapping[str, Answer]) -> Knowledge:
    """How many items were answered rightly: exactly the correct options, no more and no fewer."""
    if instrument.kind is not Kind.KNOWLEDGE:
        return Knowledge(0, 0, 0)
    right = answered = 0
    for item in instrument.items:
        answer = answers.get(item.id)
        if answer is None or answer.state is not State.ANSWERED:
            continue
        check_answer(instrument, item, answer)
        answered += 1
        correct = {option.code for option in instrument.options_of(item) if option.correct}
        right += correct == set(answer.codes)
    return Knowledge(right, answered, len(instrument.items))


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


def _scale_score(
    instrument: Instrument, scale: str, answers: Mapping[str, Answer]
) -> Score | Unscored:
    items = instrument.items_of(scale)
    given = []
    for item in items:
        answer = answers.get(item.id)
        if answer is not None and answer.state is State.ANSWERED:
            check_answer(instrument, item, answer)
            given.append(option_scores(instrument, item)[answer.codes[0]])
    # 0.8 is not 4/5 in binary; what the author wrote is, and "4 of 5" must not depend on it.
    needed = max(1, ceil(Fraction(repr(instrument.minimum_answered)) * len(items)))
    if len(given) < needed:
        why = Why.TOO_FEW_ANSWERED if given else Why.NOTHING_ANSWERED
        return Unscored(why, len(given), len(items), needed)
    units, rest = divmod(sum(given) * UNITS, len(given))
    if rest:
        raise ValueError(f"{scale}: a mean of {len(given)} items is not exact in 1/{UNITS}")
    lowest_and_highest = option_scores(instrument, items[0]).values()
    return Score(units, len(given), len(items), min(lowest_and_highest), max(lowest_and_highest))


#: What a cell says when no option was chosen; blank means skipped.
CELLS = {
    "": State.SKIPPED,
    "dk": State.DONT_KNOW,
    "na": State.NOT_APPLICABLE,
    "pnts": State.PREFER_NOT,
}


def score_table(
    instrument: Instrument, rows: Iterable[Mapping[str, str | None]], file: str = "answers.csv"
) -> tuple[list[dict[str, Any]], list[Mistake]]:
    """Scores of a whole table, one row a sitting, and every cell that could not be read.

    Columns named by item ids hold an option's code (several joined by `+`), nothing for
    skipped, or `dk`, `na`, `pnts`. All other columns are carried over as they are. Results, per
    scale: `<scale>` in points, `<scale>.units`, `<scale>.percent`, `<scale>.answered` and
    `<scale>.why` (no score because ...); of knowledge: `right`, `answered`, `of`.
    A cell that cannot be read counts as illegible. A mistake's line is right as long as no cell
    goes over several lines; the first row of data is line 2.
    """
    if instrument.kind is Kind.OPEN:
        return [], [Mistake(file, 1, "an open instrument has no scores")]
    results: list[dict[str, Any]] = []
    mistakes: list[Mistake] = []
    ids = {item.id for item in instrument.items}
    for line, row in enumerate(rows, start=2):
        if line == 2 and (wrong := _wrong_columns(instrument, row, file)):
            return [], wrong
        if None in row:
            mistakes.append(Mistake(file, line, "more cells than columns"))
        answers = {}
        for item in instrument.items:
            try:
                answers[item.id] = _cell_answer(instrument, item, (row[item.id] or "").strip())
            except ValueError as error:
                answers[item.id] = Answer(State.ILLEGIBLE)
                mistakes.append(Mistake(file, line, f"{error}: {row[item.id]!r}"))
        carried = {name: row[name] for name in row if name is not None and name not in ids}
        results.append(carried | _result(instrument, answers))
    return results, mistakes


def _wrong_columns(
    instrument: Instrument, row: Mapping[str, str | None], file: str
) -> list[Mistake]:
    missing = [f"no column {item.id!r}" for item in instrument.items if item.id not in row]
    taken = [
        f"the column {name!r} is kept for the result"
        for name in _result(instrument, {})
        if name in row
    ]
    return [Mistake(file, 1, message) for message in missing + taken]


def _cell_answer(instrument: Instrument, item: Item, cell: str) -> Answer:
    state = CELLS.get(cell.lower())
    answer = Answer(state) if state is not None else Answer.chosen(*cell.split("+"))
    check_answer(instrument, item, answer)
    return answer


def _result(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, Any]:
    if instrument.kind is Kind.KNOWLEDGE:
        known = knowledge(instrument, answers)
        return {"right": known.right, "answered": known.answered, "of": known.of}
    result: dict[str, Any] = {}
    for scale in instrument.scales:
        found = _scale_score(instrument, scale.id, answers)
        values: tuple[float | None, int | None, float | None, str]
        if isinstance(found, Score):
            values = (float(points(found)), found.units, float(percent(found)), "")
        else:
            values = (None, None, None, str(found.why))
        mean, units, share, why = values
        result[scale.id] = mean
        result[f"{scale.id}.units"] = units
        result[f"{scale.id}.percent"] = share
        result[f"{scale.id}.answered"] = found.answered
        result[f"{scale.id}.why"] = why
    return result
