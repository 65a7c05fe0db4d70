"""A lesson's blocks as they are printed for people without a phone: boxes to tick, lines to write
on, and no answer that would have to be covered with a hand."""

from collections.abc import Mapping, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.drawing import Drawing, container_name, head, language_marks, parts
from edu.lessons.figures import film_on_paper
from edu.lessons.questions import MARK
from edu.lessons.render import CONTAINERS, Draw, heading

_BOX = '<span class="box"></span> '


def _check(drawing: Drawing, node: Node) -> str:
    """The questions with a box before each answer; what an answer leads to is left out."""
    lists, others = parts(node, "ordered_list")
    items = "".join(_question(drawing, item) for one in lists for item in one.children)
    return (
        f'<section class="b check">{heading(drawing, node)}\n'
        f"{drawing.tongue(node)}{drawing.flow(others)}<ol>\n{items}</ol></section>\n"
    )


def _question(drawing: Drawing, item: Node) -> str:
    asked, rest = head(item)
    options = [option for child in rest if child.type == "bullet_list" for option in child.children]
    if asked is None:
        return f"<li>{drawing.flow(item.children)}</li>\n"
    ticks = "".join(_tick(drawing, option) for option in options)
    listed = f'\n<ul class="ticks">{ticks}</ul>' if ticks else ""
    return f"<li>{drawing.marked(asked, 'p')}{listed}</li>\n"


def _tick(drawing: Drawing, option: Node) -> str:
    text, _answer = head(option)
    if text is None:
        return ""
    token = text.children[0].token
    assert token is not None  # noqa: S101 - an inline node has one token
    if token.children:
        first = token.children[0]
        first.content = MARK.sub("", first.content, count=1)
    return f"<li{language_marks(token)}>{_BOX}{drawing.phrase(text)}</li>\n"


def _sort(drawing: Drawing, node: Node) -> str:
    """Each card with a box for each place; what others say comes up in the talk, not on paper."""
    bins, _ = parts(node, "bullet_list")
    cards, _ = parts(node, "ordered_list")
    if len(bins) != 1 or len(cards) != 1:
        return drawing.title(node) + drawing.flow(node.children)
    names = [head(item)[0] for item in bins[0].children]
    boxes = " ".join(f"<span>{_BOX}{drawing.span(name)}</span>" for name in names if name)
    rows = "".join(_card(drawing, item, boxes) for item in cards[0].children)
    others = drawing.flow([each for each in node.children if each not in (bins[0], cards[0])])
    name = container_name(node)
    return f'<div class="{name}">\n{drawing.title(node)}{others}<ol>\n{rows}</ol></div>\n'


def _card(drawing: Drawing, item: Node, boxes: str) -> str:
    text, _others = head(item)
    words = drawing.marked(text, "p") if text is not None else drawing.flow(item.children)
    return f'<li>{words}\n<p class="choices">{boxes}</p></li>\n'


def _plan(drawing: Drawing, node: Node) -> str:
    """Each line that somebody begins, with room to go on."""
    lists, others = parts(node, "ordered_list")
    lines = "".join(
        f'<li>{drawing.marked(text, "p")}\n<p class="line"></p></li>\n'
        for one in lists
        for item in one.children
        if (text := head(item)[0]) is not None
    )
    return (
        f'<div class="plan">\n{drawing.title(node)}{drawing.flow(others)}<ol>\n{lines}</ol></div>\n'
    )


def _left_out(_drawing: Drawing, _node: Node) -> str:
    """What is opened on a phone stands open on paper, so it is left to whoever leads."""
    return ""


#: How each container is drawn on paper.
ON_PAPER: Mapping[str, Draw] = {
    **CONTAINERS,
    "check": _check,
    "sort": _sort,
    "match": _sort,
    "plan": _plan,
    "reveal": _left_out,
    "film": film_on_paper,
}

#: What a learner keeps of a lesson on one sheet.
ON_A_HANDOUT: Sequence[str] = ("idea", "do", "check", "us", "support")
