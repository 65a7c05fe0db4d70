"""A parcel from elsewhere into an edition: first what it would do, then all of it or nothing.

What is taken are drafts, whatever the file says: a file cannot say who reviewed it. What was
changed on both sides is kept as a dispute, for somebody to choose with both texts before her.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.communities.lookup import terms_for
from edu.editions.desk import Remark
from edu.editions.models import Change, Edition, Rendering
from edu.editions.working import Conflict, edition_for, edition_of, enter, now, rendering_for, save
from edu.exchange.comparing import Deed, Step, compare
from edu.exchange.disputes import dispute
from edu.exchange.homes import Homes, homes_of
from edu.exchange.marks import record_text
from edu.exchange.notices import Notice, Sort
from edu.exchange.records import change_of, changes_here, is_whole, record_of_change
from edu.exchange.rewording import Rewording, other_blocks, woven
from edu.exchange.unit import Parcel, Unit, tidy
from edu.languages import normalise

#: A remark that is longer is one to talk about.
_LONGEST_REMARK = 2000


@dataclass(frozen=True)
class Plan:
    """What a parcel would do to an edition. `refused` tells why none of it may be taken."""

    tag: str
    module: str
    steps: tuple[Step, ...] = ()
    notices: tuple[Notice, ...] = ()
    refused: tuple[Notice, ...] = ()
    blocks: tuple[Rewording, ...] = ()

    def count(self, deed: Deed) -> int:
        """How many units it would do that with."""
        return sum(step.deed is deed for step in self.steps)

    @property
    def remarks(self) -> int:
        """How many new remarks it would bring."""
        return sum(len(step.remarks) for step in self.steps)

    @property
    def is_idle(self) -> bool:
        """Whether it would change nothing at all."""
        return bool(self.refused) or not any(map(_does, self.steps))

    @property
    def digest(self) -> str:
        """Of all that it would do, so that nobody says yes to something else."""
        said = [
            (step.unit.at, step.deed, step.unit.target, step.here and step.here.digest)
            for step in self.steps
        ]
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def by_sort(self) -> Counter[Sort]:
        """How many notices there are of each sort."""
        return Counter(notice.sort for notice in (*self.refused, *self.notices))


def _does(step: Step) -> bool:
    return step.deed in (Deed.TAKE, Deed.ASK) or bool(step.remarks)


def plan(session: Session, root: Path, tag: str, module: str, parcel: Parcel) -> Plan:
    """What a parcel would do to an edition; nothing is changed."""
    if refused := tuple(_not_for(tag, module, parcel)):
        return Plan(tag, module, refused=refused)
    homes = homes_of(session, root, tag, module)
    changes = changes_here(session, edition_of(session, tag, module))
    records = {slug: record_text(record_of_change(each)) for slug, each in changes.items()}
    steps: list[Step] = []
    seen: dict[str, str] = {}
    for unit in parcel.units:
        here = homes.found(unit)
        if not unit.of_own_block:
            unit = _with_whole_record(unit)
        unit = homes.without_strange_source(unit, here)
        step = compare(unit, here, tag, records)
        if step.here is not None:
            step = _once(step, seen)
        steps.append(step)
    steps, blocks = woven(root, tag, terms_for(session, tag), steps, changes)
    told = (notice for step in steps for notice in step.notices)
    notices = (*parcel.notices, *told, *other_blocks(parcel.blocks, changes))
    return Plan(tag, module, tuple(steps), (*notices, *_moved(steps)), blocks=blocks)


def _not_for(tag: str, module: str, parcel: Parcel) -> Iterator[Notice]:
    """Why a whole parcel is none for this edition."""
    if parcel.tag and normalise(parcel.tag) != tag:
        yield Notice(Sort.OTHER_LANGUAGE, "", detail=parcel.tag)
    if parcel.module and parcel.module != module:
        yield Notice(Sort.OTHER_MODULE, "", detail=parcel.module)


def _with_whole_record(unit: Unit) -> Unit:
    """A record that could not be kept is none."""
    return unit if unit.record is None or is_whole(unit) else replace(unit, record=None)


def _once(step: Step, seen: dict[str, str]) -> Step:
    """The first of two units for one text counts."""
    first = seen.setdefault(step.home.key, step.unit.at)
    if first == step.unit.at:
        return step
    notice = Notice(Sort.TWICE, step.unit.at, step.unit.target, first)
    return Step(step.unit, Deed.LEAVE, step.here, (notice,))


def _moved(steps: Sequence[Step]) -> Iterator[Notice]:
    for step in steps:
        if step.here and step.deed in (Deed.TAKE, Deed.ASK) and step.source != step.here.source:
            yield Notice(Sort.SOURCE_CHANGED, step.unit.at, step.unit.target, step.here.source)


def bring_in(
    session: Session, root: Path, wanted: Plan, *, member_id: int | None, file: str
) -> None:
    """Do what a plan says, in the transaction that the plan was made in. Raises Moved where
    somebody has saved a block meanwhile."""
    if wanted.is_idle:
        return
    edition = edition_for(session, wanted.tag, wanted.module)
    enter(session, edition)
    homes = homes_of(session, root, wanted.tag, wanted.module)
    for each in wanted.blocks:
        each.put_in(session, member_id)
    for step in filter(_does, wanted.steps):
        if step.home.operation is not None:
            continue
        rendering = _rendering(session, edition, homes, step)
        if step.brings_record:
            _bring_record(session, edition, step)
        if step.deed is Deed.TAKE:
            _take(session, rendering, step, member_id, file)
        elif step.deed is Deed.ASK:
            dispute(session, rendering, step, member_id, file)
        for remark in step.remarks:
            _remark(session, rendering, remark, member_id)
    session.flush()


def _rendering(session: Session, edition: Edition, homes: Homes, step: Step) -> Rendering:
    """The row that the words belong to: that of today's text, or one that still stands at the
    older text and that nothing has connected with today's yet."""
    segment = homes.segments[step.home.key]
    older = select(Rendering).where(
        Rendering.edition_id == edition.id,
        Rendering.context == segment.context,
        Rendering.source == step.source,
    )
    return session.scalar(older) or rendering_for(session, edition, segment)


def _take(
    session: Session, rendering: Rendering, step: Step, member_id: int | None, file: str
) -> None:
    try:
        save(
            session,
            rendering,
            tidy(step.unit.target),
            version=rendering.version,
            member_id=member_id,
            source=step.source,
            change=step.unit.change,
            deed="imported",
        )
    except Conflict:
        dispute(session, rendering, step, member_id, file)
        return
    if step.source != step.home.source:
        rendering.follows = step.home.source


def _bring_record(session: Session, edition: Edition, step: Step) -> None:
    known: Mapping[str, Change] = {change.slug: change for change in edition.changes}
    if step.unit.change not in known:
        edition.changes.append(change_of(step.unit, len(known)))
        session.flush()


def _remark(session: Session, rendering: Rendering, text: str, member_id: int | None) -> None:
    session.add(
        Remark(
            rendering_id=rendering.id,
            text=text[:_LONGEST_REMARK],
            member_id=member_id,
            made_at=now(),
        )
    )
