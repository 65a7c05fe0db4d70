"""What the next version of a form would ask otherwise than the one there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from edu.quizzes.instrument import Instrument, Item, Scale
from edu.quizzes.methods import needed

#: Words as forms keep them: by language and place the text, its language and state.
Words = Mapping[str, Mapping[str, Mapping[str, Any]]]


class What(StrEnum):
    """What may be different, in the order in which it is told."""

    NEW_ITEM = "a new question"
    NO_ITEM = "a question that is gone"
    ORDER = "another order"
    SCORED = "a question scored otherwise"
    NEW_SCALE = "a new scale"
    NO_SCALE = "a scale that is gone"
    RULE = "a scale worked out otherwise"
    WHOLE = "the whole form worked out otherwise"
    NEW_LANGUAGE = "a new language"
    NO_LANGUAGE = "a language that is gone"
    WORDS = "other words"


@dataclass(frozen=True)
class Difference:
    """One thing that is different. `tag` is the language of the words; `before` and `after` are
    what was asked and what would be, where there is such a thing."""

    what: What
    name: str = ""
    tag: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Form:
    """A form with its words."""

    instrument: Instrument
    words: Words

    @property
    def first(self) -> str:
        """The language in which its questions are named."""
        return next(iter(self.words), "")

    def said(self, tag: str, *place: str) -> str:
        word = self.words.get(tag, {}).get("|".join([self.instrument.id, *place]), {})
        return str(word.get("text", ""))

    def question(self, item: str) -> str:
        return self.said(self.first, item)

    def texts(self, tag: str) -> dict[tuple[str, ...], str]:
        """Every text of a language, by a place that does not tell shared answers from own ones."""
        form = self.instrument
        found: dict[tuple[str, ...], str]
        found = {(place,): self.said(tag, place) for place in ("title", "introduction", "closing")}
        for scale in form.scales:
            for name in ("title", "more", "less"):
                found[scale.id, name] = self.said(tag, "scale", scale.id, name)
        for item in form.items:
            found[(item.id,)] = self.said(tag, item.id)
            group = item.id if item.options else "option"
            for option in form.options_of(item):
                found[item.id, "option", option.code] = self.said(tag, group, option.code)
        return found


def differences(before: Form, after: Form) -> list[Difference]:
    """Everything that is different, the questions first; empty where nothing is."""
    return [
        *_items(before, after),
        *_scales(before.instrument, after.instrument),
        *_languages(before, after),
        *_words(before, after),
    ]


def _items(before: Form, after: Form) -> Iterator[Difference]:
    old = {item.id: item for item in before.instrument.items}
    new = {item.id: item for item in after.instrument.items}
    for id in (each for each in new if each not in old):
        yield Difference(What.NEW_ITEM, id, after.first, after=after.question(id))
    for id in (each for each in old if each not in new):
        yield Difference(What.NO_ITEM, id, before.first, before=before.question(id))
    if [id for id in old if id in new] != [id for id in new if id in old]:
        yield Difference(What.ORDER)
    for id in (each for each in new if each in old):
        if _scored(before.instrument, old[id]) != _scored(after.instrument, new[id]):
            yield Difference(What.SCORED, id, after.first, after=after.question(id))


def _scored(form: Instrument, item: Item) -> tuple[object, ...]:
    answers = tuple((each.code, each.score, each.correct) for each in form.options_of(item))
    return (item.scale, item.reverse, item.several, item.not_applicable, answers)


def _scales(old: Instrument, new: Instrument) -> Iterator[Difference]:
    mine = {scale.id: scale for scale in old.scales}
    theirs = {scale.id: scale for scale in new.scales}
    for id, scale in theirs.items():
        if id not in mine:
            yield Difference(What.NEW_SCALE, scale.title)
        elif _rule(old, mine[id]) != _rule(new, scale):
            yield Difference(What.RULE, scale.title)
    for id, scale in mine.items():
        if id not in theirs:
            yield Difference(What.NO_SCALE, scale.title)
    if (old.kind, old.variant) != (new.kind, new.variant):
        yield Difference(What.WHOLE)


def _rule(form: Instrument, scale: Scale) -> tuple[object, ...]:
    named = (scale.method, scale.prorate, scale.dont_know, scale.table, scale.of)
    return (*named, form.higher_is(scale.id), needed(form, scale))


def _languages(before: Form, after: Form) -> Iterator[Difference]:
    for tag in sorted(after.words.keys() - before.words.keys()):
        yield Difference(What.NEW_LANGUAGE, tag)
    for tag in sorted(before.words.keys() - after.words.keys()):
        yield Difference(What.NO_LANGUAGE, tag)


def _words(before: Form, after: Form) -> Iterator[Difference]:
    for tag in (each for each in after.words if each in before.words):
        old, new = before.texts(tag), after.texts(tag)
        changed = [
            Difference(What.WORDS, tag=tag, before=old[place], after=text)
            for place, text in new.items()
            if place in old and old[place] != text
        ]
        # The same answer stands under every question that offers it.
        yield from dict.fromkeys(changed)
