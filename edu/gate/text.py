"""Text from a stranger: UTF-8 and nothing else, with the line of what is not."""

import re

from edu.gate.refused import refuse
from edu.lessons.words import N_

LONGEST_LINE = 20_000
# No keyboard writes these, programs take some for line ends, and databases differ about NUL.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?|\n")


def read_text(content: bytes, name: str, *, longest_line: int = LONGEST_LINE) -> str:
    """The text of a file, without the mark at its head; Refused with the line that forbids it.

    `longest_line` is in characters. Line ends stay as they are.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise refuse(name, N_("This is UTF-16. Save the file as UTF-8."))
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse(name, N_("This is not UTF-8. Save the file as UTF-8."), line) from None
    if odd := _ODD.search(text):
        where, code = line_at(text, odd.start()), f"U+{ord(odd[0]):04X}"
        raise refuse(name, N_("The character %(code)s cannot stand in a text."), where, code=code)
    for number, row in enumerate(_LINE_END.split(text), start=1):
        if len(row) > longest_line:
            raise refuse(
                name, N_("The line has more than %(most)s characters."), number, most=longest_line
            )
    return text


def line_at(text: str, offset: int) -> int:
    """The line, from 1, of a place in a text, whatever ends its lines."""
    return sum(1 for _ in _LINE_END.finditer(text, 0, offset)) + 1
