"""Pictures and films that partners brought, as HTML.

Nothing is loaded before a learner asks for it, but the picture that is on the screen and the still
of a film. What was withdrawn leaves nothing behind.
"""

from html import escape
from typing import Any

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.brought import BROUGHT, SMALL_WIDTH, Brought
from edu.lessons.drawing import Drawing, language_marks
from edu.lessons.words import FILM_WAITS, RECORDED, SAID_IN_FILM, WATCH, WATCH_PLAIN


def named_in(node: Node) -> Any:
    """The token that names a picture or film, where it is all of a paragraph; or None."""
    inline = node.children[0].token if node.type == "paragraph" and node.children else None
    children = inline.children or [] if inline is not None else []
    filled = [each for each in children if each.content.strip() or each.meta.get("named")]
    return filled[0] if len(filled) == 1 and filled[0].meta.get("named") else None


def figure_html(drawing: Drawing, node: Node) -> str | None:
    """A picture that is all of a paragraph, with who made it; nothing where it was withdrawn, and
    None where the paragraph is none."""
    image = named_in(node)
    if image is None:
        return None
    name = str(image.meta["named"])
    found = drawing.brought.get(name)
    if found is None or "small" not in found.sizes:
        return "" if BROUGHT.fullmatch(name) else None
    credit = f'<figcaption class="hint"><bdi>{escape(found.credit)}</bdi></figcaption>'
    marks = language_marks(node.children[0].token)
    return (
        f"<figure{marks}>{picture_html(found, name, image.content)}"
        f"{credit if found.credit else ''}</figure>\n"
    )


def picture_html(found: Brought, name: str, shows: str) -> str:
    """The picture in the size that fits the screen, once it is near it."""
    small = found.address(name, "small")
    sizes = ""
    if "large" in found.sizes:
        large = found.address(name, "large")
        sizes = (
            f' srcset="{small} {SMALL_WIDTH}w, {large} {found.width}w"'
            ' sizes="(max-width:44rem) 92vw, 42rem"'
        )
    return (
        f'<img src="{small}"{sizes} alt="{escape(shows)}" width="{found.width}"'
        f' height="{found.height}" loading="lazy">'
    )


def film_html(drawing: Drawing, node: Node) -> str:
    """A film with its size before anything of it is loaded, and what is said in it below."""
    film, said = _film_and_said(node)
    if film is None:
        return drawing.flow(node.children)
    name = str(film.meta["named"])
    found = drawing.brought.get(name)
    if found is None and BROUGHT.fullmatch(name):
        return ""
    if found is None:
        player = _plain_player(drawing, name)
    elif found.waits:
        player = f'<p class="note">{drawing.say(FILM_WAITS)}</p>\n'
    else:
        player = _teller(drawing, found) + _player(drawing, found, name, film.content)
    return f"<figure{_marks(node)}>\n{player}{_told(drawing, film, said, found)}</figure>\n"


def film_on_paper(drawing: Drawing, node: Node) -> str:
    """What is said in a film, for people without a screen."""
    film, said = _film_and_said(node)
    if film is None:
        return drawing.flow(node.children)
    name = str(film.meta["named"])
    if BROUGHT.fullmatch(name) and name not in drawing.brought:
        return ""
    return f"<p><b{_marks(node)}>{escape(film.content)}</b></p>\n{drawing.flow(said)}"


def _film_and_said(node: Node) -> tuple[Any, list[Node]]:
    """The token that names the film, and what is said in it; None where it names none."""
    first = node.children[0] if node.children else None
    film = named_in(first) if first is not None else None
    return film, node.children[1:]


def _marks(node: Node) -> str:
    return language_marks(node.children[0].children[0].token)


def _teller(drawing: Drawing, found: Brought) -> str:
    if not found.teller:
        return ""
    name = f"<bdi>{escape(found.teller)}</bdi>"
    return f'<p class="teller"><b>{drawing.say(RECORDED)}</b> {name}</p>\n'


def _player(drawing: Drawing, found: Brought, name: str, shows: str) -> str:
    address = found.address(name, "film")
    told = drawing.say(WATCH).replace("%(size)s", str(-(-found.sizes["film"] // 1024)))
    minutes = f'<bdi dir="ltr">{found.seconds // 60}:{found.seconds % 60:02}</bdi>'
    track = ""
    if "captions" in found.sizes:
        track = (
            f'<track kind="captions" srclang="{escape(found.spoken)}"'
            f' src="{found.address(name, "captions")}" default>'
        )
    return (
        f'<p class="how"><a href="{address}">{told}</a> {minutes}</p>\n'
        f'<video controls preload="none" playsinline width="{found.width}"'
        f' height="{found.height}" poster="{found.address(name, "still")}"'
        f' aria-label="{escape(shows)}" src="{address}">{track}</video>\n'
    )


def _plain_player(drawing: Drawing, name: str) -> str:
    """A film that an author laid beside the lesson."""
    size = drawing.sizes.get(name)
    told = drawing.say(WATCH_PLAIN)
    if size is not None:
        told = drawing.say(WATCH).replace("%(size)s", str(-(-size // 1024)))
    address = drawing.media + escape(name.removeprefix("media/"))
    captions = name.rpartition(".")[0] + ".vtt"
    track = ""
    if captions in drawing.sizes:
        beside = drawing.media + escape(captions.removeprefix("media/"))
        track = f'<track kind="captions" src="{beside}">'
    return (
        f'<p class="how"><a href="{address}">{told}</a></p>\n'
        f'<video controls preload="none" src="{address}">{track}</video>\n'
    )


def _told(drawing: Drawing, film: Any, said: list[Node], found: Brought | None) -> str:
    words = drawing.flow(said)
    below = f"<details><summary>{drawing.say(SAID_IN_FILM)}</summary>\n{words}</details>\n"
    credit = escape(found.credit) if found is not None else ""
    return f"<figcaption>{escape(film.content)}</figcaption>\n{below if words else ''}" + (
        f'<p class="hint"><bdi>{credit}</bdi></p>\n' if credit else ""
    )
