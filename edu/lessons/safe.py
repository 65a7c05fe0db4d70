"""What may leave the parser: our own pictures, known links, no inline style.

A foreign picture would tell its server the address of every learner, and an inline style is
refused by the content security policy, so neither gets as far as the page.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from edu.lessons.brought import BROUGHT, Brought
from edu.lessons.markdown import PARSER

LESSON_ID = re.compile(r"[a-z][a-z0-9]*\.[1-9][0-9]?|pages\.[a-z0-9-]+")
MEDIA = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._-]*")
#: How the name of a film ends.
FILMS = (".mp4", ".webm")
OUTSIDE = re.compile(r"https?://[^/\s]+", re.IGNORECASE)

#: The address of a lesson or page, from its id.
LinkTo = Callable[[str], str]
_ALIGNED = {"text-align:center": "mid", "text-align:right": "end", "text-align:left": "start"}


def as_written(id: str) -> str:
    return id


def make_safe(
    tokens: Sequence[Any],
    link: LinkTo,
    media: str,
    brought: Mapping[str, Brought],
    *,
    outside: bool,
) -> None:
    """Change the tokens of a whole text in place; `outside` lets links to other sites stay.
    `brought` are the pictures and films of partners that may be shown, by their names."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if style := token.attrs.pop("style", None):
            token.attrSet("class", _ALIGNED.get(str(style), "start"))
        if token.type != "inline":
            continue
        token.children = _safe_children(token.children or [], link, media, brought, outside)
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


def _safe_children(
    children: list[Any], link: LinkTo, media: str, brought: Mapping[str, Brought], outside: bool
) -> list[Any]:
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
            child = _own_picture(child, media, brought)
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


def _own_picture(token: Any, media: str, brought: Mapping[str, Brought]) -> Any:
    address = str(token.attrGet("src"))
    if BROUGHT.fullmatch(address) and address not in brought:
        # It was withdrawn: nothing of it is left, not even what it showed.
        return _words("", address)
    if not MEDIA.fullmatch(address):
        return _words(_alternative(token))
    if address.lower().endswith(FILMS):
        return _words(_alternative(token), address)
    if address in brought:
        token.meta["named"], token.content = address, _alternative(token)
        token.attrSet("src", brought[address].address(address, "small"))
    else:
        token.attrSet("src", media + address.removeprefix("media/"))
    token.attrSet("loading", "lazy")
    return token


def _words(text: str, named: str = "") -> Any:
    """Words in the place of a picture; `named` is what they stand for, which `figures.py` draws
    where it stands alone."""
    return Token("text", "", 0, content=text, meta={"named": named} if named else {})


def _alternative(token: Any) -> str:
    shown: str = PARSER.renderer.renderInlineAsText(token.children or [], PARSER.options, {})  # type: ignore[attr-defined]
    return shown
