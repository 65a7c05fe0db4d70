"""The one Markdown parser of the house: what renders a lesson also cuts it into segments.

CommonMark with tables and strikethrough, front matter and fenced containers. Raw HTML is
off: a partner's text can never become markup, whatever it holds.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

#: The parts of a lesson, in the order in which a learner meets them.
BLOCKS = ("idea", "here", "meet", "do", "check", "us", "support", "facilitator")
#: Activities that stand inside `do`; each works on paper and without a script.
WIDGETS = ("sort", "match", "board", "plan", "reveal")
#: A film with what is said in it; it stands in any block.
FILM = "film"
#: A box on a plain page.
NOTES = ("note",)
CONTAINERS = frozenset((*BLOCKS, *WIDGETS, *NOTES, FILM))

# Lists in lists in quotations: deeper than this, markdown-it drops the text silently,
# which a check reports; the default of 20 is only about ten levels of list.
_MAX_NESTING = 60


def container_info(info: str) -> dict[str, Any]:
    """Read `do safety=law Sort the words` as its name, attributes and title."""
    name, _, rest = info.strip().partition(" ")
    attributes: dict[str, str] = {}
    rest = rest.strip()
    while rest:
        word, _, after = rest.partition(" ")
        key, equals, value = word.partition("=")
        if not (equals and key.isidentifier() and value):
            break
        attributes[key] = value
        rest = after.strip()
    return {"name": name, "attributes": attributes, "title": rest}


def _is_ours(params: str, *_: Any) -> bool:
    return bool(params.strip()) and params.split()[0] in CONTAINERS


def _describe_containers(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "container_block_open":
            token.meta = container_info(token.info)


def _end_last_line(state: StateCore) -> None:
    # Block rules read one line further than a text goes that does not end in a line end.
    if not state.src.endswith("\n"):
        state.src += "\n"


def make_parser() -> MarkdownIt:
    """A parser of its own for callers that add render rules; the grammar is the same for all."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.use(front_matter_plugin)
    parser.use(container_plugin, "block", validate=_is_ours)
    parser.core.ruler.after("normalize", "end_last_line", _end_last_line)
    parser.core.ruler.push("describe_containers", _describe_containers)
    return parser


#: Shared parser for everything that only reads tokens.
PARSER = make_parser()


def parse(source: str) -> Sequence[Any]:
    """The block tokens of a Markdown text; `token.map` gives lines from 0, end not included. They
    are the caller's own, who may mark them."""
    return PARSER.parse(source)


@lru_cache(maxsize=128)
def tokens_of(source: str) -> Sequence[Any]:
    """The same for those who only look: one text is asked many questions, and parsed once."""
    return tuple(PARSER.parse(source))
