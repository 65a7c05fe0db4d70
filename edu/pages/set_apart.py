"""Words of another script inside a sentence of the page: set apart, so that neither turns around
the signs of the other."""

import re
import unicodedata
from collections.abc import Mapping

from edu.languages import language
from edu.pages.speaking import spoken

_OPEN, _CLOSE = "\u2068", "\u2069"  # first strong isolate, and its end
_LEFT_TO_RIGHT = "\u2066"
#: What stands as it does here in every script: 2026-11-30, 2026-11, sw-KE en, -0.54.
_CODE = re.compile(r"\d{4}(?:-\d{2}){1,2}|\b[a-z]{2,3}-[A-Z]{2}(?: [a-z]{2,3}\b)*|-\d[\d.,]*")


def set_apart(values: Mapping[str, object]) -> dict[str, str]:
    """The values of a message as they stand in it; only those that run another way are marked."""
    here = language(spoken()).direction
    return {
        name: f"{_OPEN}{value}{_CLOSE}" if _runs_otherwise(str(value), here) else str(value)
        for name, value in values.items()
    }


def _runs_otherwise(value: str, here: str) -> bool:
    other = ("L",) if here == "rtl" else ("R", "AL")
    return any(unicodedata.bidirectional(letter) in other for letter in value)


def codes_apart(text: str) -> str:
    """A sentence in which days, tags and numbers below nothing stand as they are. After a letter of
    Arabic, 2026-11-30 would be shown as 30-11-2026, and -0.54 as 0.54-."""
    if language(spoken()).direction != "rtl":
        return text
    return _CODE.sub(lambda found: f"{_LEFT_TO_RIGHT}{found[0]}{_CLOSE}", text)
