"""Where a paper goes, its place in the batches goes too.

Papers that are linked by elements move from one journey to another when more is known of whose they
are. Whoever was counted with them stays counted: otherwise she would wait under her new journey,
and be in a later batch once more. Where two people are parted, both are held to be counted, as half
of what was counted is each one's.
"""

from sqlalchemy import event, select
from sqlalchemy.orm import object_session

from edu.learning.linking.models import Evidence
from edu.learning.waves import AFTER, BEFORE, LOOKING_BACK
from edu.outcomes.models import ReportMember


def follow_papers() -> None:
    """From now on, wherever papers are moved."""
    if not event.contains(Evidence.journey_id, "set", _follow):
        event.listen(Evidence.journey_id, "set", _follow)


def _follow(paper: Evidence, target: str, source: object, _event: object) -> None:
    session = object_session(paper)
    if session is None or not isinstance(source, str) or source == target:
        return
    with session.no_autoflush:
        rows = session.scalars(
            select(ReportMember).where(ReportMember.journey_id.in_((source, target)))
        ).all()
    there = {_key(row) for row in rows if row.journey_id == target}
    session.add_all(
        ReportMember(
            journey_id=target,
            instrument_version_id=row.instrument_version_id,
            scale=row.scale,
            wave=row.wave,
            batch_id=row.batch_id,
        )
        for row in rows
        if row.journey_id == source and _bears_on(paper.wave, row.wave) and _key(row) not in there
    )


def _bears_on(wave: str, counted: str) -> bool:
    """Whether a paper of this wave is in what was counted of that one."""
    if wave == BEFORE:
        return counted != LOOKING_BACK
    return wave == counted or (wave == AFTER and counted == LOOKING_BACK)


def _key(row: ReportMember) -> tuple[int, str, str]:
    return row.instrument_version_id, row.scale, row.wave
