"""Which batches stand under a programme's figures at present: whole ones, and never a part of what
was told together."""

from collections.abc import Container, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Journey
from edu.learning.waves import AFTER, LOOKING_BACK
from edu.outcomes.batches import Scale, Whole, members_of, whole_batches
from edu.outcomes.disclosure_ties import tied
from edu.outcomes.models import ReportBatch

#: By journey: the group it belongs to at present (0: none), and the language she began in.
Journeys = Mapping[str, tuple[int, str]]


def batches_under(
    session: Session,
    groups: Sequence[Group],
    programme_id: int,
    minimum: int,
    only: Container[int] | None,
) -> tuple[list[Whole], Journeys]:
    """The batches whose rows may be looked at, and the journeys in them; `only` some of them."""
    mine = ReportBatch.group_id.in_([each.id for each in groups])
    batches = session.scalars(
        select(ReportBatch)
        .where(mine | (ReportBatch.programme_id == programme_id), ReportBatch.wave != "lost")
        .order_by(ReportBatch.id)
    ).all()
    whole = whole_batches(session, batches)
    journeys = _journeys(session, (each for batch in whole for each in batch.scores))
    known = {group.id for group in groups}
    # Where one of several small groups has moved away, the others would be told by what is left.
    here = [each for each in whole if all(journeys[name][0] in known for name in each.scores)]
    broken = {each.id for each in batches} - {each.batch.id for each in here}
    left = _together(session, batches, here, broken, minimum)
    return _without_half_known(
        [each for each in left if only is None or each.batch.id in only]
    ), journeys


def _together(
    session: Session,
    batches: Sequence[ReportBatch],
    here: Sequence[Whole],
    broken: set[int],
    minimum: int,
) -> list[Whole]:
    """Without the broken batches and all that is tied to them. Where of a group too little is left
    on one scale, that goes as well, and again what is tied to it."""
    members = members_of(session, batches)
    while True:
        gone = tied(members, broken)
        left = [each for each in here if each.batch.id not in gone]
        sizes = _sizes(left)
        small = {
            each.batch.id
            for each in left
            if each.batch.group_id is not None
            and sizes[_key(each.batch, each.batch.group_id)] < minimum
        }
        if not small:
            return left
        broken = gone | small


def _without_half_known(whole: Sequence[Whole]) -> list[Whole]:
    """Looking back is told beside *after*, so of a batch in which somebody's *after* is not told
    yet nothing is: those who are in both would be part of a batch."""
    told: dict[Scale, set[str]] = {}
    for each in whole:
        if each.batch.wave == AFTER:
            told.setdefault(_scale(each.batch), set()).update(each.scores)
    return [
        each
        for each in whole
        if each.batch.wave != LOOKING_BACK
        or each.scores.keys() <= told.get(_scale(each.batch), set())
    ]


def _sizes(whole: Iterable[Whole]) -> dict[tuple[int, Scale, str], int]:
    found: dict[tuple[int, Scale, str], int] = {}
    for each in whole:
        if each.batch.group_id is not None:
            key = _key(each.batch, each.batch.group_id)
            found[key] = found.get(key, 0) + each.batch.n
    return found


def _key(batch: ReportBatch, group_id: int) -> tuple[int, Scale, str]:
    return group_id, _scale(batch), batch.wave


def _scale(batch: ReportBatch) -> Scale:
    return batch.instrument_version_id, batch.scale


def _journeys(session: Session, ids: Iterable[str]) -> dict[str, tuple[int, str]]:
    wanted = sorted(set(ids))
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = session.execute(
            select(Journey.id, Journey.group_id, Journey.tag).where(Journey.id.in_(some))
        )
        found |= {journey: (group or 0, tag) for journey, group, tag in rows}
    return found
