"""All checks of one translation: a source, a target, and what is known of the language.

The desk calls this while somebody types, the release before it is made, imports and the command
line for whole files. Nothing here knows of pages or of the database.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from edu.checks.balance import check_balance, check_spaces
from edu.checks.blocks import check_blocks, check_breaks
from edu.checks.contacts import check_addresses, check_phones
from edu.checks.doubles import check_doubles
from edu.checks.finding import ADVISES, Finding
from edu.checks.marks import (
    LINK_LOST,
    check_code,
    check_emphasis,
    check_images,
    check_links,
    check_tags,
)
from edu.checks.numbers import check_numbers
from edu.checks.percent import check_percent
from edu.checks.placeholders import check_placeholders
from edu.checks.punctuation import (
    check_ends,
    check_own_signs,
    check_questions,
    check_signs_in_a_row,
)
from edu.checks.ratios import Ratios, ratios_for
from edu.checks.reading import Side
from edu.checks.scripts import check_forms, check_mixed, check_own_script
from edu.checks.signs import (
    check_bidi,
    check_composition,
    check_hard_spaces,
    check_invisible,
    check_kashida,
    check_lost_joiners,
)
from edu.checks.stigma import check_words
from edu.checks.terms import Term, check_avoided, check_terms
from edu.checks.whole import NEAR, check_empty, check_length, check_pieces, check_unchanged
from edu.languages import SOURCE, UNKNOWN, normalise

__all__ = ["Finding", "Pair", "Rules", "Term", "check_pair"]


@dataclass(frozen=True)
class Pair:
    """One translation. `kind` is the segment's (`title`, `option`, …), `safety` its block's."""

    language: str
    source: str
    target: str
    kind: str = ""
    safety: str = ""
    block: str = ""
    source_language: str = SOURCE
    #: Made different for a place on purpose, with a reason that somebody wrote down.
    adapted: bool = False


@dataclass(frozen=True)
class Rules:
    """What a community decided: its terms, its words to avoid, its lengths and its habits."""

    terms: Sequence[Term] = ()
    avoid: Sequence[Term] = ()
    ratios: Ratios | None = None
    reduplicates: Collection[str] = ()
    french_spaces: str = "any"  # "narrow" wants spaces that do not break, "" asks for none

    @property
    def avoided(self) -> list[Term]:
        """The words to avoid, wherever they stand."""
        return [*self.avoid, *(each for each in self.terms if each.avoid)]


PLAIN = Rules()


def check_pair(pair: Pair, rules: Rules = PLAIN) -> list[Finding]:
    """Everything that may be wrong with a translation; what blocks comes first."""
    weighed = (_weighed(finding, pair) for finding in once(_all(pair, rules)))
    placed = (_placed(finding, pair.target) for finding in weighed)
    return sorted(placed, key=lambda finding: not finding.blocks)


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, however many checks say it."""
    return [each.finding for each in dict.fromkeys(map(_Key, findings))]


def _weighed(finding: Finding, pair: Pair) -> Finding:
    """What a place may leave out or put in another way for a reason of its own; never a phone
    number, and nothing where safety is touched."""
    of_the_place = finding.check in ("numbers", "percent") or finding.template == LINK_LOST
    if pair.adapted and not pair.safety and of_the_place:
        return replace(finding, level=ADVISES)
    return finding


def _placed(finding: Finding, target: str) -> Finding:
    """With the place of what was found, where it stands in the target once."""
    words = (finding.values.get("target") or finding.values.get("found") or "").split(", ")[0]
    if finding.start is not None or not words or target.count(words) != 1:
        return finding
    start = target.index(words)
    return replace(finding, start=start, end=start + len(words))


class _Key:
    """Findings that say the same are one."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        self._said = (finding.check, finding.message)

    def __hash__(self) -> int:
        return hash(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._said == other._said


@lru_cache(maxsize=1024)
def _source(text: str) -> Side:
    """A source is read once for its many languages, and for each letter typed beside it."""
    return Side(text)


def _all(pair: Pair, rules: Rules) -> Iterator[Finding]:
    source, target = _source(pair.source), Side(pair.target)
    empty = list(check_empty(source, target))
    yield from empty
    # Signs that nobody sees are told of even where nothing else is there.
    yield from check_bidi(source, target)
    yield from check_invisible(source, target)
    if empty:
        return
    tag = normalise(pair.language) or UNKNOWN
    base = tag.partition("-")[0]
    source_base = (normalise(pair.source_language) or SOURCE).partition("-")[0]
    yield from _facts(source, target, base, source_base)
    yield from _marks(source, target, foreign=base != source_base and base not in NEAR)
    yield from check_pieces(source, target)
    yield from check_unchanged(source, target, base, source_base)
    yield from check_letters(source, target, tag, base, foreign=base != source_base)
    yield from check_typing(source, target, tag, base, rules)
    if base != source_base:
        yield from check_length(source, target, rules.ratios or ratios_for(base))
    yield from check_terms(source, target, rules.terms)
    yield from check_avoided(target, rules.avoided)
    yield from check_words(source, target, tag, pair.kind, pair.safety)


def _facts(source: Side, target: Side, base: str, source_base: str) -> Iterator[Finding]:
    yield from check_phones(source, target)
    yield from check_addresses(source, target)
    yield from check_placeholders(source, target)
    yield from check_numbers(source, target, base, source_base)
    yield from check_percent(source, target)


def _marks(source: Side, target: Side, *, foreign: bool) -> Iterator[Finding]:
    yield from check_blocks(source, target)
    yield from check_breaks(source, target)
    yield from check_emphasis(source, target)
    yield from check_code(source, target)
    yield from check_links(source, target, foreign=foreign)
    yield from check_images(source, target, foreign=foreign)
    yield from check_tags(source, target)


def check_letters(
    source: Side, target: Side, tag: str, base: str, *, foreign: bool
) -> Iterator[Finding]:
    yield from check_lost_joiners(target, base)
    yield from check_composition(target)
    yield from check_kashida(source, target)
    yield from check_hard_spaces(source, target, base)
    yield from check_mixed(source, target)
    yield from check_own_script(source, target, tag, foreign=foreign)
    yield from check_forms(source, target, base)


def check_typing(
    source: Side, target: Side, tag: str, base: str, rules: Rules
) -> Iterator[Finding]:
    yield from check_ends(source, target, tag)
    yield from check_questions(source, target)
    yield from check_own_signs(source, target, base, french=rules.french_spaces)
    yield from check_signs_in_a_row(source, target, base)
    yield from check_balance(source, target)
    yield from check_spaces(source, target)
    yield from check_doubles(source, target, base, rules.reduplicates)
