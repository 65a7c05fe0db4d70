"""A plan that two people write or freeze in one moment: it is frozen once, as it then stands."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.groups.programmes import make_programme
from edu.outcomes.evaluation_models import EvaluationPlan
from edu.outcomes.plans import Frozen, Plan, digest_of, freeze, keep_plan, plan_of
from edu.partners.members import make_organisation
from tests.learning.test_at_once import overlapping

FIRST, SECOND = date(2026, 11, 22), date(2026, 11, 23)
CONTACT, HOPE = Plan(("feelings/contact",)), Plan(("feelings/hope",))


@pytest.fixture
def database(tables_url: str) -> Database:
    return Database(tables_url)


@pytest.fixture
def programme(database: Database) -> int:
    with database.work() as session:
        home = make_organisation(session, "Bridge Society")
        session.flush()
        return make_programme(session, home.id, "Winter", FIRST).id


def test_a_plan_of_two_is_one_and_is_frozen_once_as_it_stands(
    database: Database, programme: int
) -> None:
    def keeps(plan: Plan, session: Session) -> None:
        keep_plan(session, programme, plan, FIRST)

    frozen: list[bool] = []

    def freezes(day: date, session: Session) -> None:
        kept = plan_of(session, programme)
        assert kept is not None
        frozen.append(freeze(session, kept, day))

    def writes_late(session: Session) -> None:
        assert plan_of(session, programme) is not None
        with pytest.raises(Frozen):
            keep_plan(session, programme, CONTACT, SECOND)

    try:
        assert overlapping(database, lambda s: keeps(CONTACT, s), lambda s: keeps(HOPE, s)) == []
        # Both see it open; then one freezes it, and so does the other, or she changes it.
        assert (
            overlapping(database, lambda s: freezes(FIRST, s), lambda s: freezes(SECOND, s)) == []
        )
        assert frozen == [True, False]
        with database.session(reading=True) as session:
            (kept,) = session.scalars(select(EvaluationPlan)).all()
            assert (kept.frozen_on, Plan.from_json(kept.content)) == (FIRST, HOPE)
            assert kept.digest == digest_of(kept.content)
        with database.work() as session:
            session.get_one(EvaluationPlan, kept.id).frozen_on = None
            session.get_one(EvaluationPlan, kept.id).digest = ""
        assert overlapping(database, lambda s: freezes(FIRST, s), writes_late) == []
        with database.session(reading=True) as session:
            again = session.get_one(EvaluationPlan, kept.id)
            assert again.digest == digest_of(again.content) == digest_of(HOPE.to_json())
    finally:
        database.engine.dispose()
