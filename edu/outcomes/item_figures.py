"""The items of a scale here: do they go together, are they fair between languages, and does it
matter what "I don't know" counts as?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.learning.models import Sitting
from edu.learning.pairs import KNOWLEDGE
from edu.outcomes.analysis.alpha import FROM as ALPHA_FROM
from edu.outcomes.analysis.alpha import alpha
from edu.outcomes.analysis.fairness import fairness
from edu.outcomes.analysis.holm import holm
from edu.outcomes.analysis.ladder import languages_may_be_compared
from edu.outcomes.analysis.mantel_haenszel import Answer as Known
from edu.outcomes.analysis.mantel_haenszel import item_difference
from edu.outcomes.analysis.mcnemar import mcnemar
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.omega import omega
from edu.outcomes.analysis.sensitivity import Sensitivity
from edu.outcomes.batches import Scale
from edu.outcomes.disclosure_items import as_if_more_changed
from edu.outcomes.paired import Interval, PairedChange
from edu.outcomes.programme_rows import Learner
from edu.quizzes.answers import Answer, State, decode
from edu.quizzes.instrument import Instrument, Item, Kind
from edu.quizzes.scoring import Policy, knowledge, option_scores, score

#: One person's answers, item by item.
Answers = Mapping[str, Answer]


def sittings(
    session: Session, version: int, learners: Sequence[Learner], instrument: Instrument
) -> dict[str, dict[str, Answers]]:
    """What these people answered before and after, by wave and journey."""
    found: dict[str, dict[str, Answers]] = {"before": {}, "after": {}}
    journeys = [each.journey for each in learners]
    for start in range(0, len(journeys), 500):
        rows = session.execute(
            select(Sitting.journey_id, Sitting.wave, Sitting.answers).where(
                Sitting.instrument_version_id == version,
                Sitting.wave.in_(list(found)),
                Sitting.submitted_on.is_not(None),
                Sitting.journey_id.in_(journeys[start : start + 500]),
            )
        )
        for journey, wave, answers in rows:
            found[wave][journey] = decode(instrument, answers)
    return found


def items_together(
    instrument: Instrument, scale: Scale, answers: Iterable[Answers]
) -> dict[str, Any]:
    """Alpha, omega, and each item beside the rest; by reason where they are not given."""
    items = instrument.items_of(scale[1])
    rows = [row for each in answers if (row := _scored(instrument, items, each)) is not None]
    one, two = alpha(rows), omega(rows)
    found: dict[str, Any] = {"n": len(rows) if len(rows) >= ALPHA_FROM else None}
    if isinstance(one, NotGiven):
        return found | {"why": one.why}
    return found | {
        # Who answered every item is no whole batch: not so exactly that two reports tell of one.
        "alpha": round(one.alpha, 2),
        "alpha_interval": [round(each, 2) for each in _ends(one.interval)],
        "omega": None if isinstance(two, NotGiven) else round(two.omega, 2),
        "items": [
            {
                "item": item.id,
                "rest": _rough(own.rest),
                "alpha_without": _rough(own.alpha_without),
                "suspect": own.suspect,
            }
            for item, own in zip(items, one.items, strict=True)
        ],
    }


def _rough(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _scored(instrument: Instrument, items: Sequence[Item], answers: Answers) -> list[float] | None:
    """Item scores, reversed ones turned round; None where an item has none."""
    row = []
    for item in items:
        answer = answers.get(item.id)
        if answer is None or answer.state is not State.ANSWERED:
            return None
        row.append(float(option_scores(instrument, item)[answer.codes[0]]))
    return row


def between_languages(
    instrument: Instrument,
    scale: Scale,
    learners: Sequence[Learner],
    answers: Mapping[str, Answers],
) -> dict[str, Any] | None:
    """Whether items mean the same in the two languages that most people read; None where fewer
    than a hundred read one of them."""
    readers: dict[str, list[str]] = {}
    for each in learners:
        if each.journey in answers:
            readers.setdefault(each.tag, []).append(each.journey)
    two = sorted(readers, key=lambda tag: (-len(readers[tag]), tag))[:2]
    if len(two) < 2 or not languages_may_be_compared(*(len(readers[tag]) for tag in two)):
        return None
    people = [(journey, tag == two[0]) for tag in two for journey in readers[tag]]
    if instrument.kind is Kind.KNOWLEDGE:
        told = [_known_item(instrument, item, people, answers) for item in instrument.items]
    else:
        told = _attitude_items(instrument, scale, people, answers)
    return {"languages": two, "people": [len(readers[tag]) for tag in two], "items": told}


def _known_item(
    instrument: Instrument,
    item: Item,
    people: Sequence[tuple[str, bool]],
    answers: Mapping[str, Answers],
) -> dict[str, Any]:
    found = item_difference(
        [
            Known(
                knowledge(instrument, answers[journey]).right,
                first,
                is_right(instrument, item, answers[journey]),
            )
            for journey, first in people
        ]
    )
    if isinstance(found, NotGiven):
        return {"item": item.id, "why": found.why}
    return {"item": item.id, "delta": found.delta, "p": found.p, "category": found.category}


def _attitude_items(
    instrument: Instrument,
    scale: Scale,
    people: Sequence[tuple[str, bool]],
    answers: Mapping[str, Answers],
) -> list[dict[str, Any]]:
    items = instrument.items_of(scale[1])
    rows = [
        (row, first)
        for journey, first in people
        if (row := _scored(instrument, items, answers[journey])) is not None
    ]
    found = [
        fairness(
            [row[place] for row, _ in rows], [sum(row) for row, _ in rows], [f for _, f in rows]
        )
        for place in range(len(items))
    ]
    given = [each for each in found if not isinstance(each, NotGiven)]
    adjusted = iter(holm([each.p for each in given]))
    return [
        {"item": item.id, "why": each.why}
        if isinstance(each, NotGiven)
        else {
            "item": item.id,
            "p_holm": next(adjusted),
            "r_squared_change": each.r_squared_change,
            "size": each.size,
        }
        for item, each in zip(items, found, strict=True)
    ]


def is_right(instrument: Instrument, item: Item, answers: Answers) -> bool:
    """Whether somebody chose exactly the correct options."""
    answer = answers.get(item.id)
    correct = {option.code for option in instrument.options_of(item) if option.correct}
    return answer is not None and answer.state is State.ANSWERED and set(answer.codes) == correct


def known_items(
    instrument: Instrument, before: Mapping[str, Answers], after: Mapping[str, Answers]
) -> list[dict[str, Any]]:
    """McNemar's test of each question of knowledge, as careful as hides how few changed which
    way; see disclosure_items.py."""
    both = sorted(set(before) & set(after))
    return [
        {"item": item.id} | _known_change(instrument, item, both, before, after)
        for item in instrument.items
    ]


def _known_change(
    instrument: Instrument,
    item: Item,
    both: Sequence[str],
    before: Mapping[str, Answers],
    after: Mapping[str, Answers],
) -> dict[str, Any]:
    was = [is_right(instrument, item, before[each]) for each in both]
    became = [is_right(instrument, item, after[each]) for each in both]
    learned = sum(two and not one for one, two in zip(was, became, strict=True))
    forgot = sum(one and not two for one, two in zip(was, became, strict=True))
    told = as_if_more_changed(learned, forgot, len(both))
    if told is None:
        return {"why": "too few people, or too many who moved the same way"}
    same = len(both) - sum(told)
    found = mcnemar([(False, True)] * told[0] + [(True, False)] * told[1] + [(True, True)] * same)
    if isinstance(found, NotGiven):
        return {"why": found.why}
    return {"difference": found.difference, "interval": _ends(found.interval), "p": found.p}


def unsure(
    instrument: Instrument,
    scale: Scale,
    headline: PairedChange,
    before: Mapping[str, Answers],
    after: Mapping[str, Answers],
) -> dict[str, Any] | None:
    """Whether it matters what "I don't know" counts as."""
    if scale[1] == KNOWLEDGE:
        return None
    pairs = []
    for journey in sorted(set(before) & set(after)):
        scores = [
            score(instrument, wave[journey], Policy.OTHER).get(scale[1]) for wave in (before, after)
        ]
        if scores[0] is not None and scores[1] is not None:
            pairs.append((scores[0].units, scores[1].units))
    other = PairedChange.from_pairs(pairs, higher_means=headline.higher_means)
    found = Sensitivity(headline, other)
    # By how much is not told: it can be the doing of one person.
    return {"differs": found.differs, "verdict": str(other.verdict)}


def _ends(interval: Interval) -> list[float]:
    return [interval.low, interval.high]
