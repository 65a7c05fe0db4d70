"""Putting a questionnaire together from the bank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.signed_in import staff
from edu.builder import wording
from edu.builder.forms import BuildForm
from edu.builder.places import BUILDERS, bank_for, built_named, tags
from edu.builder.preview import View, preview
from edu.builder.saving import keep
from edu.doors import address, db, offered, show
from edu.instruments.bank import Bank
from edu.instruments.forms import compose, next_version
from edu.instruments.models import BuiltForm
from edu.languages import language
from edu.outcomes.analysis.detectable import detectable_change
from edu.pages.speaking import spoken
from edu.pages.views import Text, stored_text
from edu.partners.actors import Actor
from edu.quizzes.building import Finding, Ref, Source, minutes, troubles
from edu.quizzes.instrument import Item

bp = Blueprint("building", __name__, url_prefix="/<tag>/staff/instruments")

#: Stands for all items of a licensed scale.
_ALL = "*"


@dataclass(frozen=True)
class Choice:
    """Something to tick: an item, or a licensed scale as a whole. `place` is its number in the
    order; 0 when it is not ticked."""

    value: str
    text: Text
    place: int


@dataclass(frozen=True)
class Shelf:
    """A construct of the bank with what can be ticked of it."""

    source: str
    title: Text
    licensed: bool
    choices: tuple[Choice, ...]


@bp.route("/build", methods=["GET", "POST"])
@staff(*BUILDERS)
def new(by: Actor) -> ResponseReturnValue:
    """A new questionnaire."""
    return _build(by, None)


@bp.route("/<name:instrument>/build", methods=["GET", "POST"])
@staff(*BUILDERS)
def again(by: Actor, instrument: str) -> ResponseReturnValue:
    """The next version of a questionnaire. The old one stays with the groups that have it."""
    return _build(by, built_named(by, instrument))


def _build(by: Actor, row: BuiltForm | None) -> ResponseReturnValue:
    bank, sent = bank_for(by), request.method == "POST"
    form = BuildForm(data={"name": row.name if row else "", "shown": spoken()})
    form.offer([(each.tag, each.autonym) for each in offered()])
    ticked = _ticked() if sent else _ticks_of(bank, row)
    chosen = _refs(bank, ticked)
    found = troubles(bank.sources, chosen)
    stopped = any(each.stops for each in found)
    saving = sent and request.form.get("do") == "save"
    valid = form.validate_on_submit()
    if saving and not (form.name.data or "").strip():
        form.name.errors, valid = [_("Give it a name.")], False
    if saving and valid and not stopped:
        kept = keep(by, row, form.name.data.strip(), bank, chosen, tags())
        if kept is not None:
            return redirect(address("staff", "instruments", kept.instrument), 303)
        form.name.errors = [_("There is no language in which all of these questions can be asked.")]
    page = show(
        "builder/build.html",
        row=row,
        form=form,
        shelves=_shelves(bank, ticked),
        ticked=_labelled(bank, ticked),
        troubles=_told(bank, found) if sent or row else [],
        look=_look(bank, chosen, row, form) if chosen and not stopped else None,
        here=f"/staff/instruments/{row.instrument}/build" if row else "/staff/instruments/build",
    )
    return page, (422 if saving else 200)


def _ticked() -> list[str]:
    """What is ticked, in the order of the numbers beside it; without a number, at the end."""
    values = list(dict.fromkeys(request.form.getlist("item")))

    def place(value: str) -> tuple[int, int]:
        typed = request.form.get(f"place {value}", "").strip()
        return (int(typed) if typed.isdecimal() and len(typed) < 5 else 9999, values.index(value))

    return sorted(values, key=place)


def _ticks_of(bank: Bank, row: BuiltForm | None) -> list[str]:
    """What a form was made of, as far as it can still be had."""
    ticks: list[str] = []
    for source, item in row.parts if row is not None else ():
        known = bank.sources.get(source)
        if known is not None:
            ticks.append(f"{source}|{_ALL if known.whole else item}")
    return list(dict.fromkeys(ticks))


def _refs(bank: Bank, ticked: Sequence[str]) -> list[Ref]:
    """The items that are ticked; what the bank does not have is no item."""
    chosen: list[Ref] = []
    for value in ticked:
        source, _bar, item = value.partition("|")
        known = bank.sources.get(source)
        items = [each.id for each in known.instrument.items] if known is not None else []
        if known is not None and known.whole and item == _ALL:
            chosen += [(source, each) for each in items]
        elif item in items:
            chosen.append((source, item))
    return list(dict.fromkeys(chosen))


def _shelves(bank: Bank, ticked: Sequence[str]) -> list[Shelf]:
    """The bank by constructs: each scale of ours, each licensed scale as a whole."""
    shelves = []
    for source in bank.sources.values():
        words = _words(bank, source)
        if source.whole:
            name = bank.shells[source.id].name
            whole = Choice(f"{source.id}|{_ALL}", Text(name), _place(ticked, f"{source.id}|{_ALL}"))
            shelves.append(Shelf(source.id, Text(name), True, (whole,)))
            continue
        for scale, title in _constructs(source, words):
            items = [each for each in source.instrument.items if each.scale == scale]
            choices = tuple(_choice(source, each, words, ticked) for each in items)
            shelves.append(Shelf(source.id, title, False, choices))
    return shelves


def _constructs(source: Source, words: Mapping[str, Text]) -> list[tuple[str | None, Text]]:
    """The scales of a source with items of their own, and None for items without one."""
    form = source.instrument
    named: list[tuple[str | None, Text]] = [
        (scale.id, words.get(f"{form.id}|scale|{scale.id}|title", Text(scale.title)))
        for scale in form.scales
        if not scale.of
    ]
    loose = any(item.scale is None for item in form.items)
    return named + ([(None, words.get(f"{form.id}|title", Text(form.title)))] if loose else [])


def _choice(source: Source, item: Item, words: Mapping[str, Text], ticked: Sequence[str]) -> Choice:
    value = f"{source.id}|{item.id}"
    return Choice(value, words.get(value, Text(item.text)), _place(ticked, value))


def _place(ticked: Sequence[str], value: str) -> int:
    return ticked.index(value) + 1 if value in ticked else 0


def _words(bank: Bank, source: Source) -> dict[str, Text]:
    """The words of a source on a page in the language spoken."""
    known = bank.words(db(), source.id, spoken()) or {}
    return {place: stored_text(stored, spoken()) for place, stored in known.items()}


def _labelled(bank: Bank, ticked: Sequence[str]) -> list[Choice]:
    """What is ticked, in its order, with its words."""
    known = {each.value: each for shelf in _shelves(bank, ticked) for each in shelf.choices}
    return [known[value] for value in ticked if value in known]


def _told(bank: Bank, found: Sequence[Finding]) -> list[tuple[bool, str]]:
    names = {id: shell.name for id, shell in bank.shells.items()}
    return [(each.stops, wording.trouble_words(each, names)) for each in found]


@dataclass(frozen=True)
class Look:
    """A form before it is saved: how long it takes, in which languages, and how it looks."""

    items: int
    minutes: int
    languages: list[str]
    missing: list[str]
    view: View
    detectable: str


def _look(bank: Bank, chosen: Sequence[Ref], row: BuiltForm | None, form: BuildForm) -> Look:
    made, words = compose(db(), bank, chosen, tags(), "form", next_version(row))
    shown = form.shown.data if form.shown.data in words else next(iter(words), "")
    return Look(
        len(made.items),
        minutes(made),
        [language(tag).autonym for tag in tags() if tag in words],
        [language(tag).autonym for tag in tags() if tag not in words],
        preview(made, words[shown], spoken()) if shown else View(),
        _detectable(form.planned.data if not form.planned.errors else None),
    )


def _detectable(planned: int | None) -> str:
    """What the planned number of people can show."""
    if planned is None:
        return ""
    change = detectable_change(planned)
    return wording.detectable_words(planned, change) if isinstance(change, float) else ""
