"""What each piece of a Markdown file is: heading, option, feedback, cell, title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from edu.segments.breaks import flatten
from edu.segments.segment import fold

#: The mark before an option of a check: right or not.
OPTION = re.compile(r"\[[ xX]\][ \t]+")
_CONTEXT_LENGTH = 80


@dataclass(frozen=True)
class Piece:
    """One inline token, or one titled container, with what stands around it."""

    token: Any
    form: str  # paragraph, underlined, heading, cell, option, title
    text: str
    kind: str
    context: str
    note: str
    block: str
    safety: str


def short_context(question: str) -> str:
    """A question as a context: short enough to read, and still different for each."""
    if len(question) <= _CONTEXT_LENGTH:
        return question
    digest = blake2b(question.encode("utf-8", "replace"), digest_size=3).hexdigest()
    return f"{question[: _CONTEXT_LENGTH - 10].rstrip()}… {digest}"


@dataclass
class _Walk:
    """The open blocks around a token, and the question and option last read."""

    open: list[Any] = field(default_factory=list)
    question: str = ""
    option: str = ""
    headers: list[str] = field(default_factory=list)
    column: int = 0

    def containers(self) -> list[Any]:
        return [token for token in self.open if token.type == "container_block_open"]

    @property
    def block(self) -> str:
        containers = self.containers()
        return str(containers[0].meta["name"]) if containers else ""

    @property
    def safety(self) -> str:
        for token in reversed(self.containers()):
            if "safety" in token.meta["attributes"]:
                return str(token.meta["attributes"]["safety"])
        return ""

    def inside(self, name: str) -> str:
        """The kinds of the blocks inside the innermost container of that name."""
        kinds: list[str] | None = None
        for token in self.open:
            if token.type == "container_block_open":
                kinds = [] if token.meta["name"] == name else None
            elif kinds is not None:
                kinds.append(token.type.removesuffix("_open"))
        return " ".join(kinds or [])

    def make(self, token: Any, form: str, text: str, kind: str, note: str, context: str) -> Piece:
        return Piece(token, form, text, kind, context, note, self.block, self.safety)

    def title(self, token: Any) -> Piece | None:
        """Call before the container is opened: its own safety counts for its title."""
        title = fold(token.meta["title"])
        if not title:
            return None
        self.open.append(token)
        name = token.meta["name"]
        note = f"title of the block {name}"
        piece = self.make(token, "title", title, "title", note, f"{name}.title")
        self.open.pop()
        return piece

    def inline(self, token: Any) -> Piece | None:
        text = flatten(token.content)
        parent = self.open[-1]
        if parent.type == "heading_open":
            form = "heading" if parent.markup.startswith("#") else "underlined"
            return self.make(token, form, text, "heading", "", "")
        if parent.type in ("th_open", "td_open"):
            return self.cell(token, text, parent.type == "th_open")
        return self.checked(token, text) or self.paragraph(token, text)

    def cell(self, token: Any, text: str, is_header: bool) -> Piece:
        if is_header:
            self.headers.append(text)
            return self.make(token, "cell", text, "table-cell", "the head of a column", "")
        header = self.headers[self.column] if self.column < len(self.headers) else ""
        self.column += 1
        note = f"a cell in the column: {header}" if header else "a cell of a table"
        return self.make(token, "cell", text, "table-cell", note, "")

    def checked(self, token: Any, text: str) -> Piece | None:
        """A question, an option or its feedback, when this stands in a check."""
        around = self.inside("check")
        if around == "ordered_list list_item paragraph":
            self.question, self.option = text, ""
            return self.make(token, "paragraph", text, "list-item", "a question", "")
        if around == "ordered_list list_item bullet_list list_item paragraph":
            if not OPTION.match(token.content):
                return None
            self.option = OPTION.sub("", text, count=1)
            note = f"an answer to: {self.question}"
            context = short_context(self.question)
            return self.make(token, "option", self.option, "option", note, context)
        if around.startswith("ordered_list list_item bullet_list list_item blockquote"):
            note = f"the feedback on: {self.option}"
            return self.make(token, "paragraph", text, "feedback", note, "")
        return None

    def paragraph(self, token: Any, text: str) -> Piece:
        in_item = len(self.open) > 1 and self.open[-2].type == "list_item_open"
        return self.make(token, "paragraph", text, "list-item" if in_item else "paragraph", "", "")


def pieces(tokens: list[Any]) -> Iterator[Piece]:
    """Every piece that holds text, in the order of the file."""
    walk = _Walk()
    for token in tokens:
        if token.nesting == 1:
            if token.type == "container_block_open" and (title := walk.title(token)):
                yield title
            if token.type == "table_open":
                walk.headers = []
            if token.type == "tr_open":
                walk.column = 0
            walk.open.append(token)
        elif token.nesting == -1:
            walk.open.pop()
        elif token.type == "inline" and (piece := walk.inline(token)) and piece.text:
            yield piece
