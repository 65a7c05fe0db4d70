"""Many groups at once from the rows of a sheet: all of them, or none."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from edu.groups.arrangement import Arrangement
from edu.groups.groups import GroupPlan, make_group
from edu.groups.models import Arm, Group, Programme
from edu.programmes.dates import CoursePlan, ask_less, keep_course
from edu.programmes.following_models import LotDraw
from edu.programmes.group_sheets import Row
from edu.programmes.lots import keep_draw
from edu.programmes.tracks import track_named


def make_groups(
    session: Session, programme: Programme, rows: Sequence[Row], by: int, today: date
) -> list[Group]:
    """The groups of these rows. Where some are in a lot, it is drawn once, now, and kept."""
    names = [row.name for row in rows if row.in_lot]
    draw = keep_draw(session, programme.id, _seed(), names, by, today) if names else None
    return [_make(session, programme, _drawn(row, draw), draw, today) for row in rows]


def _seed() -> str:
    return secrets.token_hex(16)


def _drawn(row: Row, draw: LotDraw | None) -> Row:
    """A row with the arm that the lot gave it."""
    if draw is None or not row.in_lot:
        return row
    if row.name in draw.first:
        return replace(row, arm=Arm.INTERVENTION, from_day=None)
    return replace(row, arm=Arm.WAITING)


def _make(
    session: Session, programme: Programme, row: Row, draw: LotDraw | None, today: date
) -> Group:
    plan = GroupPlan(
        name=row.name,
        place=row.place,
        tags=row.tags,
        modules=row.modules,
        programme_id=programme.id,
        arrangement=Arrangement(arm=row.arm, allocation=row.allocation, from_day=row.from_day),
    )
    made = make_group(session, programme.organisation_id, plan, today)
    track = track_named(row.track)
    usual = CoursePlan()
    kept = keep_course(
        session,
        made.id,
        CoursePlan(
            track=row.track,
            role=row.role,
            first_day=row.first_day,
            meetings=track.meetings if track is not None else usual.meetings,
        ),
    )
    if track is not None:
        ask_less(session, made, track)
    kept.draw_id = draw.id if draw is not None and row.in_lot else None
    session.flush()
    return made
