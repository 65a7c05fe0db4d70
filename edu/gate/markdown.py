"""Markdown from strangers: read through once, so that nothing in it is lost or odd."""

from edu.gate.refused import Refused, refuse
from edu.gate.text import read_text
from edu.lessons.fields import read_front_matter
from edu.lessons.markdown import parse
from edu.lessons.markup import depth, odd_characters
from edu.lessons.words import N_
from edu.segments.mistakes import check_markdown

_MOST_BRACKETS = 1000


def check_lesson_text(content: bytes, name: str) -> int:
    """Refused with every line where text would be lost or cannot stand; returns its characters."""
    text = read_text(content, name)
    _refuse_brackets(text, name)
    found = odd_characters(text, name)
    if found:
        raise Refused(found)
    tokens = parse(text)
    found = depth(tokens, name)
    if found:
        raise Refused(found)
    if tokens and tokens[0].type == "front_matter":
        found += read_front_matter(text, name).mistakes
    found += check_markdown(name, text)
    if found:
        raise Refused(sorted(set(found))[:100])
    return len(text)


def _refuse_brackets(text: str, name: str) -> None:
    """Refused for a paragraph of brackets: each might begin a link that ends at any later one, and
    every reader of Markdown tries them all."""
    line, count = 1, 0
    for number, written in enumerate(text.split("\n"), start=1):
        if not written.strip():
            line, count = number + 1, 0
        count += written.count("[")
        if count > _MOST_BRACKETS:
            message = N_("The paragraph holds more than %(most)s square brackets.")
            raise refuse(name, message, line, most=_MOST_BRACKETS)
