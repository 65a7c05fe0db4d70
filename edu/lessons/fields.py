"""Reading the values an author wrote at the head of a file, with a line for every complaint."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from edu.lessons.markdown import tokens_of
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_

#: Values of a lesson's or page's front matter that are translated; `story.teller` is nested.
TRANSLATED = ("title", "summary", "message", "content_note", "story.teller")
_MISSING = N_("'%(key)s' is missing.")
_WHOLE = N_("'%(key)s' must be a whole number from %(low)s to %(high)s.")
_UNKNOWN = N_("'%(key)s' does not know '%(word)s'; use %(known)s.")


@dataclass
class Fields:
    """Named values with their lines; each getter notes a mistake instead of raising.

    A nested value has a dotted name (`story.teller`). A getter returns an empty value when
    something is missing or of the wrong kind, so that reading goes on to the next mistake.
    """

    file: str
    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def complain(self, name: str, message: str, *, blocks: bool = True) -> None:
        parent = name.rpartition(".")[0]
        line = self.lines.get(name, self.lines.get(parent, 1))
        self.mistakes.append(Mistake(self.file, line, message, blocks))

    def only(self, known: Collection[str], within: str = "") -> None:
        """Note every name that nobody will ever read: most often a typing mistake."""
        for name in self.lines:
            parent, _, last = name.rpartition(".")
            if parent == within and last not in known:
                self.complain(name, Message(N_("The key '%(key)s' is not known here."), key=last))

    def text(self, name: str, *, required: bool = True) -> str:
        value = self.values.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is None or value == "":
            if required:
                self.complain(name, Message(_MISSING, key=name))
        else:
            self.complain(name, Message(N_("'%(key)s' must be text; put it in quotes."), key=name))
        return ""

    def whole(self, name: str, low: int, high: int, *, required: bool = True) -> int:
        value = self.values.get(name)
        if value is None and not required:
            return 0
        if type(value) is int and low <= value <= high:
            return value
        self.complain(name, Message(_WHOLE, key=name, low=low, high=high))
        return low

    def words(
        self, name: str, known: Collection[str] = (), *, required: bool = True
    ) -> tuple[str, ...]:
        """A list of short texts, each one of `known` if any are given."""
        value = self.values.get(name)
        if value is None or value == []:
            if required:
                self.complain(name, Message(_MISSING, key=name))
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.complain(name, Message(N_("'%(key)s' must be a list of texts."), key=name))
            return ()
        for word in value:
            if known and word not in known:
                self.complain(name, Message(_UNKNOWN, key=name, word=word, known=", ".join(known)))
        return tuple(value)

    def day(self, name: str) -> date | None:
        value = self.values.get(name)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None


def read_front_matter(text: str, file: str) -> Fields:
    """The YAML between the first two `---` lines; what cannot be read becomes a mistake."""
    tokens = tokens_of(text)
    if not tokens or tokens[0].type != "front_matter":
        message = Message(N_("The front matter between '---' is missing."))
        return Fields(file, mistakes=[Mistake(file, 1, message)])
    try:
        node, values = _read_yaml(tokens[0].content)
    except _NotRead as error:
        return Fields(file, mistakes=[Mistake(file, error.line, error.message)])
    fields = Fields(file, dict(_flat(values)))
    fields.lines = dict(_lines(node, fields))
    return fields


@dataclass
class _NotRead(Exception):
    line: int
    message: str


# One text is read for its title, its story, its blocks, on page after page; YAML is slow.
@lru_cache(maxsize=256)
def _read_yaml(source: str) -> tuple[yaml.MappingNode, Mapping[str, Any]]:
    try:
        # An alias can make a small file unfold into a huge one, and no lesson needs any.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, yaml.SafeLoader)):
            raise _NotRead(1, Message(N_("YAML aliases (*name) are not used here.")))
        node = yaml.compose(source, yaml.SafeLoader)
        values = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 2 if mark else 1
        message = Message(N_("The front matter is no YAML: %(problem)s."), problem=problem)
        raise _NotRead(line, message) from error
    if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
        raise _NotRead(1, Message(N_("The front matter must be 'key: value' lines.")))
    return node, values


def _flat(values: Mapping[Any, Any], within: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in values.items():
        found.append((f"{within}{key}", value))
        if isinstance(value, dict):
            found += _flat(value, f"{within}{key}.")
    return found


def _lines(node: yaml.MappingNode, fields: Fields, within: str = "") -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for key, value in node.value:
        name, line = f"{within}{key.value}", key.start_mark.line + 2
        if name in dict(found):
            message = Message(N_("The key '%(key)s' stands here twice."), key=name)
            fields.mistakes.append(Mistake(fields.file, line, message))
        found.append((name, line))
        if isinstance(value, yaml.MappingNode):
            found += _lines(value, fields, f"{name}.")
    return found


def read_toml(text: str, file: str) -> Fields:
    """The top level of a TOML file."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = str(error).rpartition("(at line ")[2].partition(",")[0]
        line = int(place) if place.isdecimal() else text.rstrip().count("\n") + 1
        message = Message(N_("This is no TOML: %(problem)s."), problem=str(error))
        return Fields(file, mistakes=[Mistake(file, line, message)])
    lines: dict[str, int] = {}
    for number, written in enumerate(text.split("\n"), start=1):
        key, equals, _ = written.partition("=")
        if equals and key.strip() in values:
            lines.setdefault(key.strip(), number)
    return Fields(file, values, {name: lines.get(name, 1) for name in values})


# Each page of a learner's way names its lessons, and reading YAML is slow.
@lru_cache(maxsize=512)
def translated_front_matter(text: str) -> tuple[tuple[str, str], ...]:
    """(name, text) of each translated value, in the order in which they stand in the file."""
    fields = read_front_matter(text, "")
    return tuple(
        (name, value.strip())
        for name in fields.lines
        if name in TRANSLATED
        and isinstance(value := fields.values.get(name), str)
        and value.strip()
    )
