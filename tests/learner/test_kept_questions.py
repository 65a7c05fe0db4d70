"""A group under way keeps the questions it began with; whoever begins alone meets the new ones."""

import copy
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.learning.kept_words import UNDER_WAY
from edu.learning.models import InstrumentVersion, Journey, Sitting
from tests.people import LearnerPerson, People

OLD, NEW = "Some people say these things.", "People say many things."
SOME = {"contact_1": "2", "hope_1": "2"}


def release_anew(house: Flask, *, version: int = 1, tag: str = "en") -> int:
    """The questionnaires go to learners in new words, or with new questions."""
    with house.extensions["database"].work() as session:
        now = current_release(session, tag, "quizzes")
        assert now is not None
        payload = copy.deepcopy(now.payload)
        feelings = payload["instruments"]["feelings"]
        feelings["words"]["feelings|introduction"]["text"] = NEW
        feelings["version"] = version
        row = session.scalars(
            select(InstrumentVersion).where(InstrumentVersion.instrument == "feelings")
        ).first()
        assert row is not None
        if row.version != version:
            definition = dict(row.definition, version=version)
            session.add(
                InstrumentVersion(
                    instrument="feelings", version=version, digest="other", definition=definition
                )
            )
        made = Release(
            tag=tag,
            module="quizzes",
            number=now.number + 1,
            digest=f"words of {version}",
            state=now.state,
            payload=payload,
            own={},
            made_at=now.made_at,
        )
        session.add(made)
        session.flush()
        return made.id


def introduction(person: LearnerPerson, wave: str = "before", tag: str = "en") -> str:
    page = person.opens(f"/{tag}/questions/{wave}/feelings").text
    return next(words for words in (OLD, NEW) if words in page)


def begins(people: People, code: str) -> LearnerPerson:
    """Somebody of the group, who has answered before the lessons."""
    person = people.learner()
    person.joins(code)
    person.answers("before", "feelings", **SOME)
    return person


@pytest.fixture
def code(people: People) -> str:
    tendai = people.tendai
    return tendai.join_code(tendai.makes_group(modules=["m0"]))


def test_a_group_goes_on_with_the_questions_it_began_with(
    house: Flask, people: People, code: str
) -> None:
    amina = begins(people, code)
    release_anew(house)
    amina.finishes("m0.1")
    assert introduction(amina, "after") == OLD
    later, alone = people.learner(), people.learner()
    later.joins(code)
    alone.starts("m0")
    assert (introduction(later), introduction(alone)) == (OLD, NEW)


def test_before_and_after_are_the_same_version(house: Flask, people: People, code: str) -> None:
    amina = begins(people, code)
    release_anew(house, version=2)
    amina.finishes("m0.1")
    amina.answers("after", "feelings", **SOME)
    with house.extensions["database"].session(reading=True) as session:
        assert len({each.instrument_version_id for each in session.scalars(select(Sitting))}) == 1


def test_a_release_that_was_taken_back_is_kept_by_nobody(
    house: Flask, people: People, code: str
) -> None:
    amina = begins(people, code)
    release_anew(house)
    with house.extensions["database"].work() as session:
        first = session.scalars(select(Sitting)).one().release_id
        session.get_one(Release, first).withdrawn_on = date(2026, 1, 1)
    amina.finishes("m0.1")
    assert introduction(amina, "after") == NEW


def test_after_half_a_year_the_newest_questions_are_asked(
    house: Flask, people: People, code: str
) -> None:
    amina = begins(people, code)
    release_anew(house)
    with house.extensions["database"].work() as session:
        begun = session.scalars(select(Journey)).one().started_on
        ago = begun - UNDER_WAY - timedelta(days=1)
        session.execute(update(Journey).values(started_on=ago))
    amina.finishes("m0.1")
    assert introduction(amina, "after") == NEW


def test_a_group_that_is_asked_after_a_year_keeps_its_questions_so_long(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    amina = begins(people, tendai.join_code(tendai.makes_group(modules=["m0"], later="12, 52")))
    release_anew(house)
    with house.extensions["database"].work() as session:
        begun = session.scalars(select(Journey)).one().started_on
        session.execute(update(Journey).values(started_on=begun - timedelta(days=380)))
    amina.finishes("m0.1")
    assert introduction(amina, "after") == OLD
