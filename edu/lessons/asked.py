"""The questions in a lesson's activities and its check, as plain words: what people can be asked in
a room, with the answers to choose from. Which answer is a good one is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.drawing import container_name, head, parts
from edu.lessons.markdown import parse
from edu.lessons.questions import MARK

_SORTING = ("sort", "match")


@dataclass(frozen=True)
class Asked:
    """A question with the answers to choose from."""

    question: str
    options: tuple[str, ...]


def asked_in(markdown: str) -> list[Asked]:
    """What a lesson asks, in its order: each card that is sorted, each question of the check."""
    found = []
    for node in Node(parse(markdown)).children:
        if container_name(node) == "do":
            found += [each for inner in node.children for each in _sorted(inner)]
        elif container_name(node) == "check":
            lists, _ = parts(node, "ordered_list")
            found += [each for one in lists for item in one.children for each in _checked(item)]
    return [each for each in found if each.question and len(each.options) > 1]


def _sorted(node: Node) -> Iterator[Asked]:
    if container_name(node) not in _SORTING:
        return
    bins, _ = parts(node, "bullet_list")
    cards, _ = parts(node, "ordered_list")
    if bins and cards:
        options = tuple(_words(item) for item in bins[0].children)
        yield from (Asked(_words(item), options) for item in cards[0].children)


def _checked(item: Node) -> Iterator[Asked]:
    _, rest = head(item)
    lists = [child for child in rest if child.type == "bullet_list"]
    if len(lists) == 1:
        yield Asked(_words(item), tuple(_words(option) for option in lists[0].children))


def _words(item: Node) -> str:
    """The first paragraph of a list item without its marks."""
    paragraph, _ = head(item)
    token = paragraph.children[0].token if paragraph is not None else None
    if token is None:
        return ""
    plain = "".join(
        " " if each.type in ("softbreak", "hardbreak") else each.content
        for each in token.children or ()
    )
    return MARK.sub("", plain, count=1).strip()
