"""Placeholders: what the program fills in must stand in the translation as it is."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from edu.checks.contacts import EMAIL, URL
from edu.checks.finding import Finding, blocks, listed
from edu.checks.reading import Side
from edu.lessons.words import N_

PLACEHOLDER = re.compile(
    r"\$?\{\{?[^\W\d][\w.-]*\}?\}|\{\d+\}"  # {name}, {{name}}, ${name}, {1}
    r"|%\([^\W\d]\w*\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]"  # %(name)s
    r"|(?<![\w%٠-٩])%(?:\d\$)?[sd](?!\w)"  # %s, %1$s
)
_BRACED = re.compile(r"\{[^{}\n]{1,60}\}")
_NAMED = re.compile(r"%\s?\([^()\n]{1,40}\)\s?\w?")

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@lru_cache(maxsize=64)
def bare(text: str, instead: str = "\ufffc") -> str:
    """The text with `instead` for each address, placeholder and tag: the words alone."""
    if "://" in text or "www." in text.lower():
        text = URL.sub(instead, text)
    if "@" in text:
        text = EMAIL.sub(instead, text)
    if "{" in text or "%" in text:
        text = PLACEHOLDER.sub(instead, text)
    if "<" in text:
        text = _TAG.sub(instead, text)
    return text


_LOST = N_("This placeholder is missing or changed: %(found)s. Copy it as it stands.")
_NEW = N_("The source has no placeholder %(found)s. It would be shown as it is typed.")


def _found(text: str) -> Counter[str]:
    """Placeholders, and what looks like one that was translated or broken by a space."""
    found = Counter(PLACEHOLDER.findall(text))
    rest = PLACEHOLDER.sub(" ", text)
    found.update(_BRACED.findall(rest))
    found.update(_NAMED.findall(rest))
    return found


def check_placeholders(source: Side, target: Side) -> Iterator[Finding]:
    ours, theirs = _found(source.text), _found(target.text)
    if lost := sorted((ours - theirs) - Counter(_twice(ours, theirs))):
        yield blocks("placeholders", _LOST, found=listed(lost))
    if new := sorted((theirs - ours) - Counter(_twice(theirs, ours))):
        yield blocks("placeholders", _NEW, found=listed(new))


def _twice(more: Counter[str], fewer: Counter[str]) -> dict[str, int]:
    """A name said twice in one language may be said once in another."""
    return {each: more[each] for each in more if fewer[each]}
