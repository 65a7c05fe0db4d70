"""A part of a file, as players of sound and film ask for it; some play nothing without.

Source: RFC 9110, section 14. One range is answered; for several the whole file is.
"""

import re

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
#: What is played, and may be asked for in parts.
PLAYED = ("audio/", "video/")


def part_of(asked: str, length: int) -> tuple[int, int] | None:
    """First byte, and the one behind the last, of what `Range` asks for; None for the whole.

    Raises ValueError where the file has no such part.
    """
    found = _ONE.fullmatch(asked.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        first, end = max(0, length - int(found[2])), length
    else:
        first = int(found[1])
        end = min(length, int(found[2]) + 1) if found[2] else length
        if found[2] and int(found[2]) < first:
            return None
    if first >= end:
        raise ValueError("no such part")
    return first, end
