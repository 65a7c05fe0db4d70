"""Calendar files: days and neutral words, nobody's name or address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time


@dataclass(frozen=True)
class Reminder:
    """A whole day in a calendar. `mark` tells it from others, so that a file that is opened
    twice makes one entry."""

    day: date
    summary: str
    description: str
    mark: str


def calendar_file(reminders: Iterable[Reminder], today: date) -> bytes:
    """The bytes of a calendar file that any phone opens."""
    # Imported here: only few requests need a calendar, and it brings a time zone database.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Daraja//EN")
    calendar.add("version", "2.0")
    for each in reminders:
        event = Event()
        event.add("summary", each.summary)
        event.add("description", each.description)
        event.add("dtstart", each.day)
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("uid", f"{each.mark}@daraja")
        calendar.add_component(event)
    found: bytes = calendar.to_ical()
    return found
