"""Words from a file for an edition's own blocks: woven in and looked at before they are taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from edu.checks.terms import Term
from edu.editions.models import Change
from edu.editions.workplace.adapting import Operation, put_in_words
from edu.editions.workplace.block_faults import faults_of
from edu.exchange.comparing import Deed, Step
from edu.exchange.notices import Notice, Sort
from edu.exchange.own_blocks import reworded
from edu.exchange.unit import tidy
from edu.lessons.mistakes import Mistake
from edu.segments.structure import StructureChanged

#: What a file says of a block, and cannot change.
_PLACES = ("operation", "lesson", "block", "after")
#: Letters of a name that a file gives.
_SHOWN = 80


@dataclass(frozen=True)
class Rewording:
    """A block as it would read; `version` is the saving of it that was looked at."""

    change: Change
    text: str
    version: int

    def put_in(self, session: Session, member_id: int | None) -> None:
        """Save it as a draft. Raises Moved."""
        put_in_words(session, self.change, self.text, version=self.version, member_id=member_id)


def woven(
    root: Path,
    tag: str,
    terms: Sequence[Term],
    steps: Iterable[Step],
    changes: Mapping[str, Change],
) -> tuple[list[Step], tuple[Rewording, ...]]:
    """The steps, and how the blocks would read that they change. Words that would make something
    else of their block, or with which it could not be kept, are left."""
    steps, left, wordings = list(steps), dict[str, Step](), list[Rewording]()
    for slug, change in changes.items():
        mine = [step for step in steps if _is_taken(step) and step.home.change == slug]
        fit = _fitting(change, mine)
        shapeless = (step for step in mine if step not in fit)
        left |= {each.home.key: _left(each, Sort.BLOCK_SHAPE, each.home.text) for each in shapeless}
        if not fit:
            continue
        text = _together(change, fit)
        if why := _why_not(root, tag, terms, change, text):
            left |= {each.home.key: _left(each, Sort.BLOCK_FAULTY, faults=why) for each in fit}
        else:
            wordings.append(Rewording(change, text, change.version))
    kept = [left.get(step.home.key, step) if _is_taken(step) else step for step in steps]
    return kept, tuple(wordings)


def _fitting(change: Change, steps: Sequence[Step]) -> Sequence[Step]:
    """Those whose words fit their block; looked for by halves, because most do."""
    if not steps or _together(change, steps):
        return steps
    middle = len(steps) // 2
    if not middle:
        return []
    return [*_fitting(change, steps[:middle]), *_fitting(change, steps[middle:])]


def _together(change: Change, steps: Iterable[Step]) -> str:
    """A block with the words of these steps; empty where they make something else of it."""
    try:
        return reworded(change.text, {each.home.number: tidy(each.unit.target) for each in steps})
    except StructureChanged:
        return ""


def _why_not(
    root: Path, tag: str, terms: Sequence[Term], change: Change, text: str
) -> tuple[Mistake, ...]:
    """Why a block could not be kept that reads so, each reason once; empty where it can."""
    done = Operation(change.operation, change.block, change.after, text)
    reasons = {str(each.message): each for each in faults_of(root, tag, terms, done)}
    return tuple(reasons.values())


def _is_taken(step: Step) -> bool:
    return step.deed is Deed.TAKE and step.home.operation is not None


def _left(step: Step, sort: Sort, detail: str = "", faults: tuple[Mistake, ...] = ()) -> Step:
    detail = detail or "; ".join(str(each.message) for each in faults)
    notice = Notice(sort, step.unit.at, step.unit.target, detail, faults)
    return replace(step, deed=Deed.LEAVE, notices=(*step.notices, notice))


def other_blocks(
    told: Iterable[Mapping[str, Any]], changes: Mapping[str, Change]
) -> Iterator[Notice]:
    """What a file would do with whole blocks that is not done here."""
    for each in told:
        name = tidy(str(each.get("id", "")))[:_SHOWN]
        here = changes.get(name)
        if here is None or any(each.get(place) != getattr(here, place) for place in _PLACES):
            does = tidy(str(each.get("operation", "")))[:_SHOWN]
            yield Notice(Sort.BLOCKS_NOT_TAKEN, name, "", does)
