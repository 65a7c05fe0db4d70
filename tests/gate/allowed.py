"""What a page of ours may be made of, read more strictly than any browser reads.

A browser mends what is broken, and each in its own way. So here every `<` must begin an element
that is written in full and named below; then there is nothing to mend and nothing to differ in.
"""

import html
import re
from html.parser import HTMLParser

_WORDS = """a aside audio b bdi blockquote br button code dd del details div dl dt em fieldset
footer form h1 h2 h3 h4 h5 h6 header hr img input label legend li main nav ol option output p path
pre rect s section select small span strong summary svg table tbody td textarea th thead tr track
ul video"""
_FRAME = "html head body title meta link"
_NAMES = """action alt autocomplete charset checked class colspan content controls d data-exit
dir disabled fill for height hidden href hreflang id kind lang loading max maxlength method min
name open preload rel role rows rowspan scope src start step stroke tabindex title type value
viewBox width x y focusable stroke-width stroke-linecap"""
_ELEMENTS = frozenset(_WORDS.split())
_ATTRIBUTES = frozenset(_NAMES.split())

_ATTRIBUTE = re.compile(r'\s+([A-Za-z][A-Za-z-]*)(?:="([^"<>]*)")?')
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z][A-Za-z-]*(?:=\"[^\"<>]*\")?)*)\s*/?>"
)
_HOME = re.compile(r"(?:#[\w.-]*|/(?!/)[\w./%#?=&-]*|[a-z][a-z0-9]*\.[0-9]+|pages\.[a-z0-9-]+)")
_OUTSIDE = re.compile(r"https?://[^/\s\\]+[^\s]*", re.IGNORECASE)
_OWN_MEDIA = re.compile(r"/?media/[\w./-]*")


def faults(page: str, *, outside: bool = False, whole: bool = False) -> list[str]:
    """What stands in a page that may not; `outside` lets links lead away, `whole` says that this
    is a page with its head and not only a part of its body."""
    known = _ELEMENTS | frozenset(_FRAME.split() if whole else ())
    found: list[str] = []
    for match in _TAG.finditer(page):
        _, name, attributes = match.groups()
        if name not in known:
            found.append(f"the element {name}")
        found += _attributes(attributes, outside=outside)
    rest = _TAG.sub("", page).replace("<!doctype html>", "" if whole else "<")
    if "<" in rest:
        at = rest.index("<")
        found.append(f"a stray < in {rest[at : at + 40]!r}")
    return found


def _attributes(written: str, *, outside: bool) -> list[str]:
    found = []
    for name, value in _ATTRIBUTE.findall(written):
        plain = html.unescape(value)
        if name not in _ATTRIBUTES and not name.startswith("aria-"):
            found.append(f"the attribute {name}")
        elif name in ("href", "action") and not _HOME.fullmatch(plain):
            away = outside and _OUTSIDE.fullmatch(plain) and 'rel="noopener' in written
            found += [] if away else [f"a link to {plain!r}"]
        elif name == "src" and not _OWN_MEDIA.fullmatch(plain):
            found.append(f"something loaded from {plain!r}")
    return found


class Elements(HTMLParser):
    """The elements as Python's own reader of HTML finds them: a second opinion."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag, *(name for name, _ in attrs)]

    def handle_comment(self, data: str) -> None:
        self.found.append("<!--")

    def handle_pi(self, data: str) -> None:
        self.found.append("<?")


def second_opinion(page: str) -> list[str]:
    """Names of elements and attributes that another reader finds and that may not be there."""
    known = {*_ELEMENTS, *_FRAME.split(), *_ATTRIBUTES, "viewbox"}
    found = Elements(page).found
    return [name for name in found if name not in known and not name.startswith("aria-")]
