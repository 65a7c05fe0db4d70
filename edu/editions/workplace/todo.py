"""What to do next: the next segment that needs words and on which nobody else is at work.

What moved on comes first, because learners are missing it; then what touches safety; then the
order of the lessons.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Edition
from edu.editions.working import edition_for, rendering_for
from edu.editions.workplace.claims import at_work_in, claim, end_old_claims
from edu.editions.workplace.tallies import Placed, Stage, holdings, placed, stage_of
from edu.languages import SOURCE, language


@dataclass(frozen=True)
class Todo:
    """One segment that needs words."""

    tag: str
    module: str
    each: Placed
    stage: Stage
    rendering_id: int | None
    #: Its place in the module.
    position: int


@dataclass(frozen=True)
class Within:
    """Where to look: one edition, and perhaps the place in a part after which to go on."""

    tag: str
    module: str
    part: str = ""
    after: str = ""


def next_to_do(
    session: Session, root: Path, tags: Iterable[str], member_id: int, within: Within | None = None
) -> Todo | None:
    """The next segment for her, claimed; None when nothing is left that nobody works on."""
    end_old_claims(session)
    wanted = [within.tag] if within is not None else list(tags)
    others = {
        number: member.id
        for number, _tag, _module, _where, member in at_work_in(session, wanted)
        if member.id != member_id
    }
    segments = placed(root)
    todos = _open(session, segments, wanted, within)
    for todo in _ordered(todos, within, _place(segments, within)):
        if todo.rendering_id in others:
            continue
        edition = edition_for(session, todo.tag, todo.module)
        rendering = rendering_for(session, edition, todo.each.segment)
        # Somebody may have been handed it in the same moment; then the next one is tried.
        if claim(session, rendering, member_id):
            return todo
    return None


def _open(
    session: Session,
    everything: Mapping[str, Sequence[Placed]],
    tags: Sequence[str],
    within: Within | None,
) -> Iterator[Todo]:
    """What needs words, language by language in the order of the lessons."""
    rows = session.execute(select(Edition.tag, Edition.module).where(Edition.tag.in_(tags)))
    begun = {(row.tag, row.module) for row in rows}
    held = holdings(session, {name for tag in tags for name in language(tag).chain} - {SOURCE})
    for module, segments in everything.items():
        if within is not None and within.module != module:
            continue
        for tag in sorted(tag for tag, name in begun if name == module):
            for position, each in enumerate(segments):
                how, found = stage_of(tag, module, each, held)
                if how in (Stage.MISSING, Stage.STALE):
                    number = found.id if found is not None else None
                    yield Todo(tag, module, each, how, number, position)


def _place(everything: Mapping[str, Sequence[Placed]], within: Within | None) -> int:
    """Where in its module the segment stands after which to go on; -1 for the very start."""
    keys = [each.key for each in everything[within.module]] if within is not None else []
    return keys.index(within.after) if within is not None and within.after in keys else -1


def _ordered(todos: Iterable[Todo], within: Within | None, place: int) -> list[Todo]:
    if within is None or not within.part:
        return sorted(todos, key=_urgency)
    # In the middle of a part the next one is the one below; then those above; then other parts.
    found = list(todos)
    here = [each for each in found if each.each.part == within.part]
    rest = [each for each in found if each.each.part != within.part]
    below = [each for each in here if each.position > place]
    above = [each for each in here if each.position <= place]
    return [*below, *above, *sorted(rest, key=_urgency)]


def _urgency(todo: Todo) -> tuple[bool, bool]:
    return todo.stage is not Stage.STALE, not todo.each.segment.safety
