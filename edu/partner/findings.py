"""What the checks say of a text, in the reader's language, and what of it somebody set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from edu.checks.alone import check_block
from edu.checks.finding import Finding
from edu.checks.pair import Pair, Rules, check_pair
from edu.communities.lookup import terms_for
from edu.doors import db, settings
from edu.editions.desk import Dismissal
from edu.editions.memory.lengths import ratios_of
from edu.editions.models import SHOWING, Change
from edu.editions.workplace.adapting import Operation, blocks_now
from edu.editions.workplace.block_faults import faults_of
from edu.editions.workplace.lines import Line, Sheet
from edu.lessons.mistakes import Message
from edu.pages.reasons import in_words


@dataclass(frozen=True)
class Said:
    """One finding in the reader's language."""

    check: str
    message: str
    blocks: bool
    #: Why somebody set it aside; empty while nobody has.
    aside: str = ""


def findings_of(tag: str, line: Line, text: str, aside: Sequence[Dismissal]) -> list[Said]:
    """What may be wrong with words for a line: what blocks comes first, what was set aside last."""
    why = {each.check_id: each.why for each in aside if each.text == text}
    said = [_said(each, why) for each in _findings(tag, line, text, rules_for(tag))]
    return sorted(said, key=lambda each: bool(each.aside))


def findings_of_block(tag: str, markdown: str) -> list[Said]:
    """The same for a block of this place's own."""
    return [_said(each, {}) for each in check_block(markdown, tag, rules_for(tag))]


def _said(found: Finding, why: Mapping[str, str]) -> Said:
    """A finding as it is read; what blocks cannot be set aside."""
    aside = "" if found.blocks else why.get(found.check, "")
    said = in_words(Message(found.template, **found.values))
    return Said(found.check, said, found.blocks, aside)


def faulty(tag: str, found: Sheet) -> set[str]:
    """The keys of the lines whose words cannot be released as they are."""
    rules = rules_for(tag)
    return {
        line.segment.key
        for line in found.lines
        if any(each.blocks for each in _findings(tag, line, line.text, rules))
    }


def faulty_blocks(tag: str, found: Sheet) -> list[Change]:
    """The blocks of this place's own that cannot be released as they are. They were looked at
    when they were kept; since then lessons may have gone, and words been agreed to be avoided.
    Some have come from others, or from the files of an older program."""
    rules = rules_for(tag)
    shows = any(each.operation in SHOWING for each in found.changes)
    blocks = blocks_now(db(), tag, found.part) if shows else []
    safety = {each.name: each.safety for each in blocks}
    return [
        each
        for each in found.changes
        if each.text and _is_faulty(tag, each, rules, safety.get(each.block, ""))
    ]


def _is_faulty(tag: str, change: Change, rules: Rules, safety: str) -> bool:
    done = Operation(change.operation, change.block, change.after, change.text)
    wrong = faults_of(settings().root, tag, rules.terms, done, safety)
    return bool(wrong) or any(each.blocks for each in check_block(change.text, tag, rules))


def rules_for(tag: str) -> Rules:
    """What the community of a language decided, its terms and its words to avoid, and how long
    the texts usually are that its readers have approved."""
    return Rules(terms=tuple(terms_for(db(), tag)), ratios=ratios_of(db(), tag))


def _findings(tag: str, line: Line, text: str, rules: Rules) -> list[Finding]:
    """Nothing is said of no words: they are inherited, or still to be written."""
    if not text:
        return []
    segment = line.segment
    adapted = line.operation == "adapt"
    pair = Pair(
        tag, segment.text, text, segment.kind, segment.safety, segment.block, adapted=adapted
    )
    return list(_checked(pair, rules))


@lru_cache(maxsize=2048)
def _checked(pair: Pair, rules: Rules) -> tuple[Finding, ...]:
    """A page asks for all its lines at once, and most have not changed since it was last shown."""
    return tuple(check_pair(pair, rules))
