"""A translation whose source moved may still be right: somebody says so, and it is kept."""

import pytest
from sqlalchemy import select

from edu.editions.desk import Revision
from edu.editions.drift.classing import Edit
from edu.editions.drift.still_right import base_drift, still_right
from edu.editions.models import Rendering
from edu.editions.working import Conflict
from edu.partners.models import Member
from tests.editions.moving_world import World, rows_of


def _follow(world: World, **more: object) -> int:
    """A text that follows; the number of its row."""
    world.put("sw", "Greet her first.", "Msalimie kwanza.", **more)
    world.write("Greet him first.")
    world.catch_up()
    with world.database.session(reading=True) as session:
        return rows_of(session, "sw")[0].id


@pytest.mark.parametrize("state", ["draft", "reviewed"])
def test_still_right_keeps_words_and_state_and_says_who_decided(
    world: World, chipo: Member, state: str
) -> None:
    number = _follow(world, state=state)
    for _ in range(2):
        with world.database.work() as session:
            row = session.get_one(Rendering, number)
            still_right(session, row, version=2, member_id=chipo.id)
            assert (row.version, row.member_id) == (3, None)
    assert world.rows() == [("Greet him first.", "", "Msalimie kwanza.", state)]
    assert "Msalimie kwanza." in world.learners_read("sw")
    with world.database.session(reading=True) as session:
        told = session.execute(select(Revision.deed, Revision.member_id, Revision.source)).all()
        assert [tuple(line) for line in told] == [("still right", chipo.id, "Greet him first.")]


def test_released_words_that_nobody_looked_at_do_not_come_back_with_still_right(
    world: World, chipo: Member
) -> None:
    number = _follow(world, released_text="Maneno mengine.")
    with world.database.work() as session:
        row = session.get_one(Rendering, number)
        still_right(session, row, version=row.version, member_id=chipo.id)
    assert "Greet him first." in world.learners_read("sw")


def test_still_right_against_a_text_that_changed_meanwhile_is_a_conflict(
    world: World, chipo: Member
) -> None:
    number = _follow(world)
    with world.database.work() as session:
        row = session.get_one(Rendering, number)
        with pytest.raises(Conflict):
            still_right(session, row, version=1, member_id=chipo.id)
    assert world.rows()[0][1] == "Greet him first."


def test_still_right_may_be_said_of_the_ancestors_words_alone(world: World, chipo: Member) -> None:
    world.write("Greet her first.")
    world.put("sw-KE", "Greet her first.", "Msalimie hapa.", base_tag="sw", base_text="Msalimie.")
    with world.database.work() as session:
        row = rows_of(session, "sw-KE")[0]
        assert base_drift(row, "Msalimie yeye.") is Edit.WORDING
        still_right(session, row, version=1, member_id=chipo.id, base=("sw", "Msalimie yeye."))
        assert base_drift(row, "Msalimie yeye.") is None
    assert world.rows("sw-KE") == [("Greet her first.", "", "Msalimie hapa.", "draft")]
    assert world.deeds() == ["still right"]
