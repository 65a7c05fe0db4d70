"""The check at the end of a lesson as HTML: open an answer and read what it leads to.

It is no test. There are no marks, any number of tries, and nothing that could be sent.
"""

import re

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.drawing import Drawing, head, language_marks
from edu.lessons.words import CHOOSE, GOOD_ANSWER, LOOK_AGAIN

MARK = re.compile(r"\[([ xX])\]\s+")


def questions_html(drawing: Drawing, nodes: list[Node]) -> str:
    """The inside of a `check` block; a list that is no questions is shown as it is."""
    html = [f'<p class="how">{drawing.say(CHOOSE)}</p>\n']
    for node in nodes:
        asked = (
            [_question(drawing, item) for item in node.children]
            if node.type == "ordered_list"
            else [""]
        )
        html += asked if all(asked) else [drawing.flow([node])]
    return "".join(html)


def _question(drawing: Drawing, item: Node) -> str:
    asked, rest = head(item)
    lists = [child for child in rest if child.type == "bullet_list"]
    if asked is None or len(lists) != 1 or not all(map(_is_option, lists[0].children)):
        return ""
    name = f"c{drawing.number()}"
    options = "".join(_option(drawing, option, name) for option in lists[0].children)
    more = drawing.flow([child for child in rest if child is not lists[0]])
    text = drawing.marked(asked, "p", f' class="qt" id="{name}"')
    return f'<div class="q" role="group" aria-labelledby="{name}">{text}\n{more}{options}</div>\n'


def _is_option(item: Node) -> bool:
    text, _ = head(item)
    return text is not None and MARK.match(text.children[0].content) is not None


def _option(drawing: Drawing, item: Node, name: str) -> str:
    text, feedback = head(item)
    assert text is not None  # noqa: S101 - _is_option has looked
    token = text.children[0].token
    assert token is not None  # noqa: S101 - an inline node has one token
    good = token.content[1] != " "
    first = (token.children or [])[0]
    first.content = MARK.sub("", first.content, count=1)
    word = drawing.say(GOOD_ANSWER if good else LOOK_AGAIN)
    said = "".join(
        drawing.flow(child.children if child.type == "blockquote" else [child])
        for child in feedback
    )
    kind, sign = ("good", "✓") if good else ("again", "↺")
    return (
        f'<details name="{name}"><summary{language_marks(token)}>{drawing.phrase(text)}</summary>'
        f'\n<div class="{kind}"><p class="fw"><span aria-hidden="true">{sign}</span> {word}</p>\n'
        f"{said}</div></details>\n"
    )
