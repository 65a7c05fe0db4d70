"""What a programme still lacks before a group of it may start, and the start itself.

The one question is `missing`. In an emergency only a support contact is asked for.
"""

from datetime import date
from enum import StrEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.outcomes.plans import plan_of
from edu.programmes.assessing import MEMBERS, finished, members_asked, newest
from edu.programmes.emergency import emergency_of
from edu.programmes.planning import details_of, seats_of, support_of


class Missing(StrEnum):
    """What may be missing. The words for each stand in templates/planner/steps.html."""

    PROGRAMME = "programme"
    GOAL = "goal"
    STEERING = "steering"
    SUPPORT = "support"
    ASSESSMENT = "assessment"
    MEMBERS = "members"
    PLAN = "plan"

    @property
    def path(self) -> str:
        """Where it is mended: below the programme's page; for a programme, below the group's."""
        return {
            Missing.PROGRAMME: "/programme",
            Missing.GOAL: "/details",
            Missing.STEERING: "/steering",
            Missing.SUPPORT: "/support",
            Missing.ASSESSMENT: "/assessment",
            Missing.MEMBERS: "/assessment/asked",
            Missing.PLAN: "/evaluation/plan",
        }[self]


def missing(session: Session, programme_id: int | None) -> list[Missing]:
    """What a group's programme lacks, in the order in which it is best mended; none: it may start.
    `programme_id` is None for a group that belongs to no programme."""
    if programme_id is None:
        return [Missing.PROGRAMME]
    support = [] if support_of(session, programme_id) is not None else [Missing.SUPPORT]
    if emergency_of(session, programme_id) is not None:
        return support
    return [
        *([] if details_of(session, programme_id) is not None else [Missing.GOAL]),
        *([] if _has_lived_experience(session, programme_id) else [Missing.STEERING]),
        *support,
        *_of_assessment(session, programme_id),
        *([] if _has_frozen_plan(session, programme_id) else [Missing.PLAN]),
    ]


def open_group(session: Session, group: Group, today: date) -> list[Missing]:
    """Let people join from today on. Returns what is missing; while anything is, the group stays
    as it was. A group that is open stays open, whatever becomes of its programme."""
    if group.opened_on is not None:
        return []
    lacking = missing(session, group.programme_id)
    if not lacking:
        group.opened_on = today
        session.flush()
    return lacking


def is_in_use(session: Session, programme_id: int) -> bool:
    """Whether people learn by a programme's plan: a group is open, and nothing is missing."""
    is_open = exists().where(Group.programme_id == programme_id, Group.opened_on.is_not(None))
    return bool(session.scalar(select(is_open))) and not missing(session, programme_id)


def _has_lived_experience(session: Session, programme_id: int) -> bool:
    """Whether somebody with lived experience decides, too: a seat that only advises is not one."""
    return any(seat.lived_experience and seat.votes for seat in seats_of(session, programme_id))


def _of_assessment(session: Session, programme_id: int) -> list[Missing]:
    """A version that is being written anew takes nothing from the frozen one before it."""
    done = finished(session, programme_id)
    told = done or newest(session, programme_id)
    few = told is None or len(members_asked(told)) < MEMBERS
    return [
        *([] if done is not None else [Missing.ASSESSMENT]),
        *([Missing.MEMBERS] if few else []),
    ]


def _has_frozen_plan(session: Session, programme_id: int) -> bool:
    kept = plan_of(session, programme_id)
    return kept is not None and kept.frozen_on is not None
