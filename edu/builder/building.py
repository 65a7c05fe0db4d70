"""Putting a questionnaire together from the bank."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.signed_in import staff
from edu.builder import wording
from edu.builder.forms import BuildForm
from edu.builder.own_fields import own_fields, own_mistake, typed_own
from edu.builder.places import BUILDERS, bank_for, built_named, tags
from edu.builder.preview import View, preview
from edu.builder.saving import composed, keep
from edu.builder.shelves import ALL, labelled, shelves_of
from edu.doors import address, db, offered, show
from edu.instruments.bank import Bank
from edu.instruments.forms import Overtaken, free_id
from edu.instruments.models import BuiltForm
from edu.instruments.own_words import OwnWords, own_words_of
from edu.languages import language
from edu.learning.instruments import titles_in
from edu.outcomes.analysis.detectable import detectable_change
from edu.pages.speaking import spoken
from edu.partners.actors import Actor
from edu.quizzes.building import Finding, Ref, minutes, troubles

bp = Blueprint("building", __name__, url_prefix="/<tag>/staff/instruments")


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


@dataclass(frozen=True)
class _Work:
    """A form under way: what is ticked, what was written for it, and what may be wrong with it."""

    bank: Bank
    row: BuiltForm | None
    form: BuildForm
    ticked: list[str]
    own: OwnWords

    @property
    def chosen(self) -> list[Ref]:
        return _refs(self.bank, self.ticked)

    @property
    def version(self) -> int:
        """The version that she is making: the next one after that which she saw."""
        if self.row is None:
            return 1
        return min(self.form.began_from.data or 0, self.row.version) + 1


def _build(by: Actor, row: BuiltForm | None) -> ResponseReturnValue:
    bank, sent = bank_for(by), request.method == "POST"
    seen = row.version if row else 0
    form = BuildForm(data={"name": row.name if row else "", "shown": spoken(), "began_from": seen})
    form.offer([(each.tag, each.autonym) for each in offered()])
    if not sent:
        own = own_words_of(row) if row else {}
        return _page(_Work(bank, row, form, _ticks_of(bank, row), own))
    work = _Work(bank, row, form, _ticked(), typed_own())
    valid = form.validate_on_submit()
    if request.form.get("do") != "save":
        return _page(work)
    if not (form.name.data or "").strip():
        form.name.errors, valid = [_("Give it a name.")], False
    sound = not any(each.stops for each in troubles(bank.sources, work.chosen))
    if not (valid and sound) or own_mistake(bank, work.chosen, work.own):
        return _page(work), 422
    return _save(by, work)


def _save(by: Actor, work: _Work) -> ResponseReturnValue:
    """Keep it. Where somebody else saved it meanwhile, she gets her page back as it was."""
    row, form = work.row, work.form
    id = row.instrument if row is not None else free_id(by.organisation_id)
    name = form.name.data.strip()
    try:
        kept = keep(by, id, work.version, name, work.bank, work.chosen, work.own)
    except Overtaken:
        newest = built_named(by, id)
        form.began_from.data, form.began_from.raw_data = newest.version, None
        return _page(_Work(work.bank, newest, form, work.ticked, work.own), overtaken=True), 409
    if kept is None:
        form.name.errors = [_("There is no language in which all of these questions can be asked.")]
        return _page(work), 422
    return redirect(address("staff", "instruments", kept.instrument), 303)


def _page(work: _Work, *, overtaken: bool = False) -> str:
    bank, row, chosen = work.bank, work.row, work.chosen
    found = troubles(bank.sources, chosen)
    sound = bool(chosen) and not any(each.stops for each in found)
    look = _look(work) if sound else None
    own = own_fields(work.own, look.tags if look else ())
    return show(
        "builder/build.html",
        row=row,
        form=work.form,
        own=own,
        own_wrong="" if any(each.wrong for each in own) else own_mistake(bank, chosen, work.own),
        shelves=shelves_of(bank, work.ticked),
        ticked=labelled(bank, work.ticked),
        troubles=_told(bank, found) if request.method == "POST" or row else [],
        look=look,
        overtaken=overtaken,
        here=f"/staff/instruments/{row.instrument}/build" if row else "/staff/instruments/build",
    )


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
            ticks.append(f"{source}|{ALL if known.whole else item}")
    return list(dict.fromkeys(ticks))


def _refs(bank: Bank, ticked: Sequence[str]) -> list[Ref]:
    """The items that are ticked; what the bank does not have is no item."""
    chosen: list[Ref] = []
    for value in ticked:
        source, _bar, item = value.partition("|")
        known = bank.sources.get(source)
        items = [each.id for each in known.instrument.items] if known is not None else []
        if known is not None and known.whole and item == ALL:
            chosen += [(source, each) for each in items]
        elif item in items:
            chosen.append((source, item))
    return list(dict.fromkeys(chosen))


def _told(bank: Bank, found: Sequence[Finding]) -> list[tuple[bool, str]]:
    titles = titles_in(db(), spoken())
    names = {
        scale.title: title.text
        for source in bank.sources.values()
        for scale in source.instrument.scales
        if (title := titles.get(f"{source.id}|scale|{scale.id}|title")) is not None
    }
    names |= {id: shell.name for id, shell in bank.shells.items()}
    return [(each.stops, wording.trouble_words(each, names)) for each in found]


@dataclass(frozen=True)
class Look:
    """A form before it is saved: how long it takes, in which languages, and how it looks."""

    items: int
    minutes: int
    tags: list[str]
    missing: list[str]
    view: View
    detectable: str

    @property
    def languages(self) -> list[str]:
        return [language(tag).autonym for tag in self.tags]


def _look(work: _Work) -> Look:
    own = {} if own_mistake(work.bank, work.chosen, work.own) else work.own
    made, words = composed(work.bank, work.chosen, "form", work.version, own)
    wanted, planned = work.form.shown.data, work.form.planned
    shown = wanted if wanted in words else next(iter(words), "")
    return Look(
        len(made.items),
        minutes(made),
        [tag for tag in tags() if tag in words],
        [language(tag).autonym for tag in tags() if tag not in words],
        preview(made, words[shown], spoken()) if shown else View(),
        _detectable(planned.data if not planned.errors else None),
    )


def _detectable(planned: int | None) -> str:
    """What the planned number of people can show."""
    if planned is None:
        return ""
    change = detectable_change(planned)
    return wording.detectable_words(planned, change) if isinstance(change, float) else ""
