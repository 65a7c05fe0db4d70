"""The fields in which she writes a form's own title and introduction, for each language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from edu.builder.places import tags
from edu.instruments.bank import Bank
from edu.instruments.own_words import LONGEST, OwnWords
from edu.languages import SOURCE, Language, language
from edu.quizzes.building import Ref
from edu.segments.segment import clean


@dataclass(frozen=True)
class OwnField:
    """One text to write, in one language; `place` is its name in the form that is sent."""

    name: str
    label: str
    text: str
    longest: int
    error: str

    @property
    def is_long(self) -> bool:
        return self.longest > 200


@dataclass(frozen=True)
class OwnFields:
    """The texts of one language."""

    language: Language
    fields: tuple[OwnField, ...]

    @property
    def wrong(self) -> bool:
        """Whether something is wrong with one of them."""
        return any(each.error for each in self.fields)


def typed_own() -> dict[str, dict[str, str]]:
    """What was typed, white space folded, by language; what is empty is not there."""
    found: dict[str, dict[str, str]] = {}
    known = {SOURCE, *tags()}
    for name, text in request.form.items():
        place, _space, tag = name.partition(" ")
        if place in LONGEST and tag in known and (said := " ".join(clean(text).split())):
            found.setdefault(tag, {})[place] = said
    return found


def own_mistake(bank: Bank, chosen: Sequence[Ref], own: OwnWords) -> str:
    """What is wrong with what she wrote; empty where nothing is. Too long is told at its field."""
    if own and any(source in bank.shells for source, _item in chosen):
        return _(
            "Some of these questions are licensed. What stands before them belongs to their "
            "owner: leave the title and the introduction empty."
        )
    if any(_too_long(place, text) for each in own.values() for place, text in each.items()):
        return _("This is too long.")
    return ""


def _too_long(place: str, text: str) -> bool:
    return len(text) > LONGEST[place]


def own_fields(own: OwnWords, asked: Iterable[str]) -> list[OwnFields]:
    """The fields for the languages in which a form can be asked and those in which something was
    written, the source first."""
    ordered = sorted(dict.fromkeys((SOURCE, *asked, *own)), key=lambda tag: tag != SOURCE)
    return [_fields(tag, own.get(tag, {})) for tag in ordered]


def _fields(tag: str, said: Mapping[str, str]) -> OwnFields:
    labels = {
        "title": _("Title of the form; neutral, because others may see it"),
        "introduction": _("What stands before the questions"),
    }
    return OwnFields(
        language(tag),
        tuple(
            OwnField(
                f"{place} {tag}",
                label,
                said.get(place, ""),
                LONGEST[place],
                _("This is too long.") if _too_long(place, said.get(place, "")) else "",
            )
            for place, label in labels.items()
        ),
    )
