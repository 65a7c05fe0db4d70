"""XML from strangers: no document type, so no entities; nothing that names another file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import DefusedXMLParser  # type: ignore[import-untyped]

from edu.gate.refused import refuse
from edu.gate.text import read_text
from edu.lessons.mistakes import Message, Value
from edu.lessons.words import N_

_MOST_ELEMENTS = 200_000
_DEEPEST = 40
_MOST_ATTRIBUTES = 30
_LONGEST_ATTRIBUTE = 10_000
_LONGEST_TEXT = 100_000
_INCLUDE = "{http://www.w3.org/2001/XInclude}"

_XLIFF_1, _XLIFF_2 = (
    "urn:oasis:names:tc:xliff:document:1.2",
    "urn:oasis:names:tc:xliff:document:2.0",
)
#: How the outermost element of each kind is called.
_ROOTS = {
    "xliff": (f"{{{_XLIFF_1}}}xliff", f"{{{_XLIFF_2}}}xliff", "xliff"),
    "tmx": ("tmx",),
    "tbx": ("{urn:iso:std:iso:30042:ed-2}tbx", "tbx", "martif"),
}


@dataclass
class Watcher:
    """Takes what the parser finds, and builds nothing; a rule that is broken is remembered."""

    problem: str = ""
    root: str = ""
    elements: int = 0
    depth: int = 0
    text: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.root = self.root or tag
        self.elements += 1
        self.depth += 1
        self.text = 0
        if self.elements > _MOST_ELEMENTS:
            self._stop(N_("The file has more than %(most)s elements."), most=_MOST_ELEMENTS)
        if self.depth > _DEEPEST:
            self._stop(N_("The file is nested more than %(most)s deep."), most=_DEEPEST)
        if tag.startswith(_INCLUDE):
            self._stop(N_("The file asks for another file (XInclude)."))
        if len(attributes) > _MOST_ATTRIBUTES or any(
            len(value) > _LONGEST_ATTRIBUTE for value in attributes.values()
        ):
            self._stop(N_("An element has too many or too long attributes."))

    def end(self, _tag: str) -> None:
        self.depth -= 1
        self.text = 0

    def data(self, text: str) -> None:
        self.text += len(text)
        if self.text > _LONGEST_TEXT:
            self._stop(N_("A text is longer than %(most)s characters."), most=_LONGEST_TEXT)

    def pi(self, target: str, *_: Any) -> None:
        self._stop(
            N_("The file holds an instruction for another program: %(program)s."),
            program=target[:20],
        )

    def close(self) -> "Watcher":
        return self

    def _stop(self, problem: str, **values: Value) -> None:
        self.problem = Message(problem, **values)
        raise _Stopped


class _Stopped(Exception):
    """A rule was broken: the parser need not go on."""


def walk(content: bytes, name: str, watcher: Watcher) -> None:
    """Have a file's elements told to `watcher`; Refused with the line of what breaks a rule."""
    # Decoded by our own rules first, and given to the parser as what it says it is not.
    text = read_text(content, name, longest_line=_LONGEST_TEXT * 100)
    parser = DefusedXMLParser(target=watcher, encoding="utf-8", forbid_dtd=True)
    try:
        parser.feed(text.encode())
        parser.close()
    except _Stopped:
        raise refuse(name, watcher.problem, parser.parser.CurrentLineNumber) from None
    except DefusedXmlException:
        message = N_("The file has a document type or entities (DOCTYPE). Take that line out.")
        raise refuse(name, message, parser.parser.CurrentLineNumber) from None
    except ParseError as error:
        raise refuse(name, N_("This is not well-formed XML here."), error.position[0]) from None


def _says_utf8(text: str) -> bool:
    head = text.partition("?>")[0] if text.startswith("<?xml") else ""
    said = head.partition("encoding")[2].strip(" =\t\r\n").strip("\"' \t\r\n").lower()
    return said in ("", "utf-8", "utf8") or said.startswith(("utf-8'", 'utf-8"'))


def check_xml(kind: str, content: bytes, name: str) -> int:
    """Look through an XLIFF, TMX or TBX file; returns how many elements it has."""
    if not _says_utf8(content[:200].decode("utf-8", "replace").removeprefix("\ufeff")):
        raise refuse(name, N_("The first line must say that the file is UTF-8."))
    watcher = Watcher()
    walk(content, name, watcher)
    if watcher.root not in _ROOTS[kind]:
        raise refuse(
            name, N_("This is no %(kind)s file, whatever its name says."), kind=kind.upper()
        )
    return watcher.elements
