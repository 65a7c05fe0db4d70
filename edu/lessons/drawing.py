"""The means by which blocks and widgets become HTML: one object for one page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from markdown_it.tree import SyntaxTreeNode as Node

from edu.languages import language
from edu.lessons.brought import Brought
from edu.lessons.lesson import Story
from edu.lessons.markdown import PARSER
from edu.lessons.order import Language
from edu.lessons.words import TABLE, Words, say


@dataclass
class Drawing:
    """Draws the nodes of one text; ids and group names are unique within it."""

    words: Words
    containers: Mapping[str, Callable[["Drawing", Node], str]]
    media: str = "media/"
    sizes: Mapping[str, int] = field(default_factory=dict)
    brought: Mapping[str, Brought] = field(default_factory=dict)
    #: How a picture that is all of a paragraph is drawn; see `figures.py`.
    figure: Callable[["Drawing", Node], str | None] = lambda _drawing, _node: None
    story: Story | None = None
    teller_language: Language | None = None
    _count: int = 0
    _names: set[str] = field(default_factory=set)

    def say(self, message: str) -> str:
        return say(self.words, message)

    def number(self) -> int:
        """The next number that no id on this page has yet."""
        self._count += 1
        return self._count

    def name(self, wanted: str) -> str:
        """`wanted`, or with a number behind it if this page already has such an id."""
        name = wanted
        while name in self._names:
            name = f"{wanted}-{self.number()}"
        self._names.add(name)
        return name

    def flow(self, nodes: Sequence[Node]) -> str:
        """Sibling nodes in order: containers by their own rule, the rest as Markdown says."""
        html, plain = [], list[Node]()
        for node in nodes:
            if container_name(node) in self.containers:
                drawn: str | None = self.containers[container_name(node)](self, node)
            else:
                drawn = self.figure(self, node)
            if drawn is None:
                plain.append(node)
            else:
                html += [self._plain(plain), drawn]
                plain = []
        return "".join([*html, self._plain(plain)])

    def _plain(self, nodes: Sequence[Node]) -> str:
        tokens = [token for node in nodes for token in node.to_tokens()]
        html: str = PARSER.renderer.render(tokens, PARSER.options, {})
        if "<table>" not in html:
            return html
        box = f'<div class="tw" role="group" tabindex="0" aria-label="{self.say(TABLE)}">'
        return html.replace("<table>", f"{box}<table>").replace("</table>", "</table></div>")

    def phrase(self, paragraph: Node) -> str:
        """The inside of a paragraph, without the paragraph."""
        html: str = PARSER.renderer.render(paragraph.children[0].to_tokens(), PARSER.options, {})
        return html

    def marked(self, paragraph: Node, tag: str = "span", attributes: str = "") -> str:
        """A paragraph's text in another element, which says the language if it is a foreign one."""
        marks = language_marks(paragraph.children[0].token)
        return f"<{tag}{attributes}{marks}>{self.phrase(paragraph)}</{tag}>"

    def span(self, paragraph: Node) -> str:
        """A paragraph's text within a line; bare if it stands in the page's language."""
        if language_marks(paragraph.children[0].token):
            return self.marked(paragraph)
        return self.phrase(paragraph)

    def title(self, node: Node, tag: str = "h3") -> str:
        """A container's own title as a heading, or nothing."""
        text = container_token(node).meta["title"]
        if not text:
            return ""
        return f"<{tag}{language_marks(container_token(node))}>{escape(text)}</{tag}>\n"

    def tongue(self, node: Node) -> str:
        """The name of the language of a safety block that speaks another one than the page.

        Such a block was held back until somebody reviews it, so a reader meets the ancestor's
        words unprepared; seeing what language this is, she can ask for help with it.
        """
        if not container_token(node).meta["attributes"].get("safety"):
            return ""
        for token in node.to_tokens():
            found = token.meta.get("language")
            if found is not None:
                return f'<p class="tongue"{marks(found)}>{escape(language(found[0]).autonym)}</p>\n'
        return ""


def language_marks(token: Any) -> str:
    return marks(token.meta.get("language"))


def marks(language: Language | None) -> str:
    if language is None:
        return ""
    return f' lang="{escape(language[0])}" dir="{escape(language[1])}"'


def container_token(node: Node) -> Any:
    assert node.nester_tokens is not None  # noqa: S101 - every container is a pair of tokens
    return node.nester_tokens.opening


def container_name(node: Node) -> str:
    return container_token(node).meta["name"] if node.type == "container_block" else ""


def parts(node: Node, *kinds: str) -> tuple[list[Node], list[Node]]:
    """A node's children of these kinds, and the others."""
    chosen = [child for child in node.children if child.type in kinds]
    return chosen, [child for child in node.children if child.type not in kinds]


def head(item: Node) -> tuple[Node | None, list[Node]]:
    """The paragraph with which a list item begins, and what follows it."""
    if item.children and item.children[0].type == "paragraph":
        return item.children[0], item.children[1:]
    return None, item.children
