"""A picture or a film put into a block: at its beginning, at its end, or where another stands.

Pure, and by splicing: every other line of the block stays as it was written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from edu.lessons.lesson import lines_of
from edu.lessons.markdown import FILM, tokens_of

#: Where something is put that takes the place of nothing.
FIRST, LAST = "", "end"
PLACES = (FIRST, LAST)
_FENCE = re.compile(r"(\s*)(:{3,})")


@dataclass(frozen=True)
class Shown:
    """A picture or film that stands alone in a block: its name, and its lines, from 0, end not
    included."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Placed:
    """A block with something put into it: its `text`, what stood `before` it and what it took the
    place of (`instead`), so that whoever counts the texts in it can."""

    text: str
    before: str
    instead: str


def shown_in(block: str) -> list[Shown]:
    """The pictures and films of a block that another can take the place of."""
    return list(_shown(tokens_of(block)))


def _shown(tokens: Sequence[Any]) -> Iterator[Shown]:
    film: Any = None
    for token, following in pairwise(tokens):
        if token.type == "container_block_open" and token.meta["name"] == FILM:
            film = token
        elif token.type == "container_block_close":
            film = None
        elif token.type == "paragraph_open" and (name := _only_image(following)):
            whole = film or token
            # The map of a container does not count its closing line.
            yield Shown(name, whole.map[0], whole.map[1] + (film is not None))


def _only_image(inline: Any) -> str:
    children = inline.children or []
    return str(children[0].attrGet("src")) if [c.type for c in children] == ["image"] else ""


def put_in(block: str, piece: str, where: str) -> Placed | None:
    """A block with `piece` in it; None where the block has no such place (any more)."""
    lines = lines_of(block)
    if len(lines) < 2 or not _FENCE.match(lines[0]) or not _FENCE.match(lines[-1]):
        return None
    start = end = 1 if where == FIRST else len(lines) - 1
    if where not in PLACES:
        found = next((each for each in shown_in(block) if each.name == where), None)
        if found is None:
            return None
        start, end = found.start, found.end
    put = ["\n", f"{piece.strip()}\n", "\n"]
    whole = [*lines[:start], *put, *lines[end:]]
    if _FENCE.match(piece.lstrip()):
        whole[0], whole[-1] = (_with_four_colons(each) for each in (whole[0], whole[-1]))
    return Placed("".join(whole), "".join(lines[:start]), "".join(lines[start:end]))


def _with_four_colons(fence: str) -> str:
    """An outer fence needs more colons than an inner."""
    return _FENCE.sub(lambda found: f"{found[1]}{found[2]:{':'}<4}", fence, count=1)


def piece_of(kind: str, name: str, shows: str, said: str = "") -> str:
    """The Markdown of a picture or film; `name` is `own-…`, `said` the words of a film."""
    label = re.sub(r"([\\\[\]])", r"\\\1", " ".join(shows.split()))
    if kind == FILM:
        return f"::: film\n![{label}](media/{name}.mp4)\n\n{said.strip()}\n:::\n"
    return f"![{label}](media/{name}.jpg)\n"


def read_piece(text: str) -> tuple[str, str]:
    """What a picture or film shows, and what is said in it, as `piece_of` wrote them."""
    found = re.search(r"!\[((?:\\.|[^\]\\])*)\]\([^)]*\)\n?", text)
    if found is None:
        return "", ""
    shows = re.sub(r"\\([\\\[\]])", r"\1", found[1])
    said = text[found.end() :].strip()
    return shows, said.removesuffix(":::").strip() if text.lstrip().startswith(":::") else ""
