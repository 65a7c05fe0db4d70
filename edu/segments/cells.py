"""Where the cells of a table's row stand in its line."""

import re
from itertools import pairwise

from markdown_it.common.utils import mdTrim

# What may stand before a row that opens with a pipe: quotation and list marks only.
_MARKS = re.compile(r"[\s>\-+*0-9.)]*")
_ESCAPED_PIPE = re.compile(r"\\\|")


def _pieces(line: str) -> list[tuple[int, int]]:
    """Start and end of what stands between the pipes, split as the parser splits it."""
    bounds = [-1]
    bounds += [
        place
        for place, mark in enumerate(line)
        if mark == "|" and not (place and line[place - 1] == "\\")
    ]
    bounds.append(len(line))
    return [(left + 1, right) for left, right in pairwise(bounds)]


def _trimmed(line: str, piece: tuple[int, int]) -> tuple[int, int]:
    start, end = piece
    words = line[start:end]
    kept = mdTrim(words)
    start += words.find(kept)
    return start, start + len(kept)


def _content(line: str, place: tuple[int, int]) -> str:
    return _ESCAPED_PIPE.sub("|", line[place[0] : place[1]])


def _first_without_pipe(line: str, end: int, content: str) -> tuple[int, int] | None:
    """The first cell of a row that opens without a pipe: what follows the marks."""
    end = len(mdTrim("." + line[:end])) - 1
    for start in range(end):
        if _content(line, (start, end)) == content:
            return start, end
    return None


def locate(line: str, contents: list[str]) -> list[tuple[int, int] | None]:
    """For each cell of a row its start and end in the line; None for an empty or lost cell.

    Cells are found by their number in the row, so two that hold the same word stay two.
    """
    pieces = [_trimmed(line, piece) for piece in _pieces(line)]

    def matches(first: int) -> bool:
        places = pieces[first : first + len(contents)]
        found = [_content(line, place) for place in places]
        return found == contents[: len(found)] and not any(contents[len(found) :])

    if _MARKS.fullmatch(line[: _pieces(line)[0][1]]) and matches(1):
        places: list[tuple[int, int] | None] = list(pieces[1 : 1 + len(contents)])
    else:
        first = _first_without_pipe(line, _pieces(line)[0][1], contents[0])
        places = [first, *pieces[1 : len(contents)]]
    places += [None] * (len(contents) - len(places))
    return [place if content else None for place, content in zip(places, contents, strict=True)]
