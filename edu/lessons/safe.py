"""What may leave the parser: our own pictures, known links, no inline style.

A foreign picture would tell its server the address of every learner, and an inline style is
refused by the content security policy, so neither gets as far as the page.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.token import Token

from edu.lessons.markdown import PARSER

LESSON_ID = re.compile(r"[a-z][a-z0-9]*\.[1-9][0-9]?|pages\.[a-z0-9-]+")
MEDIA = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._-]*")
OUTSIDE = re.compile(r"https?://[^/\s]+", re.IGNORECASE)

#: The address of a lesson or page, from its id.
LinkTo = Callable[[str], str]
_ALIGNED = {"text-align:center": "mid", "text-align:right": "end", "text-align:left": "start"}


def as_written(id: str) -> str:
    return id


def make_safe(tokens: Sequence[Any], link: LinkTo, media: str, *, outside: bool) -> None:
    """Change the tokens of a whole text in place; `outside` lets links to other sites stay."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if style := token.attrs.pop("style", None):
            token.attrSet("class", _ALIGNED.get(str(style), "start"))
        if token.type != "inline":
            continue
        token.children = _safe_children(token.children or [], link, media, outside)
        if language := token.meta.get("language"):
            # A tight list item hides its paragraph; it must show to carry the language,
            # for the item itself may also hold a list in the page's own language.
            before.hidden = False
            before.attrSet("lang", language[0])
            before.attrSet("dir", language[1])
    _show_ends(tokens)


def _show_ends(tokens: Sequence[Any]) -> None:
    for opening, closing in zip(tokens, tokens[2:], strict=False):
        if opening.type == "paragraph_open" and closing.type == "paragraph_close":
            closing.hidden = opening.hidden


def _safe_children(children: list[Any], link: LinkTo, media: str, outside: bool) -> list[Any]:
    kept, refused = [], False
    for child in children:
        if child.type == "link_open":
            refused = not _allow(child, link, outside)
            if refused:
                continue
        elif child.type == "link_close" and refused:
            refused = False
            continue
        elif child.type == "image":
            child = _own_picture(child, media)
        kept.append(child)
    return kept


def _allow(token: Any, link: LinkTo, outside: bool) -> bool:
    address = str(token.attrGet("href"))
    if LESSON_ID.fullmatch(address):
        token.attrSet("href", link(address))
        return True
    if outside and OUTSIDE.match(address):
        token.attrSet("rel", "noopener noreferrer")
        return True
    return False


def _own_picture(token: Any, media: str) -> Any:
    address = str(token.attrGet("src"))
    if MEDIA.fullmatch(address):
        token.attrSet("src", media + address.removeprefix("media/"))
        token.attrSet("loading", "lazy")
        return token
    alternative = PARSER.renderer.renderInlineAsText(token.children or [], PARSER.options, {})  # type: ignore[attr-defined]
    return Token("text", "", 0, content=alternative)
