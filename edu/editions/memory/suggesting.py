"""What was translated before and may help now: the same text, or one that is like it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from edu.editions.desk import MemoryUnit, MemoryWord
from edu.editions.drift.differences import Part
from edu.editions.drift.wording_differences import three_way
from edu.editions.memory.remembering import (
    digest_of,
    forget,
    remember,
    remember_all,
    telling_words,
    words_of,
)
from edu.editions.models import Edition
from edu.languages import SOURCE, language, same_words
from edu.segments.segment import fold

__all__ = ["LEAST", "Suggestion", "forget", "remember", "remember_all", "suggestions"]

Kind = Literal["in context", "exact", "fuzzy"]
_KINDS: tuple[Kind, ...] = ("in context", "exact", "fuzzy")

#: Below this likeness a suggestion costs more time than it saves.
LEAST = 60
#: A word in more units than this is asked only where no rarer one is left.
_FREQUENT = 1000
_MOST_WORDS = 8
_MOST_COUNTED = 12
_MOST_LOOKED_UP = 2000
_MOST_LOADED = 150
_MOST_COMPARED = 30

#: A unit with its kind and its quality.
Rated = tuple[Kind, int, MemoryUnit]


@dataclass(frozen=True)
class Suggestion:
    """Words from the memory. `before` and `now` show how its source differs from the text."""

    text: str
    source: str
    quality: int
    kind: Kind
    tag: str
    context: str
    state: str
    #: Written for another place, whose words may be strange here.
    elsewhere: bool
    before: Sequence[Part]
    now: Sequence[Part]


def suggestions(
    session: Session, tag: str, segment_text: str, context: str, limit: int = 5
) -> list[Suggestion]:
    """The best of all editions of this language and its relatives, the best first.

    What the edition itself says for this very segment is not among them, nor the same words
    twice.
    """
    text = fold(segment_text)
    tags = _relatives(session, tag)
    if not tags:
        return []
    found: list[Rated] = [
        ("in context" if unit.context == context else "exact", 100, unit)
        for unit in _same(session, tags, text)
        if (unit.tag, unit.context) != (tag, context)
    ]
    ranked = sorted(
        [*found, *_alike(session, tags, text)],
        key=lambda rated: (
            _KINDS.index(rated[0]),
            -rated[1],
            tags.index(rated[2].tag),
            rated[2].state != "reviewed",
            rated[2].rendering_id,
        ),
    )
    best: dict[str, Suggestion] = {}
    for kind, quality, unit in ranked:
        if quality >= LEAST and len(best) < limit and unit.text not in best:
            best[unit.text] = _suggestion(unit, kind, quality, tag, text)
    return list(best.values())


def _relatives(session: Session, tag: str) -> list[str]:
    """The tags whose words may help, the nearest first: itself, its ancestors, other places."""
    chain = language(tag).chain
    mine = [each for each in chain if each != SOURCE and (same_words(each, tag) or _kin(each, tag))]
    there = session.scalars(select(Edition.tag).distinct()).all()
    others = sorted(each for each in there if each not in mine and same_words(each, tag))
    return [each for each in (*mine, *others) if each in there]


def _kin(ancestor: str, tag: str) -> bool:
    """Whether an ancestor is another language than English, such as nb for nn."""
    english = (each.partition("-")[0] == SOURCE for each in (ancestor, tag))
    return not any(english)


def _same(session: Session, tags: Sequence[str], text: str) -> Sequence[MemoryUnit]:
    units = session.scalars(
        select(MemoryUnit)
        .where(MemoryUnit.digest == digest_of(text), MemoryUnit.tag.in_(tags))
        .limit(_MOST_LOADED)
    )
    return [unit for unit in units if unit.source == text]


def _alike(session: Session, tags: Sequence[str], text: str) -> list[Rated]:
    """Units of other texts that share the rarest words of this one, with how alike they are."""
    words = _rarest(session, tags, text)
    if not words:
        return []
    shared = session.scalars(
        select(MemoryWord.unit_id)
        .where(MemoryWord.word.in_(words), MemoryWord.tag.in_(tags))
        .group_by(MemoryWord.unit_id)
        .order_by(func.count().desc(), MemoryWord.unit_id)
        .limit(_MOST_LOADED)
    ).all()
    wanted = words_of(text)
    # Of two texts of which one is more than 2.4 times as long, less than 60 % is common.
    units = session.scalars(
        select(MemoryUnit).where(
            MemoryUnit.rendering_id.in_(shared),
            MemoryUnit.source != text,
            MemoryUnit.words.between(len(wanted) * LEAST // 140, len(wanted) * 240 // 100 + 1),
        )
    )
    return _rated(units, wanted)


def _rated(units: Iterable[MemoryUnit], wanted: Sequence[str]) -> list[Rated]:
    """The most alike, with their quality."""
    counted, rated = Counter(wanted), []
    for unit in units:
        theirs = words_of(unit.source)
        # What the words have in common bounds the likeness, and is counted much faster.
        bound = 200 * (Counter(theirs) & counted).total() / (len(theirs) + len(wanted))
        if bound >= LEAST:
            rated.append((bound, unit.rendering_id, theirs, unit))
    matcher = SequenceMatcher(None, b=wanted, autojunk=False)
    best: list[Rated] = []
    for _, _, theirs, unit in sorted(rated, key=lambda each: (-each[0], each[1]))[:_MOST_COMPARED]:
        matcher.set_seq1(theirs)
        best.append(("fuzzy", min(99, round(100 * matcher.ratio())), unit))
    return best


def _rarest(session: Session, tags: Sequence[str], text: str) -> list[str]:
    """The words of a text that choose best. Nothing is counted further than it matters."""
    words = sorted(telling_words(text), key=lambda word: (-len(word), word))[:_MOST_COUNTED]
    if not words:
        return []
    counts = [
        select(literal(word).label("word"), func.count().label("units")).select_from(
            select(MemoryWord.unit_id)
            .where(MemoryWord.word == word, MemoryWord.tag.in_(tags))
            .limit(_FREQUENT)
            .subquery()
        )
        for word in words
    ]
    units = {word: count for word, count in session.execute(union_all(*counts)) if count}
    chosen: list[str] = []
    together = 0
    for word in sorted(units, key=lambda word: (units[word], word))[:_MOST_WORDS]:
        together += units[word]
        if chosen and together > _MOST_LOOKED_UP:
            break
        chosen.append(word)
    return chosen


def _suggestion(unit: MemoryUnit, kind: Kind, quality: int, tag: str, text: str) -> Suggestion:
    before, now = three_way(unit.source, text)
    return Suggestion(
        text=unit.text,
        source=unit.source,
        quality=quality,
        kind=kind,
        tag=unit.tag,
        context=unit.context,
        state=unit.state,
        elsewhere=unit.tag not in language(tag).chain,
        before=tuple(before),
        now=tuple(now),
    )
