"""A block of a lesson as learners will see it, while it is being written."""

from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from edu.interface import Interface
from edu.languages import Language, language
from edu.lessons.placing import FIRST, put_in
from edu.lessons.render import render_blocks
from edu.partner.media_access import shown_at_desk


@dataclass(frozen=True)
class Preview:
    """The block and the language that its words stand in."""

    html: Markup
    language: Language


def preview(markdown: str, tag: str, block: str = "") -> Preview | None:
    """A block rendered in a language; None while it is no block yet. With `block`, a picture or
    film alone in a block of that name."""
    if block:
        alone = put_in(f"::: {block}\n:::\n", markdown, FIRST)
        markdown = alone.text if alone is not None else ""
    brought = shown_at_desk(tag, [markdown])
    interface: Interface = current_app.extensions["interface"]
    words = interface.translations(tag).gettext
    blocks = render_blocks(markdown, words, link=lambda _name: "#", brought=brought)
    if not blocks:
        return None
    html = "".join(block.html for block in blocks)
    return Preview(Markup(html), language(tag))  # noqa: S704 (our own renderer's)
