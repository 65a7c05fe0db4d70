"""What a community's profile holds: its sections, and what may stand in each entry.

The one description from which files are read and written, forms are made, and checks are made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from edu.lessons.words import N_

#: The longest text, and the longest value of a placeholder.
LONGEST, LONGEST_SWAP = 600, 60

#: What an entry says, field by field. Days are texts such as "2026-11-22", so that JSON holds them.
Fields = Mapping[str, Any]


class Holds(StrEnum):
    """What kind of value stands in a field."""

    TEXT = N_("a text")
    """For whoever works on the profile."""
    WORDS = N_("words of the place")
    """In the language of the profile's tag."""
    LIST = N_("a list of words of the place")
    FLAG = N_("true or false")
    DAY = N_("a day without quotation marks, such as 2026-11-22")
    ONE_OF = "one of"
    SOME_OF = "some of"
    TAGS = N_("a list of language tags")
    NUMBER = N_("a number to dial")


@dataclass(frozen=True)
class Field:
    """One thing that an entry says."""

    name: str
    holds: Holds = Holds.TEXT
    needed: bool = False
    options: tuple[str, ...] = ()
    #: What a file leaves out, because it goes without saying.
    default: str = ""


@dataclass(frozen=True)
class Section:
    """One of the tables of a profile."""

    name: str
    fields: tuple[Field, ...]
    #: A list of entries, each with an id; otherwise one entry that has the section's name.
    many: bool = True
    #: Whether an entry is a draft until the community has agreed on it.
    agreed: bool = True
    #: The only ids there may be; none: any.
    ids: tuple[str, ...] = ()

    @property
    def known(self) -> Mapping[str, Field]:
        """The fields by their names."""
        return {each.name: each for each in self.fields}


@dataclass(frozen=True)
class Entry:
    """One entry as its file gives it."""

    section: str
    slug: str
    fields: Fields
    state: str = "draft"


@dataclass(frozen=True)
class Profile:
    """A whole profile as its file gives it."""

    tag: str
    entries: tuple[Entry, ...] = ()
    digest: str = ""
    #: The line of each entry, for whoever has a mistake to report.
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, section: str) -> list[Entry]:
        """The entries of one section, in their order."""
        return [entry for entry in self.entries if entry.section == section]


_TEXT, _WORDS, _LIST = Holds.TEXT, Holds.WORDS, Holds.LIST
_NOTE = Field("note")
_AGREED = (Field("agreed_by"), Field("date", Holds.DAY))
_FORMS = (Field("forms", _LIST), Field("starts", Holds.FLAG), Field("prefixes", _LIST))

MATTERS = (
    "work",
    "marriage",
    "lineage",
    "land",
    "faith",
    "school",
    "hospitality",
    "respectability",
    "independence",
)
MEANINGS = ("community_control", "public_awareness", "personal_choice", "medical_action")
TOPICS = ("suicide", "mental_health", "discrimination", "consent_age", "data")
KINDS = (
    "emergency",
    "helpline",
    "child_helpline",
    "health_facility",
    "community",
    "users_group",
    "women",
    "faith",
    "social",
    "legal",
    "school",
    "other",
)
#: What a lesson may take from the place it is read in, as `{work.2}`.
SWAPS = (
    "people",
    "work",
    "food",
    "drink",
    "transport",
    "place_of_talk",
    "institution",
    "home_place",
    "savings_group",
    "celebration",
    "proverb",
)
READERS = ("native", "lived", "health")

_PREVENTING = (
    Field("meanings", Holds.SOME_OF, options=MEANINGS),
    Field("term", _WORDS),
    Field("sentence", _WORDS),
    Field("example", _WORDS),
    Field("back_translation"),
    Field("sentence_back"),
    Field("who"),
    Field("reviewer"),
    *_AGREED,
    _NOTE,
)

_SECTIONS = (
    Section(
        "community",
        (
            Field("country"),
            Field("name", needed=True),
            Field("place", needed=True),
            Field("drafted_by"),
            _NOTE,
        ),
        many=False,
        agreed=False,
    ),
    Section(
        "term",
        (
            Field("term", _WORDS),
            *_FORMS,
            Field("meaning", needed=True),
            Field("example", _WORDS),
            Field("back_translation"),
            *_AGREED,
            _NOTE,
        ),
    ),
    Section(
        "avoid",
        (
            Field("word", _WORDS, needed=True),
            *_FORMS,
            Field("reason", needed=True),
            Field("instead", _WORDS, needed=True),
            Field("instead_back"),
            Field("offends"),
            *_AGREED,
            _NOTE,
        ),
    ),
    Section(
        "idiom",
        (
            Field("words", _WORDS, needed=True),
            Field("meaning", needed=True),
            Field("not_a_diagnosis", needed=True),
            *_AGREED,
            _NOTE,
        ),
    ),
    Section("matters", (*_AGREED, _NOTE), ids=MATTERS),
    Section(
        "explanation",
        (Field("held", needed=True), Field("answer", needed=True), *_AGREED, _NOTE),
    ),
    Section(
        "messenger",
        (
            Field("who", needed=True),
            Field("trust", Holds.ONE_OF, needed=True, options=("trusted", "risky")),
            Field("why", needed=True),
            *_AGREED,
            _NOTE,
        ),
    ),
    Section("swaps", (Field("values", _LIST, needed=True),), agreed=False, ids=SWAPS),
    Section("promotion", _PREVENTING, many=False),
    Section("prevention", _PREVENTING, many=False),
    Section(
        "law",
        (
            Field("topic", Holds.ONE_OF, needed=True, options=TOPICS),
            Field("known", Holds.ONE_OF, needed=True, options=("known", "unknown")),
            Field("attempt", Holds.ONE_OF, options=("crime", "not_crime", "unclear")),
            Field("text"),
            Field("words", _WORDS),
            Field("dated", Holds.DAY),
            Field("source"),
            *_AGREED,
            _NOTE,
        ),
    ),
    Section(
        "service",
        (
            Field("name", needed=True),
            Field("number", Holds.NUMBER),
            Field(
                "by",
                Holds.ONE_OF,
                options=("call", "text", "whatsapp", "visit"),
                default="call",
            ),
            Field("hours"),
            Field("languages", Holds.TAGS),
            Field("cost"),
            Field("region"),
            Field("kind", Holds.ONE_OF, needed=True, options=KINDS),
            Field("place"),
            Field("source"),
            Field("source_date", Holds.DAY),
            Field(
                "doubt",
                Holds.ONE_OF,
                options=("one_source", "sources_disagree", "dated", "not_checked"),
            ),
            _NOTE,
        ),
        agreed=False,
    ),
    Section(
        "custom",
        (
            Field(
                "kind",
                Holds.ONE_OF,
                needed=True,
                options=("festival", "pictures", "mixing", "voices", "other"),
            ),
            Field("answer", Holds.ONE_OF, options=("yes", "no", "depends")),
            Field("text", needed=True),
            *_AGREED,
            _NOTE,
        ),
    ),
    Section(
        "sign_off",
        (
            Field("reader", Holds.ONE_OF, needed=True, options=READERS),
            Field("pseudonym", needed=True),
            Field("date", Holds.DAY, needed=True),
            _NOTE,
        ),
        agreed=False,
    ),
)
#: By name, in the order of the file and of the pages.
SECTIONS: Mapping[str, Section] = {section.name: section for section in _SECTIONS}


def day(text: object) -> date | None:
    """A day as fields hold it."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
