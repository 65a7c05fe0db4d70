"""The page of one instrument: what it asks, how it is scored, whose it is, and its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from edu.builder import wording
from edu.builder.forms import ClaimForm, KeyForm, RetireForm
from edu.builder.places import BUILDERS, Found, words_of
from edu.builder.preview import View, preview
from edu.builder.standing import standing_of
from edu.doors import day_in_words, offered, show
from edu.instruments.interchange import codebook, ddi, fhir, xlsform
from edu.languages import SOURCE, language
from edu.pages.speaking import spoken
from edu.pages.views import Text, in_language, stored_text
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.quizzes.building import minutes

#: The formats in which an instrument goes out: writer, ending, type.
FORMATS = {
    "xlsform": (
        xlsform.write,
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (codebook.write, "csv", "text/csv"),
    "ddi": (ddi.write, "xml", "application/xml"),
    "fhir": (fhir.write, "json", "application/fhir+json"),
}


@dataclass(frozen=True)
class _Rules:
    """A scale as the page tells it."""

    title: Text
    items: int
    lines: list[str]
    reliability: list[str]


def may_build(by: Actor) -> bool:
    """Whether she puts forms together."""
    return any(by.may(right) for right in BUILDERS)


def page_of(
    by: Actor, found: Found, claiming: ClaimForm | None = None, keying: KeyForm | None = None
) -> str:
    """The page of an instrument, with the forms that somebody may have begun to fill in."""
    form, titles = found.instrument, _titles(found)
    standing = standing_of(by, found.shell) if found.shell is not None else None
    return show(
        "builder/one.html",
        found=found,
        form=form,
        name=_name(found, titles),
        minutes=minutes(form),
        rules=[_rules(found, scale.id, titles) for scale in form.scales],
        formats=FORMATS,
        looks=_looks(by, found),
        may_build=may_build(by),
        may_claim=by.may(Right.PLAN_PROGRAMMES),
        standing=standing,
        claiming=claiming or ClaimForm(formdata=None),
        keying=keying or KeyForm(formdata=None),
        retiring=RetireForm(formdata=None),
        languages=offered(),
        on_day=day_in_words,
        here=f"/staff/instruments/{form.id}",
    )


def _name(found: Found, titles: Mapping[str, Text]) -> Text:
    if found.row is not None:
        return Text(found.row.name)
    if found.shell is not None:
        return in_language(found.shell.name, SOURCE, spoken())
    english = in_language(found.instrument.title, SOURCE, spoken())
    return titles.get(f"{found.instrument.id}|title", english)


def _titles(found: Found) -> dict[str, Text]:
    """What an instrument and its scales are called in the language spoken, by place."""
    words = words_of(found).get(spoken(), {})
    return {
        place: stored_text(stored, spoken())
        for place, stored in words.items()
        if place.endswith("|title")
    }


def _rules(found: Found, scale: str, titles: Mapping[str, Text]) -> _Rules:
    form = found.instrument
    known = next(each for each in form.scales if each.id == scale)
    english = in_language(known.title, SOURCE, spoken())
    return _Rules(
        titles.get(f"{form.id}|scale|{scale}|title", english),
        len(form.items_of(scale)),
        wording.rule_words(form, known),
        [wording.reliability_words(each) for each in known.reliability],
    )


def _looks(by: Actor, found: Found) -> list[tuple[Any, View]]:
    """The questions in the language asked for; those of a licensed form only for builders."""
    if found.shell is not None or (found.row is not None and not may_build(by)):
        return []
    words = words_of(found)
    wanted = request.args.get("in", "")
    tag = wanted if wanted in words else spoken() if spoken() in words else next(iter(words), "")
    known = sorted(words, key=lambda each: language(each).autonym.casefold())
    return [
        (language(each), preview(found.instrument, words[each], spoken()))
        for each in known
        if each == tag
    ] + [(language(each), View()) for each in known if each != tag]
