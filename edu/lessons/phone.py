"""Finding what looks like a telephone number: none may stand in a text that is passed around.

A number in a lesson outlives the line it belongs to, and is right in one country only. Checked
numbers live in a community's list of services.
"""

import re

_NO_NUMBERS = re.compile(
    r"""https?://\S+ | \bdoi:?\s*\S+ | \b10\.\d{4,}/\S+          # addresses, DOIs
      | \bISBN[-:\s\d]*\d[\dX]*                                   # books
      | \b\d{4}-\d\d-\d\d\b | \b(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d\b   # dates, spans of years
      | \b\d\d?[.:]\d\d\s*[-–]\s*\d\d?[.:]\d\d\b                  # opening hours
      | (?<![+(\d])(?<!\d[ \u00a0\u202f.\-])\b\d{1,3}             # large numbers that are round,
        (?:[ \u00a0\u202f,.]\d{3})*[ \u00a0\u202f,.]000\b(?![ \u00a0\u202f.\-]?\d)
      | \b\d{1,3}(?:,\d{3})+\b | (?<![.\d])\d+\.\d+\b(?![.\d])    # or have commas; decimals
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONG = re.compile(r"(?<![\w.])\+?\(?\d(?:[ \u00a0\u202f().\-–/]{0,2}\d){5,}(?!\w)")
_CALLED = re.compile(
    r"\b(?:call|dial|ring|phone|text|sms|whatsapp|helpline|hotline)\s+"
    r"(?:(?:us|on|at|to|the|number|line|is|now)\s+){0,3}(\d[\d ]{1,6}\d)(?!\w|\s+[a-z]+s\b)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"\btel:\s*\+?\S+", re.IGNORECASE)


def phone_numbers(text: str) -> list[tuple[int, str]]:
    """(offset, what was found) for each string that may be dialled: from six digits on
    anywhere, from three digits on behind a word such as "call". Digits of every script count.
    """
    cleared = _NO_NUMBERS.sub(lambda match: " " * len(match[0]), text)
    found = [(match.start(), match[0].strip()) for match in _LONG.finditer(cleared)]
    found += [(match.start(1), match[1].strip()) for match in _CALLED.finditer(cleared)]
    found += [(match.start(), match[0]) for match in _SCHEME.finditer(text)]
    first: dict[int, str] = {}
    for offset, number in sorted(found, key=lambda place: (place[0], -len(place[1]))):
        first.setdefault(offset, number)
    return list(first.items())
