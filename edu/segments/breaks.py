"""Which line ends inside a block are hard breaks, and where code spans keep them plain."""

import re

from edu.segments.segment import ends_in_backslash, fold

_BACKTICKS = re.compile(r"`+")


def code_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each code span, backticks included."""
    spans: list[tuple[int, int]] = []
    runs = list(_BACKTICKS.finditer(text))
    index = 0
    while index < len(runs):
        start, length = runs[index].start(), len(runs[index].group())
        if ends_in_backslash(text[:start]):
            start, length = start + 1, length - 1
        closing = next(
            (later for later in range(index + 1, len(runs)) if len(runs[later].group()) == length),
            None,
        )
        if closing is None or not length:
            index += 1
            continue
        spans.append((start, runs[closing].end()))
        index = closing + 1
    return spans


def flatten(content: str) -> str:
    """A block's content as a segment's text: soft breaks folded, hard breaks kept."""
    if "\n" not in content:
        return fold(content)
    spans = code_spans(content)
    pieces: list[str] = []
    position = 0
    for line in content.split("\n"):
        end = position + len(line)
        in_code = any(start < end < stop for start, stop in spans)
        if in_code:
            pieces.append(line + " ")
        elif line.endswith("  ") and not ends_in_backslash(line.rstrip(" ")):
            pieces.append(line.rstrip(" ") + "\\\n")
        else:
            pieces.append(line + "\n")
        position = end + 1
    return fold("".join(pieces))
