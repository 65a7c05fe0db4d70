"""The board of two lines as HTML: illness runs along the line of writing, wellbeing upwards.

Two questions are asked of each moment. The stylesheet moves the dot from the radio buttons
alone, which is why these stand as flat siblings before the square.
"""

from html import escape

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.drawing import Drawing, container_token, language_marks, parts
from edu.lessons.words import (
    BETWEEN,
    BOARD_HOW,
    HOW_MUCH_ILLNESS,
    HOW_MUCH_WELLBEING,
    ILLNESS_AXIS,
    ILLNESS_LEVELS,
    MOMENT,
    ONE_WAY,
    QUARTERS,
    WELLBEING_AXIS,
    WELLBEING_LEVELS,
)

#: The part of each line on which a level stands: low, in between or high.
_THIRDS = ("l", "l", "m", "h", "h")


def board_html(drawing: Drawing, node: Node) -> str:
    """One square per moment of the ordered list, or "" if there is no such list."""
    lists, others = parts(node, "ordered_list")
    if len(lists) != 1:
        return ""
    moments = lists[0].children
    token = container_token(node)
    who = escape(token.meta["title"])
    who = f"<span{language_marks(token)}>{who}</span>" if language_marks(token) else who
    drawn = "".join(
        _moment(drawing, item, _legend(drawing, who, number, len(moments)))
        for number, item in enumerate(moments, start=1)
    )
    how = f'<p class="how">{drawing.say(BOARD_HOW)}</p>\n'
    return f'<div class="boards">\n{how}{drawing.flow(others)}{drawn}</div>\n'


def _legend(drawing: Drawing, who: str, number: int, total: int) -> str:
    text = drawing.say(MOMENT)
    for name, value in (("name", who), ("number", number), ("total", total)):
        text = text.replace(f"%({name})s", str(value))
    return text


def _moment(drawing: Drawing, item: Node, legend: str) -> str:
    quoted, told = parts(item, "blockquote")
    for child in told:
        if child.type == "paragraph" and child.nester_tokens:
            child.nester_tokens.opening.hidden = child.nester_tokens.closing.hidden = False
    group = f"w{drawing.number()}"
    views = "".join(drawing.flow(quote.children) for quote in quoted)
    seen = f"<details><summary>{drawing.say(ONE_WAY)}</summary>\n{views}</details>\n"
    return (
        f'<fieldset class="board"><legend>{legend}</legend>\n{drawing.flow(told)}'
        f"{two_lines(drawing, group)}{seen if quoted else ''}</fieldset>\n"
    )


def two_lines(drawing: Drawing, group: str) -> str:
    """Both questions, and the square in which their answers meet."""
    return (
        f"{_row(drawing, f'{group}i', 'i', HOW_MUCH_ILLNESS, ILLNESS_LEVELS)}"
        f"{_row(drawing, f'{group}w', 'w', HOW_MUCH_WELLBEING, WELLBEING_LEVELS)}"
        f"{_square(drawing)}"
    )


def _row(drawing: Drawing, group: str, axis: str, question: str, levels: tuple[str, ...]) -> str:
    """Five flat radios; each label says the question to ears, so no wrapper is needed."""
    asked = drawing.say(question)
    html = [f'<p class="ask" aria-hidden="true">{asked}</p>\n']
    for number, level in enumerate(levels):
        id = f"{group}{number}"
        # In this order the lines are so alike that they pack best.
        html.append(
            f'<input id="{id}" name="{group}" type="radio"'
            f' class="{axis}{number} {axis}{_THIRDS[number]}">'
            f'<label for="{id}"><span class="vh">{asked} </span>{drawing.say(level)}</label>\n'
        )
    return "".join(html)


def _square(drawing: Drawing) -> str:
    """The picture is for the eye; the line below it says the same to everybody."""
    quarters = "".join(
        f'<span class="q{"h" if ill else "l"}{"h" if well else "l"}">{drawing.say(name)}</span>'
        for (ill, well), name in QUARTERS.items()
    )
    return (
        f'<p class="ay" aria-hidden="true">{drawing.say(WELLBEING_AXIS)}</p>\n'
        f'<div class="square"><i class="dot"></i><div aria-hidden="true">{quarters}</div></div>\n'
        f'<p class="ax" aria-hidden="true">{drawing.say(ILLNESS_AXIS)}</p>\n'
        f'<p class="out" role="status">{quarters}'
        f'<span class="qm">{drawing.say(BETWEEN)}</span></p>\n'
    )
