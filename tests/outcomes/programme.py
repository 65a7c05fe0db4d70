"""A programme with groups of simulated people who have answered, straight into the database."""

import random
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.groups.groups import GroupPlan, make_group
from edu.groups.models import Arm, Group, Programme
from edu.groups.programmes import make_programme
from edu.learning.instruments import definition_of
from edu.learning.models import InstrumentVersion, Journey, Learner, Sitting
from edu.learning.pairs import rebuild
from edu.partners.members import make_organisation
from edu.quizzes.answers import Answer, State, encode
from edu.quizzes.instrument import Instrument

DAY = date(2026, 11, 22)
LONG_AGO = DAY - timedelta(days=60)


@dataclass
class Made:
    """A programme and its groups, in the order in which they were made."""

    session: Session
    programme: Programme
    groups: list[Group]
    chance: random.Random
    #: The questionnaires that everybody answers.
    instruments: tuple[str, ...]


def make(
    session: Session,
    *sizes: tuple[Arm, int],
    seed: int = 5,
    gain: float = 0.6,
    home: int | None = None,
    answered_on: date = LONG_AGO,
    instruments: tuple[str, ...] = ("feelings", "facts"),
) -> Made:
    """A programme with a group of so many people for each of `sizes`, who all answered."""
    if home is None:
        made = make_organisation(session, secrets.token_hex(4))
        session.flush()
        home = made.id
    programme = make_programme(session, home, "Winter " + secrets.token_hex(2), DAY)
    found = Made(session, programme, [], random.Random(seed), instruments)
    for number, (arm, size) in enumerate(sizes):
        plan = GroupPlan(f"Group {number}", "Kisumu", ("en",), ("m1",), programme_id=programme.id)
        group = make_group(session, home, plan, LONG_AGO)
        group.arm, group.opened_on = arm.value, LONG_AGO
        found.groups.append(group)
        for _ in range(size):
            person(found, group, gain if arm is Arm.INTERVENTION else 0.0, answered_on)
    session.flush()
    return found


def person(made: Made, group: Group, gain: float, day: date, *waves: str) -> Journey:
    """Somebody of a group who answered before and in these waves (by itself: after)."""
    release = made.session.scalars(select(Release.id)).first()
    number = secrets.token_hex(8)
    made.session.add(
        Learner(id=number, code_mac=number, start_key=number, group_id=None, made_on=day)
    )
    made.session.flush()
    journey = Journey(
        id=number,
        learner_id=number,
        number=1,
        group_id=group.id,
        tag="en",
        modules=["m1"],
        consent_release_id=release,
        started_on=day,
    )
    made.session.add(journey)
    made.session.flush()
    after = "before-2" if group.arm == Arm.WAITING.value else "after"
    temper = made.chance.gauss(0, 0.6)
    for wave in ("before", *(waves or (after,))):
        move = 0.0 if wave == "before" else gain + made.chance.gauss(0, 0.4)
        _sits(made, journey, wave, temper + move, day, release)
    rebuild(made.session, journey)
    return journey


def _sits(
    made: Made, journey: Journey, wave: str, temper: float, day: date, release: int | None
) -> None:
    for row in made.session.scalars(
        select(InstrumentVersion).where(InstrumentVersion.instrument.in_(made.instruments))
    ):
        instrument = definition_of(row)
        made.session.add(
            Sitting(
                id=secrets.token_hex(16),
                journey_id=journey.id,
                instrument_version_id=row.id,
                wave=wave,
                tag="en",
                release_id=release,
                draft=False,
                answers=encode(instrument, answers(instrument, temper, made.chance)),
                submission_key=secrets.token_hex(8),
                submitted_on=day,
            )
        )
    made.session.flush()


def answers(instrument: Instrument, temper: float, chance: random.Random) -> dict[str, Answer]:
    """Answers of somebody of this temper; now and then one does not know."""
    found = {}
    for item in instrument.items:
        options = instrument.options_of(item)
        leaning = -temper if item.reverse else temper
        middle = (len(options) - 1) / 2
        place = min(max(round(middle + leaning + chance.gauss(0, 0.5)), 0), len(options) - 1)
        found[item.id] = (
            Answer(State.DONT_KNOW)
            if chance.random() < 0.05
            else Answer.chosen(options[place].code)
        )
    return found
