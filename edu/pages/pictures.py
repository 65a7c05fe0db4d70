"""A card's number in pictures, one for each digit, for whoever does not read numbers."""

from dataclasses import dataclass

from flask_babel import gettext as _

from edu.languages import digits

#: How each is drawn in a square of 24, by its digit.
_LINES = (
    "M12 8a4 4 0 1 0 .01 0M12 2v3m0 14v3M2 12h3m14 0h3M5 5l2 2m10 10 2 2M5 19l2-2M17 7l2-2",
    "M12 22v-8c-5 0-7-3-7-6s3-6 7-6 7 3 7 6-2 6-7 6",
    "M3 12c4-6 11-6 15 0-4 6-11 6-15 0zm15 0 4-4v8zM8 11v.01",
    "M3 12l9-8 9 8M6 10v10h12V10M10 20v-6h4v6",
    "M16 3a9 9 0 1 0 5 13 8 8 0 0 1-5-13z",
    "M12 2l3 7 7 .6-5.4 4.7 1.7 7-6.3-3.8-6.3 3.8 1.7-7L2 9.6 9 9z",
    "M5 6h11v8a5 5 0 0 1-11 0zm11 2h2a2.5 2.5 0 0 1 0 6h-2M4 22h13",
    "M7 7a4 4 0 1 0 .01 0M11 11h10v4m-4-4v3",
    "M4 8c0-4 16-4 16 0s-16 4-16 0v9c0 4 16 4 16 0V8",
    "M3 15h18l-3 5H6zm9 0V3l7 9h-7",
)


@dataclass(frozen=True)
class Picture:
    """What stands for a digit."""

    digit: str
    name: str
    lines: str


def pictures() -> list[Picture]:
    """All ten, in the order of their digits, with their names in the language spoken."""
    names = (
        *(_("sun"), _("tree"), _("fish"), _("house"), _("moon")),
        *(_("star"), _("cup"), _("key"), _("drum"), _("boat")),
    )
    return [
        Picture(str(number), name, lines)
        for number, (name, lines) in enumerate(zip(names, _LINES, strict=True))
    ]


def in_pictures(code: str) -> list[Picture]:
    """A number, or as much of it as was typed, in pictures."""
    known = pictures()
    return [known[int(sign)] for sign in digits(code) if sign.isascii() and sign.isdigit()]


def pressed(typed: str, what: str) -> str:
    """What was typed, and one picture more: its digit, or "back" to take the last one away."""
    number = "".join(each.digit for each in in_pictures(typed))
    if what == "back":
        return number[:-1]
    return number + what if what in list("0123456789") else number
