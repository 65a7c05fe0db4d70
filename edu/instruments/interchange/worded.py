"""An instrument with its words in some languages, as files take it along.

Words that belong to the owner of a licensed scale are never in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edu.languages import SOURCE, language, same_words
from edu.quizzes.instrument import Instrument, Item, Kind, Option

#: What every question offers beside its own answers: the code in a table, and our English.
STATES = {"dk": "I don't know", "pnts": "I prefer not to say", "na": "This does not apply to me"}


@dataclass(frozen=True)
class Worded:
    """`words` are by language and place; `states` what STATES are called in each language.
    `borrowed` are the places whose words are another language's, because it has none."""

    instrument: Instrument
    words: Mapping[str, Mapping[str, str]]
    states: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    borrowed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def tags(self) -> list[str]:
        """Its languages, the source first."""
        return sorted(self.words, key=lambda tag: (tag != SOURCE, tag))

    @property
    def first(self) -> str:
        """The language that a file names first."""
        return self.tags[0] if self.words else SOURCE

    def said(self, tag: str, *place: str) -> str:
        """The words of a place in a language; empty where there are none to give."""
        return self.words.get(tag, {}).get("|".join([self.instrument.id, *place]), "")

    def own(self, tag: str, *place: str) -> str:
        """The words of a place if they are in this language: what a file may call so."""
        borrowed = self.borrowed.get(tag, frozenset())
        return "" if "|".join([self.instrument.id, *place]) in borrowed else self.said(tag, *place)

    def own_state(self, tag: str, code: str) -> str:
        """What "I don't know" and its like are called, if it has a word in this language."""
        said = self.state(tag, code)
        return "" if said == STATES[code] and not same_words(tag, SOURCE) else said

    def item(self, tag: str, item: Item) -> str:
        """The words of a question, or what stands for words that are not ours to give."""
        return self.said(tag, item.id) or f"[{item.id}]"

    def option(self, tag: str, item: Item, option: Option) -> str:
        """The words of an answer, or its code where they are not ours to give."""
        group = item.id if item.options else "option"
        return self.said(tag, group, option.code) or option.code

    def state(self, tag: str, code: str) -> str:
        """What "I don't know" and its like are called."""
        return self.states.get(tag, {}).get(code) or STATES[code]

    def states_of(self, item: Item) -> list[str]:
        """Which of them a question offers; an open one is left blank instead."""
        if self.instrument.kind is Kind.OPEN:
            return []
        return ["dk", "pnts", *(["na"] if item.not_applicable else [])]


def ours(instrument: Instrument, words: Mapping[str, Mapping[str, Any]]) -> Worded:
    """An instrument with those of its words that are ours: words as releases keep them.

    A licensed item has no text in its definition. Where there is one, also what is said before
    and after the questions is the owner's, or was written for her scale.
    """
    licensed = {item.id for item in instrument.items if not item.text}
    options = {item.id for item in instrument.items if any(not o.label for o in item.options)}
    bare = licensed | options
    shared = any(not option.label for option in instrument.options)
    kept = {
        tag: {
            place: str(word["text"])
            for place, word in each.items()
            if _is_ours(place.split("|")[1:], bare, shared=shared, whole=not licensed)
        }
        for tag, each in words.items()
    }
    borrowed = {
        tag: frozenset(place for place, word in each.items() if not same_words(word["tag"], tag))
        for tag, each in words.items()
    }
    return Worded(instrument, kept, borrowed=borrowed)


def _is_ours(place: list[str], bare: set[str], *, shared: bool, whole: bool) -> bool:
    if place[0] in ("title", "introduction", "closing", "scale"):
        return whole
    return not shared if place[0] == "option" else place[0] not in bare


def language_name(tag: str) -> str:
    """A language as an XLSForm names its columns: its own name, and the tag in brackets."""
    return f"{language(tag).autonym} ({tag})"


def scale_facts(worded: Worded, scale_ids: Sequence[str] = ()) -> list[dict[str, str]]:
    """What scores each scale, as texts for a table."""
    form = worded.instrument
    return [
        {
            "id": scale.id,
            "title": scale.title,
            "more": scale.more,
            "less": scale.less,
            "higher_means": form.higher_is(scale.id).value,
            "method": scale.method.value,
            "minimum_answered": ""
            if scale.minimum_answered is None
            else str(scale.minimum_answered),
            "prorate": "yes" if scale.prorate else "no",
            "dont_know": "missing" if scale.dont_know is None else str(scale.dont_know),
            "table": " ".join(f"{total}={points}" for total, points in scale.table),
            "of": " ".join(scale.of),
            "construct": scale.construct,
            "level": scale.level.value if scale.level else "",
        }
        for scale in form.scales
        if not scale_ids or scale.id in scale_ids
    ]
