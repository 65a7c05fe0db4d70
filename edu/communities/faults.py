"""What is wrong with an entry of a profile, whether it stands in a file or was typed in a form."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from edu.communities.profile import LONGEST, LONGEST_SWAP, Field, Fields, Holds, Section, day
from edu.languages import normalise
from edu.lessons.mistakes import Message
from edu.lessons.phone import phone_numbers
from edu.lessons.words import N_

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
COUNTRY = re.compile(r"[A-Z]{2}")
#: A number as people write it: digits with a plus, spaces, brackets, dots, strokes.
NUMBER = re.compile(r"[+(]?[0-9](?:[0-9 ().\-/]*[0-9])?")
MOST_DIGITS = 18
#: What would be markup in the lesson into which a value is put.
_MARKUP = re.compile(r"[<>\[\]{}*_`#|\\~^$@:&]")


@dataclass(frozen=True)
class Fault:
    """Something wrong with one field; `kind` is for whoever says it in other words."""

    name: str
    kind: str
    message: str


def faults(section: Section, fields: Fields) -> Iterator[Fault]:
    """Everything that is wrong with an entry."""
    known = section.known
    for name in fields.keys() - known.keys():
        yield Fault(name, "unknown", Message(N_('unknown key "%(name)s"'), name=name))
    for each in section.fields:
        value = fields.get(each.name)
        if value not in (None, "", []):
            yield from (Fault(each.name, *found) for found in _of_value(each, value))
        elif each.needed:
            yield Fault(each.name, "missing", Message(N_('missing key "%(key)s"'), key=each.name))
    yield from _together(section, fields)


def _of_value(field: Field, value: Any) -> Iterator[tuple[str, str]]:
    if field.holds is Holds.FLAG:
        if not isinstance(value, bool):
            yield (
                "shape",
                Message(N_('"%(key)s" must be %(wanted)s'), key=field.name, wanted=_wanted(field)),
            )
    elif field.holds in (Holds.LIST, Holds.SOME_OF, Holds.TAGS):
        if not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
            yield "shape", Message(N_('"%(key)s" must be a list of texts'), key=field.name)
        else:
            for each in value:
                yield from _of_one(field, each)
    elif not isinstance(value, str):
        yield (
            "shape",
            Message(N_('"%(key)s" must be %(wanted)s'), key=field.name, wanted=_wanted(field)),
        )
    else:
        yield from _of_one(field, value)


def _of_one(field: Field, text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a text, or with one text of a list."""
    if field.holds in (Holds.ONE_OF, Holds.SOME_OF):
        if text not in field.options:
            yield (
                "option",
                Message(
                    N_('"%(key)s" must be %(wanted)s, not "%(text)s"'),
                    key=field.name,
                    wanted=_wanted(field),
                    text=text,
                ),
            )
    elif field.holds is Holds.DAY:
        if day(text) is None:
            yield (
                "day",
                Message(N_('"%(key)s" must be %(wanted)s'), key=field.name, wanted=_wanted(field)),
            )
    elif field.holds is Holds.TAGS:
        if normalise(text) != text:
            yield "tag", Message(N_('"%(text)s" is not a language tag'), text=text)
    elif field.holds is Holds.NUMBER:
        if not NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) > MOST_DIGITS:
            yield "number", Message(N_('"%(text)s" is not a number that can be dialled'), text=text)
    else:
        yield from _of_words(field, text)


def _of_words(field: Field, text: str) -> Iterator[tuple[str, str]]:
    longest = LONGEST_SWAP if field.name == "values" else LONGEST
    if not text.strip() or text != text.strip():
        yield "shape", Message(N_('"%(key)s" is empty, or has space around it'), key=field.name)
    if len(text) > longest:
        yield (
            "long",
            Message(
                N_('"%(key)s" has %(count)s signs; at most %(most)s'),
                key=field.name,
                count=len(text),
                most=longest,
            ),
        )
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        yield "shape", Message(N_('"%(key)s" must be one line'), key=field.name)
    if text != unicodedata.normalize("NFC", text):
        yield (
            "shape",
            Message(
                N_('"%(key)s" is not in the form NFC: letters and their marks are apart'),
                key=field.name,
            ),
        )
    if field.name == "values" and _MARKUP.search(text):
        yield (
            "markup",
            Message(N_('"%(text)s" holds a sign that would be markup in a lesson'), text=text),
        )
    for _offset, number in phone_numbers(text):
        yield (
            "phone",
            Message(
                N_("'%(number)s' looks like a telephone number; only a service has one"),
                number=number,
            ),
        )


_CHOICES = {Holds.ONE_OF: N_("one of %(options)s"), Holds.SOME_OF: N_("some of %(options)s")}


def _wanted(field: Field) -> Message:
    if field.options:
        return Message(_CHOICES[field.holds], options=", ".join(field.options))
    return Message(field.holds.value)


def _together(section: Section, fields: Fields) -> Iterator[Fault]:
    """What values of several fields demand of each other."""
    if section.name == "law" and fields.get("known") == "known":
        for name in ("text", "dated", "source"):
            if not fields.get(name):
                yield Fault(name, "known", Message(N_('what is known needs "%(name)s"'), name=name))
    country = fields.get("country")
    if section.name == "community" and country and not COUNTRY.fullmatch(str(country)):
        yield Fault("country", "country", N_("a country is two capital letters, such as KE"))
