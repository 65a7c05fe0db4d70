"""Matched scores follow from the answers: dropped and rebuilt, they are equal."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.learning.models import Journey, Pair, Sitting
from edu.learning.pairs import rebuild
from edu.quizzes.scoring import UNITS
from tests.people import LearnerPerson, People

Row = tuple[str, str, str, bool, int, int]


def rows(session: Session) -> list[Row]:
    """Everything of every pair but whose it is, in a settled order."""
    return sorted(
        (each.journey_id, each.scale, each.wave, each.draft, each.before, each.after)
        for each in session.scalars(select(Pair))
    )


def values(database: Database) -> list[tuple[str, str, bool, float, float]]:
    with database.session(reading=True) as session:
        return [
            (scale, wave, draft, before / UNITS, after / UNITS)
            for _journey, scale, wave, draft, before, after in rows(session)
        ]


def halfway(people: People) -> LearnerPerson:
    """Amina has answered one question before, and read her lessons."""
    amina = people.amina
    amina.starts("m1")
    amina.answers("before", "feelings", contact_1="1")
    amina.finishes("m0.1", "m1.1", "m1.2")
    return amina


def test_a_pair_holds_the_score_before_and_after_on_each_scale(
    database: Database, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.answers("before", "feelings", contact_1="1", contact_2="2", hope_1="3", hope_2="3")
    amina.answers("before", "facts", k1="a")
    assert values(database) == []
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "feelings", contact_1="3", contact_2="3", hope_1="3", hope_2="1")
    amina.answers("after", "facts", k1="a", k2="b")
    assert values(database) == [
        ("contact", "after", False, 1.5, 3.0),
        ("hope", "after", False, 2.0, 3.0),
        ("knowledge", "after", False, 1.0, 2.0),
    ]


def test_a_scale_that_was_not_answered_in_both_waves_makes_no_pair(
    database: Database, people: People
) -> None:
    amina = halfway(people)
    amina.answers("after", "feelings", hope_1="3", hope_2="1")
    assert values(database) == []


def test_a_pair_with_a_draft_on_either_side_is_a_draft(database: Database, people: People) -> None:
    amina = halfway(people)
    amina.tag = "sw"
    amina.answers("after", "feelings", contact_1="2")
    assert values(database) == [("contact", "after", True, 1.0, 2.0)]


def test_dropped_and_rebuilt_all_pairs_are_equal(database: Database, people: People) -> None:
    for person, tag in enumerate(("en", "sw", "sw-KE", "ar")):
        learner = people.learner(tag)
        learner.starts("m1")
        learner.answers("before", "feelings", contact_1=str(person % 3 + 1), hope_1="2", hope_2="?")
        learner.answers("before", "facts", k1="a")
        learner.finishes("m0.1", "m1.1", "m1.2")
        learner.answers("after", "feelings", contact_1="3", contact_2="1", hope_2="1")
        learner.answers("after", "facts", k2="a" if person % 2 else "b")
    with database.session(reading=True) as session:
        kept = rows(session)
    assert len(kept) == 12
    with database.work() as session:
        session.execute(delete(Pair))
        assert rows(session) == []
        for journey in session.scalars(select(Journey)).all():
            rebuild(session, journey)
        assert rows(session) == kept


def test_an_answer_that_is_still_being_written_makes_no_pair(
    database: Database, people: People
) -> None:
    amina = halfway(people)
    amina.sends("/en/questions/after/feelings", do="later", **{"contact-1": "3"})
    with database.work() as session:
        rebuild(session, session.scalars(select(Journey)).one())
        assert rows(session) == []
        assert len(session.scalars(select(Sitting)).all()) == 2
