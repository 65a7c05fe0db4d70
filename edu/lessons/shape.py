"""Checks of a lesson's shape: its blocks, and the lists that widgets are made of."""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.drawing import container_name, container_token, head, parts
from edu.lessons.lesson import SAFETY, Block, Lesson, lines_of
from edu.lessons.markdown import BLOCKS, FILM, NOTES, WIDGETS
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.questions import MARK
from edu.lessons.words import N_

REQUIRED = ("idea", "here", "do", "check", "us", "facilitator")
#: A block with one of these is never shown from a translation that nobody reviewed.
HELD_BACK = ("suicide", "helpline", "law")
#: What is wrong with a block that speaks of suicide and does not say so.
SPEAKS_OF_SUICIDE = N_("'%(block)s' speaks of suicide: mark it safety=suicide.")
_CARDS = N_(
    "'%(block)s' needs one list with '-' (at least two places), "
    "then one with '1.' (at least two cards)."
)
_BEFORE = N_("'%(block)s' must come before '%(later)s'.")
_UNLISTED = N_("'safety' in the front matter does not list '%(topic)s'.")
_STEPS = N_("'%(block)s' needs one list with '1.'.")
_PRESS = N_("'%(block)s' needs a title: what to press.")
_NAME = N_("'%(block)s' needs a title: the person's name.")
_QUESTIONS = N_("'%(block)s' needs one list with '1.' of two or three questions.")
_FILM = N_("'%(block)s' needs ![what it shows](media/...) first, then what is said in the film.")
_FENCE = re.compile(r":{3,}\s*([^\s:]*)")


def block_order(lesson: Lesson, file: str) -> list[Mistake]:
    """Each block of the fixed shape once, and in order."""
    found = []
    names = [block.name for block in lesson.blocks]
    for name in REQUIRED:
        if name not in names:
            message = Message(N_("The block '%(block)s' is missing."), block=name)
            found.append(Mistake(file, 1, message))
    furthest = 0
    for position, block in enumerate(lesson.blocks):
        rank = BLOCKS.index(block.name)
        if block.name in names[:position]:
            message = Message(N_("The block '%(block)s' stands here twice."), block=block.name)
            found.append(Mistake(file, block.line, message))
        elif rank < furthest:
            message = Message(_BEFORE, block=block.name, later=BLOCKS[furthest])
            found.append(Mistake(file, block.line, message))
        furthest = max(furthest, rank)
    if lesson.story and "meet" not in names:
        message = Message(N_("A story is announced, but there is no 'meet' block."))
        found.append(Mistake(file, 1, message))
    if "meet" in names and not lesson.story:
        line = next(block.line for block in lesson.blocks if block.name == "meet")
        message = Message(N_("'meet' needs a 'story' in the front matter."))
        found.append(Mistake(file, line, message))
    return found


def fences(tokens: Sequence[Any], text: str, file: str) -> list[Mistake]:
    """Containers that are never closed, empty or unknown, and fences that belong to nothing."""
    found, ends = [], [len(lines_of(text))]
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.type == "container_block_open":
            name, line = token.meta["name"], token.map[0] + 1
            if token.map[1] >= ends[-1]:
                message = Message(N_("'%(block)s' is never closed; end it with ':::'."), block=name)
                found.append(Mistake(file, line, message))
            elif following.type == "container_block_close":
                found.append(Mistake(file, line, Message(N_("'%(block)s' is empty."), block=name)))
            ends.append(token.map[1])
        elif token.type == "container_block_close":
            ends.pop()
        elif token.type == "inline":
            found += _stray_fences(token, file)
    return found


def _stray_fences(inline: Any, file: str) -> list[Mistake]:
    found, unknown = [], 0
    for offset, written in enumerate(inline.content.split("\n")):
        fence, line = _FENCE.match(written), inline.map[0] + offset + 1
        if fence and fence[1]:
            unknown += 1
            message = Message(N_("There is no block or widget '%(block)s'."), block=fence[1])
            found.append(Mistake(file, line, message))
        elif fence and unknown:
            unknown -= 1
        elif fence:
            message = Message(
                N_("This ':::' closes nothing; an outer fence needs more colons than an inner.")
            )
            found.append(Mistake(file, line, message))
    return found


def containers(nodes: Sequence[Node], file: str, within: str = "") -> list[Mistake]:
    """Everything in its place, with attributes that are known and lists of the right shape."""
    found: list[Mistake] = []
    for node in nodes:
        name = container_name(node)
        if not name:
            if not within and _is_text(node):
                message = Message(N_("This text stands outside every block."))
                found.append(Mistake(file, _line(node), message))
            if node.type != "inline":
                found += containers(node.children, file, within or "text")
            continue
        line = container_token(node).map[0] + 1
        if template := _misplaced(name, within):
            found.append(Mistake(file, line, Message(template, block=name)))
        found += attributes(node, file) + _lists(node, file)
        found += containers(node.children, file, name)
    return found


def _misplaced(name: str, within: str) -> str:
    """What is wrong with the place of a block or widget."""
    if name in BLOCKS and within:
        return N_("The block '%(block)s' cannot stand inside another.")
    if name in WIDGETS and within != "do":
        return N_("'%(block)s' can only stand in a 'do' block.")
    if name == FILM and within not in BLOCKS:
        return N_("'%(block)s' can only stand in a block, and in nothing else.")
    return N_("'%(block)s' is for plain pages, not for lessons.") if name in NOTES else ""


def _is_text(node: Node) -> bool:
    """Whether a node outside the blocks is lost text; a stray fence is told of elsewhere."""
    if node.type == "front_matter":
        return False
    inline = node.children[0] if node.type == "paragraph" else None
    return inline is None or not _FENCE.match(inline.content)


def attributes(node: Node, file: str) -> list[Mistake]:
    token = container_token(node)
    name, found = token.meta["name"], []
    for key, value in token.meta["attributes"].items():
        if key == "safety" and name in (*BLOCKS, *NOTES) and value in HELD_BACK:
            continue
        if (name, key, value) == ("check", "several", "yes"):
            continue
        message = Message(
            N_("'%(block)s' does not know %(attribute)s."), block=name, attribute=f"{key}={value}"
        )
        found.append(Mistake(file, token.map[0] + 1, message))
    return found


def _lists(node: Node, file: str) -> list[Mistake]:
    name, token = container_name(node), container_token(node)
    line = token.map[0] + 1
    bullets, ordered = parts(node, "bullet_list")[0], parts(node, "ordered_list")[0]

    def wrong(condition: bool, template: str) -> list[Mistake]:
        return [Mistake(file, line, Message(template, block=name))] if condition else []

    if name in ("sort", "match"):
        fits = len(bullets) == len(ordered) == 1
        fits = fits and len(bullets[0].children) > 1 and len(ordered[0].children) > 1
        return wrong(not fits, _CARDS)
    if name == "plan":
        return wrong(len(ordered) != 1 or bool(bullets), _STEPS)
    if name == "reveal":
        return wrong(not token.meta["title"], _PRESS)
    if name == "board":
        found = wrong(not token.meta["title"], _NAME)
        found += wrong(len(ordered) != 1 or bool(bullets), _STEPS)
        items = ordered[0].children if ordered else []
        return found + [mistake for item in items for mistake in _moment(item, file)]
    if name == FILM:
        return wrong(not _names_and_tells(node), _FILM)
    if name == "check":
        several = token.meta["attributes"].get("several") == "yes"
        found = wrong(
            len(ordered) != 1 or not 2 <= len(ordered[0].children) <= 3,
            _QUESTIONS,
        )
        items = [item for listed in ordered for item in listed.children]
        return found + [mistake for item in items for mistake in _question(item, several, file)]
    return []


def _names_and_tells(film: Node) -> bool:
    """Whether a film is named first, and what is said in it follows."""
    first = film.children[0].children[0] if film.children[0].children else None
    inside = (first.token.children or []) if first is not None and first.token is not None else []
    return [each.type for each in inside] == ["image"] and len(film.children) > 1


def _moment(item: Node, file: str) -> list[Mistake]:
    quoted, told = parts(item, "blockquote")
    if len(quoted) == 1 and told:
        return []
    message = Message(N_("A moment needs a text and one '>' with one way to see it."))
    return [Mistake(file, _line(item), message)]


def _question(item: Node, several: bool, file: str) -> list[Mistake]:
    text, rest = head(item)
    lists = [child for child in rest if child.type == "bullet_list"]
    line = _line(item)
    if text is None or len(lists) != 1:
        message = Message(N_("A question needs a text and one list of options with '-'."))
        return [Mistake(file, line, message)]
    options, found, good = lists[0].children, [], 0
    if not 2 <= len(options) <= 5:
        message = Message(N_("A question needs two to five options."))
        found.append(Mistake(file, line, message))
    for option in options:
        said, feedback = head(option)
        mark = MARK.match(said.children[0].content) if said else None
        if mark is None:
            message = Message(N_("An option must begin with '[x] ' or '[ ] '."))
            found.append(Mistake(file, _line(option), message))
        good += mark is not None and mark[1] != " "
        if [child.type for child in feedback] != ["blockquote"]:
            message = Message(N_("An option needs one '>' with its feedback, and nothing else."))
            found.append(Mistake(file, _line(option), message))
    if good != 1 and not (several and good):
        message = Message(
            N_("Exactly one option must be marked [x], not %(number)s."), number=str(good)
        )
        found.append(Mistake(file, line, message))
    return found


def _line(node: Node) -> int:
    return node.map[0] + 1 if node.map else 1


def safety_marks(lesson: Lesson, file: str) -> list[Mistake]:
    """What a lesson touches is said at its head, and held back where it must be."""
    found = []
    for block in lesson.blocks:
        if block.safety in SAFETY and block.safety not in lesson.safety:
            message = Message(_UNLISTED, topic=block.safety)
            found.append(Mistake(file, block.line, message))
    return found + suicide_marks(lesson.blocks, file)


def suicide_marks(blocks: Iterable[Block], file: str) -> list[Mistake]:
    """A block that names suicide is one that no unreviewed draft may show."""
    return [
        Mistake(file, block.line, Message(SPEAKS_OF_SUICIDE, block=block.name))
        for block in blocks
        if block.safety != "suicide" and re.search("suicid", block.markdown, re.IGNORECASE)
    ]
