"""A page as its readers meet it: every text with its language and direction, and every link."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"br", "col", "embed", "hr", "img", "input", "link", "meta", "source"})


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str]
    language: str
    direction: str


@dataclass
class Seen(HTMLParser):
    """Reads a page whole; `texts` are (language, direction, words), in order."""

    page: str
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    #: What each script in the page says.
    scripts: list[str] = field(default_factory=list)
    #: Elements that were opened and never closed, or closed and never opened.
    loose: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[_Element] = []
        self.feed(self.page)
        self.close()
        self.loose += [element.tag for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        above = self._open[-1] if self._open else _Element("", {}, "", "")
        element = _Element(
            tag,
            attributes,
            attributes.get("lang", above.language),
            attributes.get("dir", above.direction),
        )
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1].tag == tag:
            self._open.pop()
        else:
            self.loose.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if self._open and self._open[-1].tag == "script":
            self.scripts.append(data)
        elif words and self._open:
            self.texts.append((self._open[-1].language, self._open[-1].direction, words))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind."""
        return [element.attributes for element in self.elements if element.tag == tag]

    def language_of(self, words: str) -> list[tuple[str, str]]:
        """In which languages and directions exactly these words stand."""
        return sorted({(lang, way) for lang, way, text in self.texts if text == words})

    @property
    def addresses(self) -> list[str]:
        """Everything an attribute points to."""
        names = ("href", "src", "action", "formaction", "poster", "data", "srcset")
        return [
            element.attributes[name]
            for element in self.elements
            for name in names
            if name in element.attributes
        ]
