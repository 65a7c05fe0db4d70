"""Two maps that somebody draws for herself alone: how she is on two lines, and what carries her in
three rings. They are drawn by the stylesheet from what is ticked; no script, no form, no store."""

from markupsafe import Markup

from edu.lessons.board import two_lines
from edu.lessons.drawing import Drawing
from edu.lessons.words import Words

#: Where somebody's own map is drawn.
MAPS = "/maps/"


def own_two_lines(words: Words) -> Markup:
    """The square of the lessons, about nobody. Browsers that fill in again what was ticked when a
    page is opened anew are asked not to."""
    drawn = two_lines(Drawing(words, {}), "m")
    return Markup(drawn.replace("<input ", '<input autocomplete="off" '))  # noqa: S704 (our own)
