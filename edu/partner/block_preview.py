"""A block of a lesson as learners will see it, while it is being written."""

from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from edu.interface import Interface
from edu.languages import Language, language
from edu.lessons.render import render_blocks


@dataclass(frozen=True)
class Preview:
    """The block and the language that its words stand in."""

    html: Markup
    language: Language


def preview(markdown: str, tag: str) -> Preview | None:
    """A block rendered in a language; None while it is no block yet."""
    interface: Interface = current_app.extensions["interface"]
    blocks = render_blocks(markdown, interface.translations(tag).gettext, link=lambda _name: "#")
    if not blocks:
        return None
    html = "".join(block.html for block in blocks)
    return Preview(Markup(html), language(tag))  # noqa: S704 (our own renderer's)
