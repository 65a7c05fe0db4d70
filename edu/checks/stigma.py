"""Words that hurt: what a translation should not say about people, and what to say instead.

The words of each language stand in `words/<language>.toml`, and only those of which we are sure.
English targets are held to the rules of our own lessons.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from edu.checks.finding import ADVISES, BLOCKS, Finding
from edu.checks.reading import Side
from edu.checks.terms import Hit, find, place
from edu.languages import language
from edu.lessons.style import words_about_people
from edu.lessons.words import N_

WORDS = Path(__file__).with_name("words")

_KINDS = {
    "label": N_("“%(found)s” makes a whole person into one thing. Put the person first: %(say)s."),
    "contempt": N_("“%(found)s” looks down on people or their beliefs. Say it like this: %(say)s."),
    "suicide": N_("“%(found)s” makes suicide a crime or a success. Say: %(say)s."),
    "method": N_("“%(found)s” tells how or where. Leave it out; a method is never told."),
    "brain": N_("“%(found)s” names the brain alone as the cause. Name several causes: %(say)s."),
    "myth": N_("“%(found)s”: no lists of myths and facts, they spread the myth. Say what is so."),
}
# The advice is a message of its own.
_ENGLISH = "%(advice)s"


@dataclass(frozen=True)
class Word:
    """One entry of a language: its forms, what is wrong with them, what to say instead."""

    kind: str
    forms: tuple[str, ...]
    say: str
    starts: bool
    prefixes: tuple[str, ...]
    blocks: bool


@cache
def words_of(base: str) -> tuple[Word, ...]:
    """The words of a language; none for one that we do not know."""
    path = WORDS / f"{base}.toml"
    if not path.exists():
        return ()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Word(
            kind=entry["kind"],
            forms=tuple(entry["forms"]),
            say=entry.get("say", ""),
            starts=entry.get("starts", False),
            prefixes=tuple(entry.get("prefixes", ())),
            blocks=entry.get("blocks", entry["kind"] in ("label", "suicide", "contempt", "myth")),
        )
        for entry in table["word"]
    )


@lru_cache(maxsize=256)
def known(tag: str) -> tuple[Word, ...]:
    """The words of the nearest language of a tag's chain that has some."""
    for each in language(tag).chain:
        base = spelling_of(each)
        if base == "en":
            break
        if found := words_of(base):
            return found
    return ()


def spelling_of(tag: str) -> str:
    """The language whose list of words is that of a tag."""
    base = tag.partition("-")[0]
    return {"no": "nb", "nn": "nb"}.get(base, base)


def check_words(
    source: Side, target: Side, tag: str, kind: str = "", safety: str = ""
) -> Iterator[Finding]:
    """What hurts in the target. A harsh word that the source shows, as on a card or as an answer
    to choose, is shown here too. Where `safety` says suicide, a method must go."""
    if tag.partition("-")[0] == "en":
        yield from _english(source, target)
        return
    heads = _heads(target)
    for word in known(tag):
        text = heads if word.kind == "myth" else target.visible
        hits = find(text, word.forms, starts=word.starts, prefixes=word.prefixes)
        if not hits:
            continue
        shown = bool(words_about_people(source.visible.translate(_NO_QUOTES), 1, ""))
        if shown and kind == "option":
            continue
        if finding := _finding(word, hits, shown, target):
            strict = word.kind == "method" and safety == "suicide"
            yield replace(finding, level=BLOCKS) if strict else finding


_NO_QUOTES = str.maketrans("", "", '"“”«»‘’')


def _heads(target: Side) -> str:
    """The words before a colon or dash at the start of each block, and whole headings."""
    heads = []
    for piece in target.pieces:
        for line in piece.text.split("\n"):
            label = re.match(r"[^:：–—\-]{1,40}(?=\s?[:：–—]|\s-\s)", line)
            if label:
                heads.append(label[0])
            elif piece.within in ("heading", "th", "title", "front-matter"):
                heads.append(line)
    return "\n".join(heads)


def _finding(word: Word, hits: list[Hit], shown: bool, target: Side) -> Finding | None:
    said = [hit for hit in hits if not hit.quoted]
    if not said and shown:
        return None
    hit = (said or hits)[0]
    level = BLOCKS if said and word.blocks and not shown else ADVISES
    values = {"found": hit.text, "say": word.say}
    return Finding(f"words-{word.kind}", level, _KINDS[word.kind], values, *place(target, hit.text))


def _english(source: Side, target: Side) -> Iterator[Finding]:
    """The rules of our own lessons; what the source says in the same words is its author's."""
    ours = {mistake.message for mistake in words_about_people(source.visible, 1, "")}
    for piece in target.pieces:
        for mistake in words_about_people(piece.text, 1, ""):
            if mistake.message not in ours:
                level = BLOCKS if mistake.blocks else ADVISES
                yield Finding("words-english", level, _ENGLISH, {"advice": mistake.message})
