"""Advice with its reasons, and approvals with their days: what holds below the pages."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.groups.models import Programme
from edu.programmes.governing import advice_of, note_advice
from edu.programmes.governing_models import GivenAdvice
from edu.programmes.research import Approval, in_force, keep_approval, stop
from tests.programmes.conftest import DAY

LATER = date(2027, 11, 2)


def test_the_database_takes_no_advice_without_its_reason(
    session: Session, programme: Programme
) -> None:
    with pytest.raises(ValueError, match="reason"):
        note_advice(session, programme.id, "carer", "x", DAY, " ", followed=False, member_id=1)
    assert advice_of(session, programme.id) == []
    session.add(
        GivenAdvice(
            programme_id=programme.id,
            given_on=DAY,
            role="carer",
            advice="x",
            followed=False,
            reason="",
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_an_approval_holds_from_its_first_day_to_its_last(
    session: Session, programme: Programme, member: int
) -> None:
    made = keep_approval(session, programme.id, Approval("LK", "7", "why", DAY, LATER), member)
    day = timedelta(days=1)
    found = [in_force(session, programme.id, each) for each in (DAY - day, DAY, LATER, LATER + day)]
    assert found == [None, made, made, None]
    assert in_force(session, None, DAY) is None
    stop(session, made, DAY)
    assert in_force(session, programme.id, DAY) is None
    with pytest.raises(ValueError, match="ends after"):
        keep_approval(session, programme.id, Approval("LK", "7", "why", LATER, DAY), member)
