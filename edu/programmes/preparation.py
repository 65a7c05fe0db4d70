"""What comes before hard lessons.

Lessons about suicide, about violence, and about what a whole community went through can open
wounds. Nobody opens one with a group before she has worked through the lesson on leading safely,
and before the programme has named somebody to whom people can turn.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from edu.programmes.keeping import added
from edu.programmes.planning_models import SupportContact
from edu.programmes.session_models import Preparation

#: The lesson on leading safely.
NEEDED = "m9.2"
_HARD_LESSONS = frozenset({"m4.3", "m5.3"})
_HARD_MODULES = frozenset({"m7"})


class Lack(StrEnum):
    """What is missing before a hard lesson."""

    PREPARATION = "preparation"
    SUPPORT = "support"


def is_hard(lesson: str) -> bool:
    """Whether a lesson, named as `m4.3`, asks for both."""
    return lesson in _HARD_LESSONS or lesson.partition(".")[0] in _HARD_MODULES


def has_prepared(session: Session, member_id: int) -> bool:
    """Whether somebody said that she has worked through the lesson on leading safely."""
    return session.get(Preparation, (member_id, NEEDED)) is not None


def prepare(session: Session, member_id: int, today: date) -> bool:
    """Somebody says so; False when she did before."""
    if has_prepared(session, member_id):
        return False
    return added(session, Preparation(member_id=member_id, lesson=NEEDED, done_on=today))


def lacks(session: Session, member_id: int, programme_id: int | None) -> Sequence[Lack]:
    """What somebody lacks before she opens hard lessons with a group of this programme."""
    named = programme_id is not None and session.get(SupportContact, programme_id) is not None
    found = [] if has_prepared(session, member_id) else [Lack.PREPARATION]
    return found if named else [*found, Lack.SUPPORT]
