"""Deleting a learner deletes all that is hers, whoever asks for it, and nobody else's."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text

from edu.database import Database
from edu.learning.learners import forget
from edu.learning.models import (
    Journey,
    Learner,
    LearnerSession,
    LessonDone,
    OpenAnswer,
    Pair,
    Sitting,
)
from edu.models import TABLES
from tests.people import People

HERS = (Learner, LearnerSession, Journey, LessonDone, Sitting, OpenAnswer, Pair)
#: Of papers, themes and reports: the database deletes these with what they belong to.
WITH_HER = {
    "answer_theme",
    "link_element",
    "link_evidence",
    "link_ruling",
    "paper_row",
    "report_member",
    "research_yes",
    "upset",
}


def counts(database: Database) -> dict[str, int]:
    with database.session(reading=True) as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in HERS
        }


def learns(people: People, code: str) -> str:
    """Somebody goes the whole way in a group; her card's number."""
    amina = people.learner()
    amina.joins(code)
    amina.answers("before", "feelings", contact_1="1", hope_1="1")
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "feelings", contact_1="3", hope_1="3")
    amina.answers("after", "openly", words="I greeted a neighbour.")
    return amina.code


@pytest.fixture
def two_learners(database: Database, people: People) -> dict[str, int]:
    """Two learners with one of everything; what is there of the first one alone."""
    tendai = people.tendai
    code = tendai.join_code(tendai.makes_group(open_question="y"))
    learns(people, code)
    alone = counts(database)
    learns(people, code)
    return alone


def test_every_table_about_learners_is_counted_here() -> None:
    about = {table.name for table in TABLES if _leads_to_learner(table.name)}
    assert about == {table.__tablename__ for table in HERS} | WITH_HER


def test_what_belongs_to_papers_and_reports_goes_with_her() -> None:
    hers = {table.__tablename__ for table in HERS} | WITH_HER
    rules = {
        (table.name, key.column.table.name): key.ondelete
        for table in TABLES
        if table.name in WITH_HER
        for key in table.foreign_keys
        if key.column.table.name in hers
    }
    assert {table for table, _owner in rules} == WITH_HER
    assert set(rules.values()) == {"CASCADE"}


def _leads_to_learner(name: str) -> bool:
    """Whether a row of this table belongs to a learner, directly or by way of other tables."""
    if name == "learner":
        return True
    table = next(each for each in TABLES if each.name == name)
    return any(_leads_to_learner(key.column.table.name) for key in table.foreign_keys)


def by_the_program(database: Database) -> None:
    with database.work() as session:
        forget(session, session.scalars(select(Learner).limit(1)).one(), date(2026, 11, 21))


def by_hand(database: Database) -> None:
    with database.work() as session:
        first = session.scalars(select(Learner.id).limit(1)).one()
        session.execute(delete(Learner).where(Learner.id == first))


@pytest.mark.parametrize("remove", [by_the_program, by_hand])
def test_all_that_is_hers_goes_and_nothing_of_anybody_else(
    database: Database, two_learners: dict[str, int], remove: Callable[[Database], None]
) -> None:
    assert counts(database) == {name: 2 * number for name, number in two_learners.items()}
    assert min(two_learners.values()) >= 1
    remove(database)
    assert counts(database) == two_learners


def test_what_she_wrote_is_overwritten_in_the_file(database: Database, people: People) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL overwrites in its own time")
    with database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1
    words = "My uncle at the harbour was unwell for years."
    tendai = people.tendai
    code = tendai.join_code(tendai.makes_group(open_question="y"))
    amina = people.amina
    amina.joins(code)
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "openly", words=words)
    path = database.engine.url.database
    assert path is not None
    database.engine.dispose()
    assert words.encode() in Path(path).read_bytes()
    by_the_program(database)
    database.engine.dispose()
    assert words.encode() not in Path(path).read_bytes()
    assert not Path(f"{path}-wal").exists()
