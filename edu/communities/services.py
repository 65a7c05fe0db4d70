"""Helplines and other services: data with a day on them, shown only while somebody's call is fresh.

A number on the open web is often wrong, and a wrong one is worse than none. So a number is shown
only after somebody called it, and for half a year; then somebody calls again, or it vanishes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from edu.communities.models import ProfileEntry
from edu.communities.profile import KINDS
from edu.languages import Language, language

#: For how long a call counts, and from when on members are asked to call again.
SHOWN_FOR, WARNED_AFTER = timedelta(days=180), timedelta(days=150)
#: So many calls are remembered with each service.
_REMEMBERED = 20


class Freshness(StrEnum):
    """How a service stands today."""

    NEVER = "nobody has called yet"
    FRESH = "confirmed"
    AGEING = "somebody should call again"
    OVER = "the last call is too long ago"


class Heard(StrEnum):
    """What came of a call."""

    ANSWERED = "answered"
    NOBODY = "nobody"
    WRONG = "wrong"


def freshness(entry: ProfileEntry, today: date) -> Freshness:
    """How a service stands on a day."""
    if entry.confirmed_on is None:
        return Freshness.NEVER
    age = today - entry.confirmed_on
    if age > SHOWN_FOR:
        return Freshness.OVER
    return Freshness.AGEING if age >= WARNED_AFTER else Freshness.FRESH


def is_shown(entry: ProfileEntry, today: date) -> bool:
    """Whether learners may see it: confirmed, lately, and not taken out."""
    fresh = freshness(entry, today) in (Freshness.FRESH, Freshness.AGEING)
    return fresh and not entry.gone


def last_day(entry: ProfileEntry) -> date | None:
    """The last day on which it is shown, unless somebody calls again."""
    return entry.confirmed_on + SHOWN_FOR if entry.confirmed_on is not None else None


def can_be_confirmed(entry: ProfileEntry) -> bool:
    """Whether there is anything to call, or to go to."""
    return bool(entry.fields.get("number") or entry.fields.get("place"))


def note_call(entry: ProfileEntry, heard: Heard, by: str, on: date, hours: str) -> None:
    """Write a call down: who called, when, what came of it, and when the line is open."""
    fields: dict[str, Any] = dict(entry.fields)
    call = {"on": on.isoformat(), "by": by, "heard": heard.value, "hours": hours}
    fields["calls"] = [*fields.get("calls", []), call][-_REMEMBERED:]
    if heard is Heard.ANSWERED:
        if entry.confirmed_on is None or entry.confirmed_on <= on:
            entry.confirmed_on, entry.confirmed_by = on, by
        fields |= {"hours": hours} if hours else {}
    elif heard is Heard.WRONG:
        entry.confirmed_on, entry.confirmed_by = None, ""
    # Nobody answered: every line is busy at times, so what was known stays.
    entry.fields = fields
    entry.from_files = False


@dataclass(frozen=True)
class Shown:
    """A service as learners meet it."""

    name: str
    number: str
    by: str
    hours: str
    languages: Sequence[Language]
    cost: str
    region: str
    kind: str
    place: str
    called_on: date

    @property
    def address(self) -> str:
        """What a telephone does when the number is touched; "" where it can do nothing."""
        scheme = {"call": "tel:", "text": "sms:"}.get(self.by, "")
        return scheme + re.sub(r"[^0-9+]", "", self.number) if scheme and self.number else ""


def shown(entries: Iterable[ProfileEntry], today: date) -> list[Shown]:
    """The services that learners may see: emergencies first, the whole country before a region."""
    found = [
        _shown(entry, entry.confirmed_on)
        for entry in entries
        if entry.confirmed_on is not None and is_shown(entry, today)
    ]
    return sorted(found, key=lambda each: (KINDS.index(each.kind), each.region, each.name))


def _shown(entry: ProfileEntry, called_on: date) -> Shown:
    fields = entry.fields
    return Shown(
        name=fields["name"],
        number=fields.get("number", ""),
        by=fields.get("by", "call"),
        hours=fields.get("hours", ""),
        languages=[language(tag) for tag in fields.get("languages", ())],
        cost=fields.get("cost", ""),
        region=fields.get("region", ""),
        kind=fields.get("kind", "other"),
        place=fields.get("place", ""),
        called_on=called_on,
    )
