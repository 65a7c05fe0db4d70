"""Does a note look as if somebody could be found by it? A warning, for a person to decide on."""

import re
import unicodedata
from enum import StrEnum


class Sign(StrEnum):
    """What may give somebody away."""

    NUMBER = "number"
    ADDRESS = "address"
    NAME = "name"


_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|https?://|www\.", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s().+/-]")
_LONG = 7
#: What ends a sentence in the scripts we know; after it a capital letter is no sign of a name.
_ENDS = ".!?:;…—–-\"'“”‘’«»(["


def signs(text: str) -> list[Sign]:
    """What in this text may give somebody away, each once."""
    found = {
        Sign.NUMBER: _has_number(text),
        Sign.ADDRESS: _ADDRESS.search(text) is not None,
        Sign.NAME: _has_name(text),
    }
    return [sign for sign, there in found.items() if there]


def _has_number(text: str) -> bool:
    """Seven digits or more in a row, of any script, with what people write between them."""
    run = 0
    for letter in text:
        if unicodedata.category(letter) == "Nd":
            run += 1
            if run >= _LONG:
                return True
        elif not _BETWEEN.fullmatch(letter):
            run = 0
    return False


def _has_name(text: str) -> bool:
    """A word with a capital letter inside a sentence; scripts without capitals tell nothing, and
    neither do words all in capitals or of one letter."""
    begins = True
    for word in text.split():
        plain = word.strip(_ENDS + ",)]")
        if (
            not begins
            and len(plain) > 1
            and plain[0].isupper()
            and not plain.isupper()
            and not plain.startswith(("I'", "I’"))
        ):
            return True
        begins = word[-1] in _ENDS
    return False
