"""The blocks of a text: a translation makes no heading, list or quotation, and loses none."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from edu.checks.finding import Finding, blocks, listed
from edu.checks.letters import plain_digits
from edu.checks.reading import Side
from edu.lessons.words import N_
from edu.segments.front_matter import outline

_NAMES = {
    "heading": N_("heading"),
    "list": N_("list"),
    "list_item": N_("list item"),
    "blockquote": N_("quotation"),
    "table": N_("table"),
    "cell": N_("table cell"),
    "row": N_("table row"),
    "hr": N_("line across the page"),
    "code": N_("block of code"),
    "container": N_("block with colons"),
    "paragraph": N_("paragraph"),
    "definition": N_("address of a link"),
}
_COUNT = N_("The source has %(source)s × %(block)s, the translation %(target)s.")
_ORDER = N_("The blocks stand in another order or have other marks than in the source.")
_LEVEL = N_("A heading has another level than in the source.")
_NUMBERING = N_("A numbered list begins with another number than in the source.")
_CODE = N_("A block of code is not translated. Copy it as it stands.")
_CONTAINER = N_("The line that opens a block with colons is not that of the source.")
_FRONT = N_("The head of the page has other fields or values than the source: %(found)s.")
_FRONT_LOST = N_("The head of the page (between the lines ---) is missing, or stands here alone.")
_BREAKS = N_("The source has %(source)s × a line break of its own, the translation %(target)s.")
_PIPES = N_("The source has %(source)s × | between cells, the translation %(target)s.")
_NEWLINES = N_("A line break that is written \\n is missing or new.")

_SHORT = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "list_item",
    "blockquote_open": "blockquote",
    "heading_open": "heading",
    "table_open": "table",
    "th_open": "cell",
    "td_open": "cell",
    "tr_open": "row",
    "hr": "hr",
    "fence": "code",
    "code_block": "code",
    "container_block_open": "container",
    "paragraph_open": "paragraph",
}
_NUMBERED = re.compile(r"\s{0,3}(\d{1,9})[.)]\s")


def _shape(side: Side) -> list[tuple[str, Any]]:
    """Blocks in order with what matters of each."""
    shape: list[tuple[str, Any]] = []
    before = ""
    for token in side.tokens:
        name = _SHORT.get(token.type)
        opens_item, before = before == "list_item_open", token.type
        # Whether there is an empty line between the items of a list makes no difference.
        if name is None or (name == "paragraph" and (token.hidden or opens_item)):
            continue
        detail: Any = ""
        if name == "heading":
            detail = token.tag
        elif token.type == "ordered_list_open":
            detail = token.attrs.get("start", 1)
        elif token.type == "bullet_list_open":
            detail = "-"
        elif name == "code":
            detail = (token.info.strip(), token.content)
        elif name == "container":
            attributes = sorted(token.meta["attributes"].items())
            detail = (token.meta["name"], tuple(attributes), bool(token.meta["title"]))
        shape.append((name, detail))
    return shape


def check_blocks(source: Side, target: Side) -> Iterator[Finding]:
    yield from _front_matter(source, target)
    ours, theirs = _shape(source), _shape(target)
    if ours == theirs or first_number(source, target):
        return
    counted = list(_counts(ours, theirs))
    yield from counted or _details(ours, theirs)


def first_number(source: Side, target: Side) -> str:
    """The number of `12. oktober` at the start of a sentence: a date, and no list, though it
    reads like one. Weaving keeps it a sentence."""
    theirs = [name for name, _ in _shape(target)]
    lists = any(name == "list" for name, _ in _shape(source))
    if lists or theirs != ["list", "list_item"] or "\n" in target.text.strip():
        return ""
    number = _NUMBERED.match(target.text)
    said = re.findall(r"\d+", plain_digits(source.text))
    return number[1] if number is not None and number[1] in said else ""


def _counts(ours: list[tuple[str, Any]], theirs: list[tuple[str, Any]]) -> Iterator[Finding]:
    before, after = Counter(name for name, _ in ours), Counter(name for name, _ in theirs)
    different = [name for name in _NAMES if before[name] != after[name]]
    # A paragraph that became something else is told as that other thing.
    for name in [each for each in different if each != "paragraph"] or different:
        counts = {"source": str(before[name]), "target": str(after[name])}
        check = "table" if name in ("table", "cell", "row") else "structure"
        yield blocks(check, _COUNT, block=_NAMES[name], **counts)


def _details(ours: list[tuple[str, Any]], theirs: list[tuple[str, Any]]) -> Iterator[Finding]:
    if [name for name, _ in ours] != [name for name, _ in theirs]:
        yield blocks("structure", _ORDER)
        return
    messages = {
        "heading": ("structure", _LEVEL),
        "list": ("structure", _NUMBERING),
        "code": ("code", _CODE),
        "container": ("structure", _CONTAINER),
    }
    changed = {
        name for (name, detail), other in zip(ours, theirs, strict=True) if detail != other[1]
    }
    for name in sorted(changed):
        check, message = messages[name]
        yield blocks(check, message)


def _front_matter(source: Side, target: Side) -> Iterator[Finding]:
    ours, theirs = source.front_matter, target.front_matter
    if (ours is None) != (theirs is None):
        yield blocks("front-matter", _FRONT_LOST)
    elif ours is not None and theirs is not None:
        before, after = outline(ours), outline(theirs)
        if before != after:
            paths = {path for path, *_ in set(before) ^ set(after)}
            yield blocks("front-matter", _FRONT, found=listed(sorted(paths)))


def check_breaks(source: Side, target: Side) -> Iterator[Finding]:
    """Hard line breaks, and the signs between cells where a row came without its table."""
    ours, theirs = (side.marks.counts.get("hardbreak", 0) for side in (source, target))
    if ours != theirs:
        yield blocks("line-breaks", _BREAKS, source=str(ours), target=str(theirs))
    pipes = [_pipes(side) for side in (source, target)]
    if pipes[0] != pipes[1] and pipes[0] > 0:
        yield blocks("table", _PIPES, source=str(pipes[0]), target=str(pipes[1]))
    if source.text.count("\\n") != target.text.count("\\n"):
        yield blocks("line-breaks", _NEWLINES)


def _pipes(side: Side) -> int:
    return side.visible.count("|")
