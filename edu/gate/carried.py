"""What comes back from where there is no network: a file that went out, or sealed answers.

Of a page that was handed out only its last line is read on, and the digest of what stands before
it: nothing else of it reaches the server. Sealed answers are lines of letters and digits.
"""

import hashlib
import re
from typing import Any

from edu.gate.refused import refuse
from edu.gate.text import read_text
from edu.lessons.words import N_

#: The last line of a page that was handed out: a comment with the manifest and its signature.
LAST_LINE = re.compile(rb"<!--daraja [A-Z2-7]{1,65536} [A-Z2-7]{1,128}-->\s*\Z")
_LONGEST_LINE, _MOST_LINES = 400, 20_000
_SIGNS = re.compile(r"[0-9A-Za-z \t\u00a0-]*")


def look_at_page(content: bytes, name: str) -> tuple[bytes, dict[str, Any]]:
    """The last line of a page, and the digest of the rest; Refused where it has no such line."""
    tail = content[-70_000:]
    found = LAST_LINE.search(tail)
    if found is None:
        raise refuse(
            name, N_("This is no file of lessons: its last line is missing or was changed.")
        )
    body = content[: len(content) - len(tail) + found.start()]
    return found[0].strip(), {"digest": hashlib.sha256(body).hexdigest()}


def look_at_answers(content: bytes, name: str) -> int:
    """How many lines of a file may be pieces of sealed answers; Refused where one cannot be."""
    text = read_text(content, name, longest_line=_LONGEST_LINE)
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        raise refuse(name, N_("The file has more than %(most)s lines."), most=_MOST_LINES)
    for number, line in enumerate(lines, start=1):
        if not _SIGNS.fullmatch(line):
            raise refuse(name, N_("Sealed answers are letters and digits alone."), number)
    return sum(bool(line.strip()) for line in lines)
