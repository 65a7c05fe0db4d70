"""Lessons and pages as safe HTML: no raw markup, no inline style or script, no foreign picture.

Everything works without JavaScript, with a keyboard, read aloud, and on paper. Nothing an
author or translator can write ends in an exception: what has not the shape of its widget is
shown as ordinary text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.board import board_html
from edu.lessons.brought import Brought
from edu.lessons.drawing import Drawing, container_name, container_token, language_marks
from edu.lessons.fields import translated_front_matter
from edu.lessons.figures import figure_html, film_html
from edu.lessons.lesson import read_lesson
from edu.lessons.markdown import BLOCKS, parse
from edu.lessons.order import Language, mark_languages
from edu.lessons.questions import questions_html
from edu.lessons.safe import LinkTo, as_written, make_safe
from edu.lessons.story import story_head
from edu.lessons.widgets import note_html, plan_html, reveal_html, sort_html
from edu.lessons.words import BLOCK_TITLES, Words


@dataclass(frozen=True)
class RenderedBlock:
    """One block of a lesson: a `<section>` with its heading; `safety` as its author marked it."""

    name: str
    title: str
    html: str
    safety: str


#: How one kind of container becomes HTML.
Draw = Callable[[Drawing, Node], str]


def english(message: str) -> str:
    return message


def render_blocks(
    text: str,
    words: Words,
    languages: Sequence[Language | None] | None = None,
    *,
    link: LinkTo = as_written,
    media: str = "media/",
    sizes: Mapping[str, int] | None = None,
    brought: Mapping[str, Brought] | None = None,
    containers: Mapping[str, Draw] | None = None,
) -> list[RenderedBlock]:
    """The blocks of a lesson, in the order of the file; what stands between them is left out.

    `words` looks up the interface's words. `languages` holds for each piece of text (numbered
    as in `order.py`) the (tag, direction) it stands in, or None for the page's own language;
    ValueError if there are not as many as pieces. `link` turns a lesson id into an address,
    `media` is what `media/` becomes, `sizes` gives the bytes of files (`media/amina.opus`).
    `brought` are pictures and films of partners by the names that the text has for them.
    `containers` draw it otherwise than for a screen; see `on_paper.py`.
    """
    drawing = Drawing(
        words,
        containers or CONTAINERS,
        media=media,
        sizes=sizes or {},
        brought=brought or {},
        figure=figure_html,
    )
    blocks = []
    for node in _nodes(text, drawing, languages, link, outside=False):
        if container_name(node) in BLOCKS:
            meta = container_token(node).meta
            html = drawing.flow([node])
            safety = meta["attributes"].get("safety", "")
            blocks.append(RenderedBlock(meta["name"], meta["title"], html, safety))
    return blocks


def render_fragment(
    text: str,
    words: Words = english,
    languages: Sequence[Language | None] | None = None,
    *,
    link: LinkTo = as_written,
    media: str = "media/",
    sizes: Mapping[str, int] | None = None,
) -> str:
    """The body of any Markdown file: plain pages with their notes, lessons with all they hold.

    Unlike in a lesson, links to other sites stay.
    """
    drawing = Drawing(words, CONTAINERS, media=media, sizes=sizes or {}, figure=figure_html)
    return drawing.flow(_nodes(text, drawing, languages, link, outside=True))


def _nodes(
    text: str,
    drawing: Drawing,
    languages: Sequence[Language | None] | None,
    link: LinkTo,
    *,
    outside: bool,
) -> list[Node]:
    """The safe tree of a text; tells the drawing about the story in the front matter."""
    tokens = parse(text)
    heads: list[Language | None] = []
    if languages is not None:
        heads = mark_languages(text, tokens, languages)
    make_safe(tokens, link, drawing.media, drawing.brought, outside=outside)
    lesson, _ = read_lesson(text, file="", id="")
    if lesson is not None and lesson.story is not None:
        drawing.story = lesson.story
        names = [name for name, _ in translated_front_matter(text)]
        drawing.teller_language = dict(zip(names, heads, strict=False)).get("story.teller")
    return Node(tokens).children


def heading(drawing: Drawing, node: Node) -> str:
    """The heading of a block: its usual name, and its own title behind it."""
    own = container_token(node).meta["title"]
    usual = drawing.say(BLOCK_TITLES[container_name(node)])
    marks = language_marks(container_token(node))
    own_html = f"<span{marks}>{escape(own)}</span>" if marks else escape(own)
    return f"<h2><small>{usual}</small> {own_html}</h2>" if own else f"<h2>{usual}</h2>"


def _section(drawing: Drawing, node: Node) -> str:
    name = container_name(node)
    if name == "check":
        inside = questions_html(drawing, node.children)
    else:
        inside = drawing.flow(node.children)
    if name == "meet":
        inside = f'{story_head(drawing)}<div class="told">\n{inside}</div>\n'
    return (
        f'<section class="b {name}" id="{drawing.name(f"b-{name}")}">{heading(drawing, node)}\n'
        f"{drawing.tongue(node)}{inside}</section>\n"
    )


def _or_as_it_is(widget: Draw) -> Draw:
    def draw(drawing: Drawing, node: Node) -> str:
        return widget(drawing, node) or drawing.title(node) + drawing.flow(node.children)

    return draw


CONTAINERS: Mapping[str, Draw] = {
    **dict.fromkeys(BLOCKS, _section),
    "sort": _or_as_it_is(sort_html),
    "match": _or_as_it_is(sort_html),
    "board": _or_as_it_is(board_html),
    "plan": _or_as_it_is(plan_html),
    "reveal": reveal_html,
    "note": note_html,
    "film": film_html,
}
