"""The record of an adaptation: what evaluators ask of every change, and how it is written down.

Pure. The lists are those of FRAME (Wiltsey Stirman 2019), the Ecological Validity Model (Bernal
1995), Heim and Kohrt (2019), RECAPT (Heim 2021) and MADI. What a place must say is short: why,
and what it is about. Everything else has a default that is true of most adaptations.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from edu.languages import normalise
from edu.lessons.mistakes import Message
from edu.lessons.words import N_

#: What an adaptation is about: the eight dimensions of the Ecological Validity Model.
DIMENSIONS = (
    "language",
    "persons",
    "metaphors",
    "content",
    "concepts",
    "goals",
    "methods",
    "context",
)
GOALS = (
    "address culture",
    "improve fit",
    "reach",
    "retention",
    "feasibility",
    "effectiveness",
    "cost",
    "satisfaction",
)
#: Where the reason lies.
SETTINGS = ("society", "setting", "provider", "recipient")
DEPTHS = ("surface", "deep")
#: Which of the three elements of cultural adaptation it touches.
ELEMENTS = ("concepts of distress", "components", "delivery")
FIDELITY = ("consistent", "inconsistent", "unknown")
STAGES = ("planning", "implementation", "scale-up", "maintenance")
PLANNED = ("planned proactive", "planned reactive", "unplanned reactive")
LEVELS = ("target group", "subgroup", "cohort", "site", "organisation", "network")
#: Roles, never names.
ROLES = (
    "person with lived experience",
    "community member",
    "recipient",
    "family member",
    "translator",
    "reviewer",
    "facilitator",
    "health worker",
    "religious or traditional leader",
    "programme leader",
    "researcher",
    "administrator",
    "funder",
    "political leader",
    "machine draft",
)
EVIDENCE = (
    "none",
    "interview",
    "focus group",
    "cognitive interview",
    "community review",
    "expert",
    "pilot data",
    "literature",
)


@dataclass(frozen=True)
class Reasons:
    """What `Change.reasons` holds, under these names; a field left out has its default."""

    goals: tuple[str, ...] = ("address culture",)
    settings: tuple[str, ...] = ("recipient",)
    depth: str = "surface"
    elements: tuple[str, ...] = ()
    #: Which message of the lesson is touched, in words, and whether it still holds.
    core: str = ""
    fidelity: str = "consistent"
    stage: str = "planning"
    planned: str = "planned proactive"
    proposers: tuple[str, ...] = ()
    deciders: tuple[str, ...] = ()
    level: str = "target group"
    #: For whom: age, gender, setting, reading; free words.
    group: str = ""
    evidence: str = "none"
    evidence_people: int = 0
    evidence_on: str = ""
    quote: str = ""
    expected: str = ""
    feared: str = ""
    #: In which language `why` is written; empty: English.
    why_tag: str = ""

    def stored(self) -> dict[str, Any]:
        """As JSON, without what only repeats a default."""
        usual = asdict(Reasons())
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != usual[name]
        }


#: Fields that take some of a list, one of a list, and free words.
SOME: Mapping[str, Sequence[str]] = {
    "goals": GOALS,
    "settings": SETTINGS,
    "elements": ELEMENTS,
    "proposers": ROLES,
    "deciders": ROLES,
}
ONE: Mapping[str, Sequence[str]] = {
    "depth": DEPTHS,
    "fidelity": FIDELITY,
    "stage": STAGES,
    "planned": PLANNED,
    "level": LEVELS,
    "evidence": EVIDENCE,
}
WORDS = ("core", "group", "quote", "expected", "feared")
NAMES = tuple(each.name for each in fields(Reasons))


def read_reasons(stored: Mapping[str, Any]) -> Reasons:
    """Reasons as they were kept; what is not of their shape has its default."""
    kept = {name: stored[name] for name in NAMES if name in stored}
    wrong = {name for name, _message in _faults(kept)}
    right: dict[str, Any] = {
        name: tuple(value) if name in SOME else value
        for name, value in kept.items()
        if name not in wrong
    }
    return Reasons(**right)


def faults_of_reasons(table: Mapping[str, Any]) -> list[str]:
    """What is wrong with the fields of a record in a file, each in one sentence."""
    return [message for _name, message in _faults({n: table[n] for n in NAMES if n in table})]


def _faults(kept: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in kept.items():
        if name in SOME:
            if not isinstance(value, list | tuple) or not set(map(str, value)) <= set(SOME[name]):
                yield (
                    name,
                    Message(
                        N_("`%(key)s` are some of %(known)s"),
                        key=name,
                        known=", ".join(SOME[name]),
                    ),
                )
        elif name in ONE:
            if value not in ONE[name]:
                yield (
                    name,
                    Message(
                        N_("`%(key)s` is one of %(known)s"), key=name, known=", ".join(ONE[name])
                    ),
                )
        elif name == "evidence_people":
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 100_000:
                yield name, N_("`evidence_people` is a whole number")
        elif name == "why_tag":
            if value != "" and (not isinstance(value, str) or normalise(value) != value):
                yield name, N_("`why_tag` is a language tag, such as sn")
        elif name == "evidence_on":
            if not _is_day(value):
                yield name, N_("`evidence_on` is a day, written as 2026-11-21")
        elif not isinstance(value, str):
            yield name, Message(N_("`%(key)s` is a text"), key=name)


def _is_day(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return value == "" or bool(date.fromisoformat(value))
    except ValueError:
        return False


def nature(operation: str, before: str = "", now: str = "") -> str:
    """What FRAME calls the nature of the change; for one that puts text in place of text it
    follows from how much longer or shorter that is."""
    media = "changes in packaging or materials"
    named = {
        "add": "adding",
        "omit": "removing or skipping",
        "reorder": "reordering",
        "picture": media,
        "film": media,
    }
    if operation in named:
        return named[operation]
    usual = "substituting" if operation == "replace" else "tailoring"
    if not before or not now:
        return usual
    ratio = len(now) / len(before)
    if ratio < 0.6:
        return "shortening"
    return "lengthening" if ratio > 1.6 else usual
