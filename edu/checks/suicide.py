"""Whether words speak of suicide: by the lists of the language, and by the terms of its community.

The lists know the plain words and the usual ways to say it. They do not know hints, images and
proverbs; for those there are the readers who sign.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from edu.checks.letters import END, INSIDE, START
from edu.checks.stigma import WORDS, spelling_of, words_of
from edu.checks.terms import Term, find
from edu.languages import language

#: The concepts of a glossary that name it.
CONCEPTS = frozenset({"suicide", "suicide-attempt"})
# Arabic vowel signs and the stretching line, which are seldom written.
_UNWRITTEN = re.compile("[\u064b-\u0652\u0670\u0640]")


def speaks_of_suicide(text: str, tag: str, terms: Iterable[Term] = ()) -> str:
    """The words by which a text speaks of suicide; empty when it does not. Looked for in the
    languages of the whole chain: words of an ancestor, and English ones, stand in many texts."""
    plain = _UNWRITTEN.sub("", unicodedata.normalize("NFC", text))
    for step in language(tag).chain:
        pattern = _pattern(spelling_of(step))
        if pattern is not None and (found := pattern.search(plain)):
            return " ".join(found[0].split())
    for term in terms:
        if term.concept in CONCEPTS and not term.avoid:
            hits = find(text, term.forms, starts=term.starts, prefixes=term.prefixes)
            if hits:
                return hits[0].text
    return ""


@lru_cache(maxsize=128)
def _pattern(base: str) -> re.Pattern[str] | None:
    """The list of one language as a pattern, with the harmful ways to say it."""
    path = WORDS / f"{base}.toml"
    if not path.exists():
        return None
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("speaks_of_suicide", [])
    harmful = [form for word in words_of(base) if word.kind == "suicide" for form in word.forms]
    written = [_written(form) for form in (*listed, *harmful)]
    return re.compile(rf"{START}(?:{'|'.join(written)}){END}", re.IGNORECASE) if written else None


def _written(form: str) -> str:
    """One form; a star stands for any letters, a space for any white space."""
    plain = _UNWRITTEN.sub("", unicodedata.normalize("NFC", form))
    parts = (re.escape(part).replace("\\ ", r"\s+") for part in plain.split("*"))
    return rf"[{INSIDE}]*".join(parts)
