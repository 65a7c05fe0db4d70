"""Words of another script inside a sentence of the page: set apart, so that neither turns around
the signs of the other."""

import unicodedata
from collections.abc import Mapping

from edu.languages import language
from edu.pages.speaking import spoken

_OPEN, _CLOSE = "\u2068", "\u2069"  # first strong isolate, and its end


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
