"""What a job says, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edu.admin.health_wording import in_words
from edu.lessons.mistakes import Message
from edu.pages.reasons import in_words as looked_up
from edu.pages.reasons import is_english
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
    english = is_english(message)
    return Said(data["place"] if has_place else "", words_of(message, english), english)


def words_of(message: str, english: bool) -> str:
    """In the language of the page; what has no words there stays as it is."""
    if english:
        return str(message)
    return in_words(message) if isinstance(message, Message) else looked_up(message)
