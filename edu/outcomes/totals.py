"""How many people a programme has reached: numbers so coarse that nobody stands out in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.languages import SOURCE
from edu.learning.courses import course_in
from edu.outcomes.figures import group_reach

#: Below this nothing is said; above it, whole tens. Then two looks, before and after somebody
#: joined or a group was moved, differ by nothing or by ten, and tell on nobody.
STEP = 10


@dataclass(frozen=True)
class Totals:
    """Of all groups of a programme together, each rounded down to tens; None: fewer than ten."""

    started: int | None
    finished: int | None
    matched: int | None


def rounded(number: int) -> int | None:
    """Rounded down to tens; None for fewer than ten."""
    return number // STEP * STEP or None


def totals(session: Session, groups: Iterable[Group]) -> Totals:
    """How many started, finished their lessons, and can be compared before and after."""
    started = finished = matched = 0
    for group in groups:
        lessons = [lesson["id"] for lesson in course_in(session, SOURCE, group.modules).lessons]
        reach = group_reach(session, group.id, lessons, "after")
        started += reach.started
        finished += reach.finished
        matched += reach.matched
    return Totals(rounded(started), rounded(finished), rounded(matched))
