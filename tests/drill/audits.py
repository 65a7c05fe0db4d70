"""Afterwards: does the database hold exactly what was acknowledged?

The auditor shares no code with the program but the tables' names and the card's digests. It
works out scores by a small calculation of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from edu.learning import codes
from tests.drill.houses import House
from tests.drill.records import read_back

_UNITS = 2520
#: The tiny attitude form: its scales, and the item that counts the other way round.
_SCALES = {"contact": ("contact-1", "contact-2"), "hope": ("hope-1", "hope-2")}
_REVERSED = {"hope-2"}
_RIGHT = {"k1": "a", "k2": "b"}
Sitting = tuple[str, str]


@dataclass
class Sent:
    """One learner as her phone remembers her."""

    code: str = ""
    acknowledged: bool = False
    #: By wave and instrument: what was sent, and whether it was acknowledged.
    answers: dict[Sitting, tuple[Mapping[str, str], bool]] = field(default_factory=dict)
    lessons: dict[str, bool] = field(default_factory=dict)


@dataclass
class Kept:
    """One learner as the database has her."""

    code_mac: str = ""
    journeys: set[str] = field(default_factory=set)
    #: Every submitted sitting, by wave and instrument: its line, and what was written openly.
    sittings: dict[Sitting, list[str]] = field(default_factory=dict)
    lessons: set[str] = field(default_factory=set)
    pairs: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    without_key: int = 0


@dataclass(frozen=True)
class Audit:
    """What is wrong with the database, in whole numbers."""

    acknowledged: int
    lost: int
    duplicated: int
    torn: int
    healthy: str
    #: The first few faults in words, for whoever must find the reason.
    faults: tuple[str, ...]


def audit(house: House, record: Path) -> Audit:
    """Compare the record with the database."""
    people: dict[str, Sent] = {}
    for line in read_back(record):
        take(people, line)
    with house.looking() as database, database.engine.connect() as connection:
        return compare(people, connection, house.secret)


def compare(sent: Mapping[str, Sent], connection: Connection, secret: str) -> Audit:
    """Compare what phones remember with what a database holds."""
    kept = _kept(connection)
    healthy = _health(connection)
    lost = [*_lost(secret, sent, kept)]
    doubled = [*_doubled(sent, kept)]
    torn = [*_torn(sent, kept)]
    said = sum(
        person.acknowledged
        + sum(acknowledged for _ticked, acknowledged in person.answers.values())
        + sum(person.lessons.values())
        for person in sent.values()
    )
    faults = tuple([*lost, *doubled, *torn][:8])
    return Audit(said, len(lost), len(doubled), len(torn), healthy, faults)


def take(people: dict[str, Sent], line: Mapping[str, Any]) -> None:
    """Take one line of a record into what phones remember, by the digest of the first form."""
    person = people.setdefault(codes.digest(line["learner"]), Sent())
    done = line["event"] == "kept"
    if line["what"] == "card":
        person.acknowledged = person.acknowledged or done
        person.code = line.get("code", person.code)
    elif line["what"] == "lesson":
        person.lessons[line["lesson"]] = done
    else:
        person.answers[line["wave"], line["instrument"]] = (line["answers"], done)


def _kept(connection: Connection) -> dict[str, Kept]:
    people: dict[str, Kept] = {}
    owners: dict[str, Kept] = {}
    for key, mac, journey in connection.execute(text(_LEARNERS)):
        person = people.setdefault(key, Kept(mac))
        if journey is not None:
            person.journeys.add(journey)
            owners[journey] = person
    for journey, wave, instrument, line, key, words in connection.execute(text(_SITTINGS)):
        owners[journey].sittings.setdefault((wave, instrument), []).append(f"{line}|{words or ''}")
        owners[journey].without_key += key is None
    for journey, lesson in connection.execute(text("SELECT journey_id, lesson FROM lesson_done")):
        owners[journey].lessons.add(lesson)
    for journey, scale, wave, first, second in connection.execute(text(_PAIRS)):
        owners[journey].pairs[scale, wave] = (first, second)
    return people


_LEARNERS = """
SELECT learner.start_key, learner.code_mac, journey.id
FROM learner LEFT JOIN journey ON journey.learner_id = learner.id
"""
_SITTINGS = """
SELECT sitting.journey_id, sitting.wave, instrument_version.instrument, sitting.answers,
  sitting.submission_key, open_answer.text
FROM sitting
JOIN instrument_version ON instrument_version.id = sitting.instrument_version_id
LEFT JOIN open_answer ON open_answer.sitting_id = sitting.id
WHERE sitting.submitted_on IS NOT NULL
"""
_PAIRS = "SELECT journey_id, scale, wave, before, after FROM pair"


def _health(connection: Connection) -> str:
    """What the database says of itself; `ok` when all is well."""
    if connection.dialect.name != "sqlite":
        return "ok"
    found = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
    stray = connection.execute(text("PRAGMA foreign_key_check")).all()
    return "ok" if found == ["ok"] and not stray else f"{found[:3]} {stray[:3]}"


def _lost(secret: str, sent: Mapping[str, Sent], kept: Mapping[str, Kept]) -> Iterable[str]:
    for key, person in sent.items():
        there = kept.get(key, Kept())
        if person.acknowledged and (
            codes.mac(secret, person.code) != there.code_mac or not there.journeys
        ):
            yield f"card of {key[:8]}"
        for where, (ticked, acknowledged) in person.answers.items():
            if acknowledged and line_of(where[1], ticked) not in there.sittings.get(where, []):
                yield f"answers of {key[:8]} {where}"
        for lesson, acknowledged in person.lessons.items():
            if acknowledged and lesson not in there.lessons:
                yield f"lesson of {key[:8]} {lesson}"


def _doubled(sent: Mapping[str, Sent], kept: Mapping[str, Kept]) -> Iterable[str]:
    for key in kept.keys() - sent.keys():
        yield f"learner {key[:8]} whom nobody sent"
    for key, person in kept.items():
        for _more in range(len(person.journeys) - 1):
            yield f"journey of {key[:8]}"
        for where, lines in person.sittings.items():
            for _line in lines[1:]:
                yield f"sitting of {key[:8]} {where}"


def _torn(sent: Mapping[str, Sent], kept: Mapping[str, Kept]) -> Iterable[str]:
    """What is kept otherwise than it was sent, whether it was acknowledged or not."""
    for key, person in kept.items():
        told = sent.get(key, Sent())
        for where, lines in person.sittings.items():
            ticked, _acknowledged = told.answers.get(where, ({}, False))
            if set(lines) != {line_of(where[1], ticked)}:
                yield f"sitting of {key[:8]} {where}: {lines}"
        if person.without_key:
            yield f"sitting of {key[:8]} without its key"
        if person.pairs != pairs_of(told, person.sittings):
            yield f"pairs of {key[:8]}: {person.pairs}"


def line_of(instrument: str, ticked: Mapping[str, str]) -> str:
    """A sitting as it must be stored, with what was written openly."""
    if instrument == "openly":
        words = ticked.get("words", "")
        return f"1:{'*' if words else '-'}|{words}"
    items = (*_SCALES["contact"], *_SCALES["hope"]) if instrument == "feelings" else tuple(_RIGHT)
    return f"1:{','.join(ticked.get(item, '-') for item in items)}|"


def pairs_of(
    told: Sent, sittings: Mapping[Sitting, Any] | None = None
) -> dict[tuple[str, str], tuple[int, int]]:
    """The pairs that follow from the answers of the sittings that are there."""
    there = told.answers if sittings is None else sittings
    scored = {
        where: _scores(where[1], told.answers[where][0]) for where in there if where in told.answers
    }
    return {
        (scale, wave): (first, units)
        for (wave, instrument), scores in scored.items()
        if wave != "before"
        for scale, units in scores.items()
        for first in [scored.get(("before", instrument), {}).get(scale)]
        if first is not None
    }


def _scores(instrument: str, ticked: Mapping[str, str]) -> dict[str, int]:
    given = {item: code for item, code in ticked.items() if code not in ("?", "!", "")}
    if instrument == "facts":
        right = sum(_RIGHT[item] == code for item, code in given.items())
        return {"knowledge": right * _UNITS} if given else {}
    found = {}
    for scale, items in _SCALES.items() if instrument == "feelings" else ():
        chosen = [(item, int(given[item])) for item in items if item in given]
        points = [4 - code if item in _REVERSED else code for item, code in chosen]
        # Half of the items of a scale are needed: of two, one.
        if points:
            found[scale] = sum(points) * _UNITS // len(points)
    return found


def tally_of(values: Iterable[Any]) -> str:
    """`200 × 3, 503 × 1`: how often each value came."""
    return ", ".join(f"{value} × {number}" for value, number in sorted(Counter(values).items()))
