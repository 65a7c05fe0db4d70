"""Pictures and films that partners bring: how a text names them, and what a page knows of them.

A picture is a paragraph of its own, `![what it shows](media/own-….jpg)`. A film stands in a
container, with what is said in it below:

    ::: film
    ![what it shows](media/own-….mp4)

    What is said in the film.
    :::
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

#: What a partner brought, as a text names it; the name was drawn by lot and tells nothing.
BROUGHT = re.compile(r"media/(own-[a-z]{16})\.(?:jpg|mp4)")
#: The form in which each file of it lies, and how that ends.
ENDINGS = {"small": ".jpg", "large": ".jpg", "still": ".jpg", "film": ".mp4", "captions": ".vtt"}
SMALL_WIDTH = 360


@dataclass(frozen=True)
class Brought:
    """A picture or a film as a page needs it. `at` begins the addresses of its files, `sizes`
    gives their bytes by their forms; `teller` is named where a real person tells of her life."""

    at: str
    width: int
    height: int
    sizes: Mapping[str, int] = field(default_factory=dict)
    seconds: int = 0
    credit: str = ""
    teller: str = ""
    spoken: str = ""
    #: It is still being made small: only whoever works on it meets it so.
    waits: bool = False

    def address(self, name: str, form: str) -> str:
        """Where one of its files lies; `name` as a text says it."""
        return escape(f"{self.at}{file_name(name, form)}")


def file_name(name: str, form: str) -> str:
    """What a file is called: `own-….jpg` and `small` give `own-…-small.jpg`."""
    stem = name.removeprefix("media/").partition(".")[0]
    return f"{stem}-{form}{ENDINGS[form]}"


def names_in(text: str) -> list[str]:
    """The names of everything brought that a text speaks of: `own-…`, each once."""
    return list(dict.fromkeys(match[1] for match in BROUGHT.finditer(text)))
