"""Activities of a `do` block as HTML: cards to sort or match, a plan to write, a thing to open.

A function returns "" when the text has not the shape of its widget; then it is shown as it is.
"""

from html import escape

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.drawing import (
    Drawing,
    container_name,
    container_token,
    head,
    language_marks,
    parts,
)
from edu.lessons.words import MATCH_HOW, OTHERS_SAY, PLAN_HOW, SHOW, SORT_HOW


def sort_html(drawing: Drawing, node: Node) -> str:
    """Bins as a bullet list, cards as an ordered list: each card is a question with radios."""
    bullets, _ = parts(node, "bullet_list")
    ordered, _ = parts(node, "ordered_list")
    if len(bullets) != 1 or len(ordered) != 1:
        return ""
    bins = [head(item)[0] for item in bullets[0].children]
    cards = [head(item) for item in ordered[0].children]
    if any(name is None for name in bins) or any(card is None for card, _ in cards):
        return ""
    others = [child for child in node.children if child not in (bullets[0], ordered[0])]
    how = SORT_HOW if container_name(node) == "sort" else MATCH_HOW
    html = [drawing.title(node), drawing.flow(others), f'<p class="how">{drawing.say(how)}</p>\n']
    for card, rest in cards:
        group = f"s{drawing.number()}"
        choices = "\n".join(
            f'<label><input type="radio" name="{group}"> {drawing.span(name)}</label>'
            for name in bins
            if name
        )
        assert card is not None  # noqa: S101 - looked at above
        html.append(
            f"<fieldset>{drawing.marked(card, 'legend')}\n{choices}\n"
            f"{_others_say(drawing, rest)}</fieldset>\n"
        )
    return f'<div class="{container_name(node)}">\n{"".join(html)}</div>\n'


def _others_say(drawing: Drawing, rest: list[Node]) -> str:
    quoted = [child for child in rest if child.type == "blockquote"]
    plain = drawing.flow([child for child in rest if child.type != "blockquote"])
    if not quoted:
        return plain
    inside = "".join(drawing.flow(quote.children) for quote in quoted)
    return f"{plain}<details><summary>{drawing.say(OTHERS_SAY)}</summary>\n{inside}</details>\n"


def plan_html(drawing: Drawing, node: Node) -> str:
    """Each prompt with a line to write on; nothing has a name, so nothing could be sent."""
    lists, others = parts(node, "ordered_list")
    if len(lists) != 1:
        return ""
    rows = []
    for item in lists[0].children:
        prompt, rest = head(item)
        if prompt is None:
            return ""
        field = '<input type="text" autocomplete="off">'
        rows.append(
            f"<li><label>{drawing.span(prompt)} {field}</label>\n{drawing.flow(rest)}</li>\n"
        )
    how = f'<p class="how">{drawing.say(PLAN_HOW)}</p>\n'
    title = drawing.title(node)
    return (
        f'<div class="plan">\n{title}{drawing.flow(others)}{how}<ol>\n{"".join(rows)}</ol></div>\n'
    )


def reveal_html(drawing: Drawing, node: Node) -> str:
    token = container_token(node)
    title = escape(token.meta["title"]) or drawing.say(SHOW)
    marks = language_marks(token)
    return (
        f'<details class="reveal"><summary{marks}>{title}</summary>\n'
        f"{drawing.flow(node.children)}</details>\n"
    )


def note_html(drawing: Drawing, node: Node) -> str:
    token = container_token(node)
    title = escape(token.meta["title"])
    head = f"<p{language_marks(token)}><strong>{title}</strong></p>\n" if title else ""
    tongue = drawing.tongue(node)
    return f'<div class="note">\n{tongue}{head}{drawing.flow(node.children)}</div>\n'
