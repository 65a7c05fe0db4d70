"""A programme's report worked out at once, and what is looked at in it."""

from datetime import date

from sqlalchemy import select

from edu.groups.models import Arm, Group
from edu.learning.models import Pair
from edu.outcomes.evaluating import Analysis, analyse, count_in
from tests.conftest import TINY
from tests.outcomes.programme import DAY, Made

COURSE, WAITING, COMPARISON = Arm.INTERVENTION, Arm.WAITING, Arm.COMPARISON


def worked_out(made: Made, today: date = DAY) -> Analysis:
    count_in(made.session, made.programme.id, today)
    return analyse(made.session, TINY, made.programme.id, today)


def scale(found: Analysis, name: str = "contact") -> dict:
    return next(each for each in found.content["scales"] if each["scale"] == name)


def pairs(made: Made, group: Group, name: str = "contact") -> list[Pair]:
    return list(
        made.session.scalars(select(Pair).where(Pair.group_id == group.id, Pair.scale == name))
    )
