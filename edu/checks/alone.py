"""The checks of words that have no source beside them: a block that a place puts in.

What compares with a source is left out; all else is as for a translation, and weighs the same.
"""

from collections.abc import Iterator

from edu.checks.contacts import check_addresses, check_phones
from edu.checks.finding import Finding
from edu.checks.marks import check_dangerous, check_empty_links, check_stray
from edu.checks.pair import PLAIN, Rules, check_letters, check_typing, once
from edu.checks.reading import Side
from edu.checks.signs import check_bidi, check_invisible
from edu.checks.stigma import check_words
from edu.checks.terms import check_avoided
from edu.checks.whole import check_english, check_pieces
from edu.languages import SOURCE, UNKNOWN, normalise
from edu.segments.markdown import extract
from edu.segments.segment import Segment

_NOTHING = Side("")


def check_block(markdown: str, tag: str, rules: Rules = PLAIN) -> list[Finding]:
    """Everything that may be wrong with the words of a block; what blocks comes first."""
    tag = normalise(tag) or UNKNOWN
    found = [*_unseen(Side(markdown))]
    for segment in extract(markdown):
        found += _all(segment, tag, rules)
    return sorted(once(found), key=lambda finding: not finding.blocks)


def _unseen(target: Side) -> Iterator[Finding]:
    """Signs that nobody sees, also between the texts."""
    yield from check_bidi(_NOTHING, target)
    yield from check_invisible(_NOTHING, target)


def _all(segment: Segment, tag: str, rules: Rules) -> Iterator[Finding]:
    target, base = Side(segment.text), tag.partition("-")[0]
    # A number or an address is of one place and one year: it belongs to the services.
    yield from check_phones(_NOTHING, target)
    yield from check_addresses(_NOTHING, target)
    yield from check_stray(_NOTHING, target)
    yield from check_dangerous(target)
    yield from check_empty_links(target)
    yield from check_pieces(_NOTHING, target)
    yield from check_english(target, base)
    yield from check_letters(_NOTHING, target, tag, base, foreign=base != SOURCE)
    yield from check_typing(_NOTHING, target, tag, base, rules)
    yield from check_avoided(target, rules.avoided)
    yield from check_words(_NOTHING, target, tag, segment.kind, segment.safety)
