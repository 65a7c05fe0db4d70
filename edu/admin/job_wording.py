"""What a job says, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edu.admin.health_wording import in_words
from edu.lessons.mistakes import Message
from edu.server.said import message_of_data


@dataclass(frozen=True)
class Said:
    """One mistake or warning. Where nobody wrote it to be said in other languages it is English."""

    place: str
    words: str
    is_english: bool


def said_of_job(data: Any) -> Said:
    """One thing that a job put away, with the place in a file where it has one."""
    has_place = isinstance(data, Mapping) and "place" in data
    message = message_of_data(data["message"] if has_place else data)
    is_english = not isinstance(message, Message)
    return Said(data["place"] if has_place else "", in_words(message), is_english)
