"""The title and the introduction that an organisation writes for a form of its own.

Where it writes none, a form has the words of the instrument that its first question is from. So
have readers of a language in which it wrote none, if they can read those.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from edu.instruments.models import BuiltForm
from edu.languages import SOURCE, language, same_words
from edu.quizzes.instrument import Instrument

#: What can be written, and how long it may be.
LONGEST = {"title": 120, "introduction": 1000}

#: By language what somebody wrote, by `title` and `introduction`.
OwnWords = Mapping[str, Mapping[str, str]]
#: What tells own words from those that came with the questions.
_OWN = "own"


def with_own(
    made: Instrument, words: Mapping[str, Mapping[str, Any]], own: OwnWords
) -> tuple[Instrument, dict[str, dict[str, Any]]]:
    """A form and its words with what the organisation wrote in the place of what came."""
    told = {tag: {**each, **_own_in(own, tag, made.id, each)} for tag, each in words.items()}
    first = own.get(SOURCE, {})
    title = first.get("title", made.title)
    return replace(
        made, title=title, introduction=first.get("introduction", made.introduction)
    ), told


def _own_in(
    own: OwnWords, tag: str, id: str, words: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """What readers of a language get of it: the nearest of their chain. Words that they may not
    know never take the place of words that they do."""
    found: dict[str, dict[str, str]] = {}
    for name in language(tag).chain:
        for place, text in own.get(name, {}).items():
            came = words[f"{id}|{place}"]["tag"]
            if same_words(name, tag) or not same_words(came, tag):
                word = {"text": text, "tag": name, "state": "original", _OWN: "yes"}
                found.setdefault(f"{id}|{place}", word)
    return found


def own_words_of(row: BuiltForm) -> dict[str, dict[str, str]]:
    """What was written for a version of a form, in the language in which it was written."""
    found: dict[str, dict[str, str]] = {}
    for words in row.words.values():
        for place in LONGEST:
            word = words.get(f"{row.instrument}|{place}", {})
            if _OWN in word:
                found.setdefault(word["tag"], {})[place] = word["text"]
    return found
