"""What the doctor finds, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from edu.admin.wording import level_name, number_words, size_words
from edu.doors import day_in_words
from edu.health.finding import Finding, Size
from edu.lessons.mistakes import Message, Value
from edu.pages.set_apart import set_apart


@dataclass(frozen=True)
class Said:
    """One finding in the reader's language."""

    is_open: bool
    level: str
    about: str
    what: str
    todo: str


def findings_in_words(found: Iterable[Finding]) -> list[Said]:
    """The doctor's findings, in the order in which they came."""
    return [
        Said(
            bool(each.level),
            level_name(each.level),
            _subject(each.about),
            in_words(each.what),
            in_words(each.todo),
        )
        for each in found
    ]


def in_words(said: Value) -> str:
    """What stands in a finding: another message, a size, a number, a day, or words as they are."""
    if isinstance(said, Message):
        inner = {name: in_words(value) for name, value in said.values.items()}
        return _(said.template) % set_apart(inner) if said else ""
    if isinstance(said, Size):
        return size_words(said)
    if isinstance(said, int):
        return number_words(said)
    return day_in_words(said) if isinstance(said, date) else said


def _subject(about: str) -> str:
    """What a finding is about. One that could not be looked at has no name of its own here."""
    return {
        "addresses": _("Addresses"),
        "backup": _("Backups"),
        "clock": _("Clock"),
        "content": _("Content"),
        "database": _("Database"),
        "demo": _("Demonstration"),
        "leftovers": _("What a restore left behind"),
        "letters": _("Letters for lost passwords"),
        "memory": _("Memory"),
        "other house": _("Accounts of another house"),
        "pages": _("Pages"),
        "port": _("Port"),
        "postgresql": "PostgreSQL",
        "private": _("Who can read the files"),
        "rehearsal": _("Bringing a backup back for trial"),
        "retention": _("How long answers are kept"),
        "room": _("Free space"),
        "rows": _("Rows of the database"),
        "schema": _("Schema of the database"),
        "second step": _("Second step"),
        "secret": _("Secret of the code cards"),
        "services": _("Helplines and services"),
        "sound": _("File of the database"),
        "writing": _("Writing to the disk"),
    }.get(about, _("Another check"))
