"""The bank as a page shows it: what can be ticked, by constructs, and what is ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edu.doors import db
from edu.instruments.bank import Bank
from edu.pages.speaking import spoken
from edu.pages.views import Text, stored_text
from edu.quizzes.building import Source
from edu.quizzes.instrument import Item

#: Stands for all items of a licensed scale.
ALL = "*"


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


def shelves_of(bank: Bank, ticked: Sequence[str]) -> list[Shelf]:
    """The bank by constructs: each scale of ours, each licensed scale as a whole."""
    shelves = []
    for source in bank.sources.values():
        words = _words(bank, source)
        if source.whole:
            name = bank.shells[source.id].name
            whole = Choice(f"{source.id}|{ALL}", Text(name), _place(ticked, f"{source.id}|{ALL}"))
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


def labelled(bank: Bank, ticked: Sequence[str]) -> list[Choice]:
    """What is ticked, in its order, with its words."""
    known = {each.value: each for shelf in shelves_of(bank, ticked) for each in shelf.choices}
    return [known[value] for value in ticked if value in known]
