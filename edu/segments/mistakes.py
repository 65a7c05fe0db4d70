"""What in a Markdown file would be lost or shown wrongly, with the line and what to do."""

import re
from collections.abc import Iterator

from edu.lessons.markdown import CONTAINERS, PARSER
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.segments.breaks import code_spans
from edu.segments.source import Source
from edu.segments.spans import lost

_TAG = re.compile(
    r"(?<!\\)(?:</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--|<\?[a-z]|<![A-Z]|<!\[CDATA\[)"
)
# A tag that is not closed is still seen for one when its name is a usual one.
_OPEN_TAG = re.compile(
    r"(?<!\\)</?(?:div|p|span|table|ul|ol|li|script|style|iframe|img|a|br)(?=\s|/|$)", re.M
)
_COLONS = re.compile(r"[\s>]*(:{3,})[ \t]*(\S*)")
_CLOSES = re.compile(r"[\s>]*(:{3,})[ \t]*$")
_NOT_CLOSED = N_(
    "The block %(block)s is not closed. End it with a line %(colons)s; a block around another one"
    " needs more colons."
)


def check_markdown(file: str, source: str) -> list[Mistake]:
    """Every mistake that would lose text, leave a block open or show a tag as words."""
    page = Source(source)
    found = [*_tags(page), *_too_deep(page), *_unclosed(page), *_stray_colons(page), *_lost(page)]
    return sorted(Mistake(file, line, message) for line, message in set(found))


def _without_code(content: str) -> str:
    """The text with its code spans blanked, line ends kept."""
    for start, end in code_spans(content):
        blank = re.sub(r"[^\n]", " ", content[start:end])
        content = content[:start] + blank + content[end:]
    return content


def _tags(page: Source) -> Iterator[tuple[int, str]]:
    for token in page.tokens:
        if token.type != "inline":
            continue
        text = _without_code(token.content)
        for tag in [*_TAG.finditer(text), *_OPEN_TAG.finditer(text)]:
            line = token.map[0] + text.count("\n", 0, tag.start()) + 1
            yield line, N_("HTML is shown as it is typed. Use Markdown, or leave the tag out.")


def _too_deep(page: Source) -> Iterator[tuple[int, str]]:
    limit = PARSER.options.maxNesting
    for token in page.tokens:
        opens = token.type in ("list_item_open", "blockquote_open", "container_block_open")
        if opens and token.level + 1 >= limit:
            yield token.map[0] + 1, N_("Text here is nested too deeply and would be lost.")


def _unclosed(page: Source) -> Iterator[tuple[int, str]]:
    """A container without its own closing line; two cannot share one."""
    ends: set[int] = set()
    for token in page.tokens:
        if token.type != "container_block_open":
            continue
        end = token.map[1]
        closing = _CLOSES.match(page.lines[end]) if end < len(page.lines) else None
        long_enough = closing is not None and len(closing.group(1)) >= len(token.markup)
        if not long_enough or end in ends:
            name = token.meta["name"]
            colons = ":" * len(token.markup)
            yield (
                token.map[0] + 1,
                Message(_NOT_CLOSED, block=name, colons=colons),
            )
        ends.add(end)


def _stray_colons(page: Source) -> Iterator[tuple[int, str]]:
    for token in page.tokens:
        if token.type != "inline":
            continue
        for number, line in enumerate(token.content.split("\n")):
            colons = _COLONS.match(line)
            if colons is None:
                continue
            name = colons.group(2)
            at = token.map[0] + number + 1
            if not name:
                yield at, N_("These colons close no block. Is the block around it already closed?")
            elif name not in CONTAINERS:
                yield at, Message(N_("There is no block of the name %(block)s."), block=name)


def _lost(page: Source) -> Iterator[tuple[int, str]]:
    for line in lost(page):
        yield line + 1, N_("This text could not be found again in the file to translate it.")
