"""What a translation may not change: the blocks of a file, their order and their marks."""

from typing import Any

from edu.segments.front_matter import outline
from edu.segments.segment import Segment
from edu.segments.source import Source


class StructureChanged(Exception):
    """A translation would have changed the blocks of the page, so nothing was written."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.line = segment.line
        self.message = (
            f"The translation of “{_shortened(segment.text)}” would change the structure of "
            "the page. Leave out signs that mean something in Markdown at its start."
        )
        super().__init__(f"line {self.line}: {self.message}")


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _of_token(token: Any) -> tuple[Any, ...]:
    detail: Any = ""
    if token.type == "container_block_open":
        titled = bool(token.meta["title"])
        detail = (token.meta["name"], sorted(token.meta["attributes"].items()), titled)
    elif token.type in ("fence", "code_block"):
        detail = (token.info, token.content)
    elif token.type == "front_matter":
        detail = outline(token.content)
    elif token.type == "inline":
        detail = bool(token.content)
    # The mark that the parser notes at the end of a container that nobody closed is only
    # some text of its last line.
    markup = "" if token.type == "container_block_close" else token.markup
    return (token.type, token.tag, markup, token.hidden, sorted(token.attrs.items()), detail)


def structure(source: Source) -> list[Any]:
    """The sequence of blocks with everything about them but the words."""
    references = [(name, entry["href"]) for name, entry in source.references.items()]
    return [sorted(references), *(_of_token(token) for token in source.tokens)]
