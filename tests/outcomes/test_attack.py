"""The attack: from all reports that one account may ever see, nothing about few people follows.

People join groups, answer, change an answer and withdraw in any order, and reports are worked out
at any time. Scores are powers of two, so that each sum that is shown says who is in it.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.learning.models import Journey, Pair
from edu.outcomes import telling
from edu.outcomes.disclosure_counts import Cells, Statement
from edu.outcomes.figures import figures_of, newest_snapshot, take_snapshot
from edu.outcomes.models import ReportMember, ReportSnapshot
from edu.outcomes.plans import minimum_of
from edu.outcomes.programme_rows import freeze_groups, gathered
from tests.outcomes.attacker import Equation, is_told, rank, told_of_few
from tests.outcomes.founding import DAY, Founded, founded, quick_house

#: A score is a power of two, times a number of its own for each wave.
TIMES = {"after": 3, "later-1": 5}
WAVES = tuple(TIMES)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with quick_house(tmp_path_factory.mktemp("attacked")) as app:
        yield app


@pytest.fixture(autouse=True)
def names_for_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scores are names here, which nobody could answer: every sum tells who is in it. What sums of
    possible answers tell is attacked in test_attack_spread.py; here all of them are shown."""

    def silence(true: Cells, *_: object, **__: object) -> Statement:
        return Statement(sum(true))

    monkeypatch.setattr(telling, "said_of", silence)
    monkeypatch.setattr(telling, "are_open", lambda *_: True)


@dataclass
class World:
    """A programme whose groups are small, and everything that was shown of it."""

    place: Founded
    people: list[str] = field(default_factory=list)
    shown: list[Equation] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.place.session

    @property
    def groups(self) -> list[int]:
        return [each.id for each in self.place.groups]

    def joins(self, group: int) -> None:
        """Somebody begins."""
        person = secrets.token_hex(8)
        self.place.joins(person, self.groups[group % len(self.groups)])
        self.people.append(person)

    def answers(self, person: int, wave: str, draft: bool) -> None:
        """Somebody answers for the first time, or fills in what she had left open."""
        if not self.people:
            return
        place = person % len(self.people)
        journey = self.session.get(Journey, self.people[place])
        if journey is None:
            return
        key = (journey.id, self.place.version, "contact", wave)
        kept = self.session.get(Pair, key)
        if kept is not None:
            kept.after += 2**55
        else:
            self.session.add(
                Pair(
                    journey_id=journey.id,
                    instrument_version_id=self.place.version,
                    scale="contact",
                    wave=wave,
                    group_id=journey.group_id,
                    draft=draft,
                    before=2**place,
                    after=TIMES[wave] * 2**place,
                )
            )
        self.session.flush()

    def withdraws(self, person: int) -> None:
        if self.people:
            self.place.leaves(self.people[person % len(self.people)])

    def works_out(self, group: int, wave: str) -> None:
        """Somebody presses the button, and reads all that there is to read."""
        number = self.groups[group % len(self.groups)]
        snapshot = take_snapshot(self.session, number, wave, DAY)
        if snapshot is not None:
            self.reads(snapshot, wave)

    def reads(self, snapshot: ReportSnapshot, wave: str) -> None:
        figures = figures_of(snapshot)
        for drafts in (True, False):
            for each in figures.shown(drafts=drafts):
                if wave == "after":
                    people = who(each.sums.sx)
                    assert each.sums.sy & (2**55 - 1) == TIMES[wave] * each.sums.sx & (2**55 - 1)
                else:
                    assert (each.sums.sx, each.sums.sxx, each.sums.sxy) == (0, 0, 0)
                    people = who((each.sums.sy & (2**55 - 1)) // (TIMES[wave] - 1))
                self.is_shown(people, wave)
                assert len(people) == each.n >= 10

    def evaluates(self) -> None:
        """Somebody has the programme's report worked out. All its figures stand on these rows."""
        minimum = minimum_of(self.session, self.place.programme)
        freeze_groups(self.session, self.place.groups, self.place.programme, DAY, minimum)
        for group in self.place.groups:
            for wave in WAVES:
                snapshot = newest_snapshot(self.session, group.id, wave)
                if snapshot is not None:
                    self.reads(snapshot, wave)
        found = gathered(self.session, self.place.groups, self.place.programme, minimum)
        for rows in found.values():
            for wave in WAVES:
                matched = [each for each in rows.learners if {"before", wave} <= set(each.scores)]
                if len(matched) >= minimum:
                    self.is_shown([self.people.index(each.journey) for each in matched], wave)
                # Of groups, only the change up to *after* is told: test_change_arms.py holds to it.
                labels = {each.group for each in matched if wave == "after"}
                for label in labels:
                    mine = [each for each in matched if each.group == label]
                    self.is_shown(
                        [self.people.index(each.journey) for each in mine], wave, change_only=True
                    )

    def is_shown(self, people: list[int], wave: str, *, change_only: bool = False) -> None:
        """The sums of these people are told: of a later wave only those of the change."""
        if wave == "after" and not change_only:
            self.shown.append({(person, "before"): 1 for person in people})
            self.shown.append({(person, wave): 1 for person in people})
        else:
            self.shown.append(
                {
                    **{(person, "before"): -1 for person in people},
                    **{(person, wave): 1 for person in people},
                }
            )


def who(total: int) -> list[int]:
    """The people whose scores make this sum."""
    return [place for place in range(50) if total >> place & 1]


def built(session: Session) -> World:
    return World(founded(session, "Tuesday", "Wednesday", "Thursday", "Friday"))


def person() -> st.SearchStrategy[int]:
    return st.integers(0, 39)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("several"), st.integers(1, 14), st.integers(0, 3), st.booleans()),
        st.tuples(st.just("later"), st.integers(0, 39), st.integers(1, 14)),
        st.tuples(st.just("answers"), person(), st.sampled_from(WAVES), st.booleans()),
        st.tuples(st.just("withdraws"), person()),
        st.tuples(st.just("works_out"), st.integers(0, 3), st.sampled_from(WAVES)),
        st.tuples(st.just("evaluates")),
    ),
    min_size=4,
    max_size=14,
)


def live(world: World, steps: list[tuple]) -> None:  # type: ignore[type-arg]
    """Let a world take its course; at the end every report is asked for once more."""
    for name, *values in steps:
        if name == "several":
            number, group, draft = values
            for _ in range(min(number, 45 - len(world.people))):
                world.joins(group)
                world.answers(len(world.people) - 1, "after", draft)
        elif name == "later":
            first, number = values
            for place in range(first, first + number):
                world.answers(place, "later-1", False)
        else:
            getattr(world, name)(*values)
    for group in range(4):
        for wave in WAVES:
            world.works_out(group, wave)
    world.evaluates()


@given(STEPS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_about_few_people_follows_from_all_reports_one_account_may_see(
    house: Flask,
    steps: list[tuple],  # type: ignore[type-arg]
) -> None:
    with house.extensions["database"].session() as session:
        world = built(session)
        live(world, steps)
        assert told_of_few(world.shown) == []
        for place in range(len(world.people)):
            for score in ("before", *WAVES):
                assert not is_told(world.shown, {(place, score): 1})
        for group in world.groups:
            if not has_a_report(session, group):
                mine = members(session, world, group)
                assert not mine or not is_told(world.shown, {(each, "after"): 1 for each in mine})
        session.rollback()


def has_a_report(session: Session, group: int) -> bool:
    return any(newest_snapshot(session, group, wave) for wave in WAVES)


def members(session: Session, world: World, group: int) -> list[int]:
    """Those of a group who are in some figure of the programme."""
    counted = session.scalars(
        select(ReportMember.journey_id)
        .join(Journey, Journey.id == ReportMember.journey_id)
        .where(Journey.group_id == group, ReportMember.wave == "after")
    )
    return [world.people.index(each) for each in counted]


def test_small_groups_are_told_together_and_never_apart(house: Flask) -> None:
    with house.extensions["database"].session() as session:
        world = built(session)
        live(world, [("several", 14, 0, False), ("several", 7, 1, False), ("several", 8, 2, False)])
        both = members(session, world, world.groups[1]) + members(session, world, world.groups[2])
        assert len(both) == 15
        assert is_told(world.shown, {(each, "after"): 1 for each in both})
        live(world, [("several", 9, 1, False)])
        for group in (1, 2):
            mine = members(session, world, world.groups[group])
            assert not is_told(world.shown, {(each, "after"): 1 for each in mine})
        assert told_of_few(world.shown) == []
        session.rollback()


def test_a_world_of_many_people_is_shown_something(house: Flask) -> None:
    """The control: the worlds above are not silent."""
    with house.extensions["database"].session() as session:
        world = built(session)
        live(world, [("several", 14, 0, False), ("works_out", 0, "after"), ("later", 0, 12)])
        assert len(world.shown) >= 4
        session.rollback()


def test_the_attacker_finds_what_naive_reports_tell() -> None:
    """The control: twelve people, then thirteen; and two waves that differ by one."""
    twelve = {(place, "before"): 1 for place in range(12)}
    thirteen = {(place, "before"): 1 for place in range(13)}
    assert told_of_few([twelve, thirteen]) == [{12}]
    assert is_told([twelve, thirteen], {(12, "before"): 1})
    assert told_of_few([twelve]) == []
    eleven = {(place, "before"): 1 for place in range(1, 12)}
    assert told_of_few([thirteen, eleven]) == [{0, 12}]
    assert rank([[1, 2], [2, 4], [0, 1]]) == 2
