"""The page of one instrument: what it asks, how it is scored, whose it is, and its files."""

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
from edu.languages import language
from edu.pages.speaking import spoken
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

    title: str
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
    form = found.instrument
    standing = standing_of(by, found.shell) if found.shell is not None else None
    return show(
        "builder/one.html",
        found=found,
        form=form,
        name=_name(found),
        minutes=minutes(form),
        rules=[_rules(found, scale.id) for scale in form.scales],
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


def _name(found: Found) -> str:
    if found.row is not None:
        return found.row.name
    return found.shell.name if found.shell is not None else found.instrument.title


def _rules(found: Found, scale: str) -> _Rules:
    form = found.instrument
    known = next(each for each in form.scales if each.id == scale)
    return _Rules(
        known.title,
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
