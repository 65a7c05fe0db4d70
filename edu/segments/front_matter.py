"""The values of a front matter that are translated, and how a value is written back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from edu.segments.escape import one_line
from edu.segments.segment import fold_to_line
from edu.segments.source import Source

#: Keys whose value is for readers, at any depth; all other values are for the program.
TRANSLATABLE = frozenset({"title", "summary", "message", "content_note", "description", "teaser"})
#: Keys that are for readers only where they stand.
TRANSLATABLE_PATHS = frozenset({"story.teller"})

_STRING = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class Value:
    """One string of the front matter; `quote` is its style: none, ', ", | or >."""

    path: str
    text: str
    start: int
    end: int
    quote: str
    in_brackets: bool

    def written(self, words: str) -> str:
        """The words in the value's own style, or double-quoted where that would not be read."""
        words = one_line(words)
        if self.quote in ("|", ">"):
            return words
        single = "'" + words.replace("'", "''") + "'"
        double = yaml.safe_dump(words, default_style='"', allow_unicode=True, width=10**9).strip()
        plain = {"'": single, '"': double}.get(self.quote, words)
        return next(
            (form for form in (plain, single, double) if self._is_read_as(form, words)), double
        )

    def _is_read_as(self, form: str, words: str) -> bool:
        probe = "{k: [%s]}" if self.in_brackets else "k: %s"
        wanted = [words] if self.in_brackets else words
        try:
            return bool(yaml.safe_load(probe % form) == {"k": wanted})
        except (yaml.YAMLError, ValueError):
            return False


def compose(text: str) -> yaml.Node | None:
    """The front matter's nodes with their places; None when it is not valid YAML."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return node


def scalars(
    node: yaml.Node | None, path: str = "", in_brackets: bool = False
) -> Iterator[tuple[str, yaml.ScalarNode, bool]]:
    """Every scalar value with its dotted path, and whether it stands in `{}` or `[]`."""
    if isinstance(node, yaml.ScalarNode):
        yield path, node, in_brackets
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from scalars(child, f"{path}[]", in_brackets or bool(node.flow_style))
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            name = str(key.value)
            below = f"{path}.{name}" if path else name
            yield from scalars(child, below, in_brackets or bool(node.flow_style))


def is_translatable(path: str) -> bool:
    """Whether the value at this path is for readers."""
    return path in TRANSLATABLE_PATHS or path.rpartition(".")[2] in TRANSLATABLE


def _bounds(content: str, node: yaml.ScalarNode) -> tuple[int, int]:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):  # after the indicator's line, without indentation and end
        start = content.index("\n", start) + 1
        body = content[start:end]
        start += len(body) - len(body.lstrip())
        end = start + len(body.strip())
    return start, end


def values(source: Source, token: Any) -> Iterator[Value]:
    """The translatable strings of a front matter token, in order."""
    offset = source.starts[token.map[0] + 1]
    for path, node, in_brackets in scalars(compose(token.content)):
        text = fold_to_line(str(node.value))
        if not is_translatable(path) or node.tag != _STRING or not text:
            continue
        # A value with a tag or an anchor serves the program too; aliases lead to it again.
        if token.content[node.start_mark.index] in "!&":
            continue
        start, end = _bounds(token.content, node)
        yield Value(path, text, offset + start, offset + end, node.style or "", in_brackets)


def outline(content: str) -> list[tuple[str, str, str]]:
    """What a translation may not change: paths, types, and values that are not for readers."""
    return [
        (path, node.tag, "" if is_translatable(path) else str(node.value))
        for path, node, _ in scalars(compose(content))
    ]
