"""Somebody whose papers are linked anew is in no later batch once more."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.groups.groups import GroupPlan, make_group
from edu.groups.models import Group
from edu.learning.instruments import definition_of
from edu.learning.linking.evidence import note_elements, paper_journey, relink
from edu.learning.linking.models import Evidence
from edu.learning.models import InstrumentVersion, Journey, Pair, Sitting
from edu.outcomes.batches import waiting_in
from edu.outcomes.figures import take_snapshot
from edu.outcomes.models import ReportMember
from edu.partners.members import make_organisation
from edu.quizzes.answers import Answer, encode

DAY = date(2026, 11, 22)
ELEMENTS = ("a", "b", "c", "d", "e")
SECRET = "a test's secret"


@pytest.fixture
def session(house: Flask) -> Iterator[Session]:
    with house.extensions["database"].session() as found:
        yield found
        found.rollback()


@pytest.fixture
def group(session: Session) -> Group:
    """A group that links by five elements, of which four must agree."""
    home = make_organisation(session, "Papers")
    session.flush()
    made = make_group(session, home.id, GroupPlan("Tuesday", "", ("en",), ("m1",)), DAY)
    made.opened_on = DAY
    made.linking, made.elements, made.elements_needed = "elements", list(ELEMENTS), 4
    session.flush()
    return made


def paper(session: Session, group: Group, wave: str, marks: str, score: int) -> Evidence:
    """A paper with one letter for each element, and a score from 1 to 3."""
    release = session.scalars(select(Release.id)).first()
    assert release is not None
    journey = paper_journey(
        session, group, tag="en", consent_release_id=release, answered_on=DAY, secret=SECRET
    )
    told = dict(zip(ELEMENTS, marks, strict=True))
    note_elements(session, group, journey, wave, told, secret=SECRET, today=DAY)
    row = session.scalars(
        select(InstrumentVersion).where(InstrumentVersion.instrument == "feelings")
    ).one()
    instrument = definition_of(row)
    answers = {
        item.id: Answer.chosen(str(score)) for item in instrument.items if item.scale == "contact"
    }
    session.add(
        Sitting(
            id=f"{journey.id}{wave}",
            journey_id=journey.id,
            instrument_version_id=row.id,
            wave=wave,
            tag="en",
            release_id=release,
            draft=False,
            answers=encode(instrument, answers),
            submission_key=f"{journey.id}{wave}",
            submitted_on=DAY,
            mode="paper",
        )
    )
    session.flush()
    found = session.scalars(select(Evidence).where(Evidence.journey_id == journey.id)).one()
    return found


def links(session: Session, group: Group) -> None:
    relink(session, group, secret=SECRET, today=DAY)


def waiting(session: Session, group: Group, wave: str) -> set[str]:
    return {each.id for people in waiting_in(session, group.id, wave).values() for each in people}


def crowd(session: Session, group: Group, *waves: str) -> None:
    """Twelve people who are unlike one another."""
    chance = Random(4)
    for place in range(12):
        marks = "".join(chr(97 + (place * step + step) % 26) for step in (1, 3, 5, 7, 9))
        for number, wave in enumerate(waves):
            paper(session, group, wave, marks.upper(), 1 + (place * (number + 1) + place // 3) % 3)
        chance.random()


def test_whoever_was_counted_is_not_counted_again_under_a_journey_of_before(
    session: Session, group: Group
) -> None:
    """Looking back and after are typed first and counted; then the papers of before are found."""
    crowd(session, group, "after", "looking-back")
    links(session, group)
    assert take_snapshot(session, group.id, "looking-back", DAY) is not None
    assert waiting(session, group, "looking-back") == set()
    counted = set(session.scalars(select(ReportMember.journey_id)))
    crowd(session, group, "before")
    links(session, group)
    here = set(session.scalars(select(Journey.id).where(Journey.group_id == group.id)))
    assert counted & here == set()
    pairs = session.scalars(select(Pair).where(Pair.wave == "looking-back")).all()
    assert len(pairs) == 12
    assert waiting(session, group, "looking-back") == set()
    assert len(waiting(session, group, "after")) == 12


def test_of_two_who_are_parted_neither_is_counted_again(session: Session, group: Group) -> None:
    """With one slip she seemed to be the only one; then her sister's own paper comes."""
    crowd(session, group, "before", "after")
    one = paper(session, group, "before", "12345", 1)
    sister = paper(session, group, "after", "12349", 3)
    links(session, group)
    assert sister.journey_id == one.journey_id
    assert take_snapshot(session, group.id, "after", DAY) is not None
    paper(session, group, "after", "12345", 2)
    links(session, group)
    assert sister.journey_id != one.journey_id
    assert waiting(session, group, "after") == set()
    paper(session, group, "before", "12349", 2)
    links(session, group)
    together = session.scalars(select(Pair).where(Pair.journey_id == sister.journey_id)).all()
    assert [each.wave for each in together] == ["after"]
    assert waiting(session, group, "after") == set()


def test_somebody_who_was_never_counted_waits_as_before(session: Session, group: Group) -> None:
    crowd(session, group, "before", "after")
    links(session, group)
    assert take_snapshot(session, group.id, "after", DAY) is not None
    new = paper(session, group, "before", "12345", 1)
    paper(session, group, "after", "12345", 3)
    links(session, group)
    assert waiting(session, group, "after") == {new.journey_id}
