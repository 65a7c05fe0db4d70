"""XML out and in: written by our own rules, read only behind the gate."""

import re
from collections.abc import Mapping
from html import escape
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from edu.gate.refused import refuse
from edu.lessons.words import N_

_XML = "{http://www.w3.org/XML/1998/namespace}"
LANG = f"{_XML}lang"
# XML has no place for these, not even as numbers; the joiners and marks of scripts stay.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_AS_NUMBERS = {9: "&#9;", 10: "&#10;", 13: "&#13;"}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(words: str) -> str:
    """Words as they may stand between two elements."""
    return escape(_NEVER.sub("\ufffd", words), quote=False).replace("\r", "&#13;")


def element(name: str, words: str = "", **attributes: str) -> str:
    """An element with words in it."""
    return whole(name, text(words), attributes)


def whole(name: str, inner: str, attributes: Mapping[str, str] | None = None) -> str:
    """An element around what is XML already."""
    said = "".join(f" {key}={_quoted(value)}" for key, value in (attributes or {}).items())
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def _quoted(value: str) -> str:
    # A line end or tab in an attribute would come back as a blank.
    quoted = escape(_NEVER.sub("\ufffd", value)).translate(_AS_NUMBERS)
    return f'"{quoted}"'


def parsed(content: bytes, name: str) -> Element:
    """The outermost element of a file that the gate let in."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise refuse(name, N_("This is not well-formed XML here.")) from None
    return root


def words_in(found: Element | None) -> str:
    """All words in an element, whatever stands around them."""
    return "" if found is None else "".join(found.itertext())
