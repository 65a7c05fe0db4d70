"""Words that a lesson takes from the place it is read in: `{people.1}`, `{work.2}`.

A lesson in English says `{people.1} sells {food.1}`; a release for a place puts that place's words
in. Where a language bends its words, a translator writes the bent word by hand instead.
"""

import re
from collections.abc import Mapping, Sequence

#: A key of the swap table and which of its values, counted from one.
PLACEHOLDER = re.compile(r"\{([a-z]+(?:_[a-z]+)*)\.([1-9][0-9]?)\}")

Swaps = Mapping[str, Sequence[str]]


def fill(text: str, swaps: Swaps) -> str:
    """The text with the place's words in it. What the table has no value for stays as it is."""
    return PLACEHOLDER.sub(lambda found: _value(found, swaps) or found[0], text)


def unknown(text: str, swaps: Swaps) -> list[str]:
    """The placeholders of a text for which the table has no value, each once, in their order."""
    found = [match[0] for match in PLACEHOLDER.finditer(text) if not _value(match, swaps)]
    return list(dict.fromkeys(found))


def nearest(tables: Sequence[Swaps]) -> dict[str, list[str]]:
    """One table from several, the nearest first: value by value, the first that is there."""
    keys = dict.fromkeys(key for table in tables for key in table)
    return {key: _nearest_values([table.get(key, ()) for table in tables]) for key in keys}


def _nearest_values(lists: Sequence[Sequence[str]]) -> list[str]:
    longest = max(map(len, lists), default=0)
    return [
        next(values[place] for values in lists if place < len(values)) for place in range(longest)
    ]


def _value(found: re.Match[str], swaps: Swaps) -> str:
    values, place = swaps.get(found[1], ()), int(found[2]) - 1
    return values[place] if place < len(values) else ""
