"""The attack on a programme's whole life: whoever keeps every report and every export, and knows
whose rows are whose, still cannot tell one person from those she was counted with.

People join, answer some waves and some scales, fill in answers, withdraw, and groups move; reports
are worked out at any time. Each figure is a sum over known people with unknown scores.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.groups.models import Arm, Group, Programme
from edu.groups.programmes import move_group
from edu.learning.models import Journey, Pair
from edu.outcomes import programme_batches
from edu.outcomes.evaluating import count_in
from edu.outcomes.models import ReportMember
from edu.outcomes.programme_rows import AFTER, COURSE, Rows, gathered
from tests.outcomes.attacker import Equation, told_of_few
from tests.outcomes.founding import DAY, Founded, founded, quick_house

SCALES = ("contact", "hope")
WAVES = ("after", "later-1", "looking-back")
SIZES = ((14, 8, 7, 12), (11, 12, 8, 10), (24, 6, 6, 0))
ARMS = (Arm.INTERVENTION, Arm.INTERVENTION, Arm.INTERVENTION, Arm.WAITING)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with quick_house(tmp_path_factory.mktemp("lived")) as app:
        yield app


#: Which scores of a person rows hold, by person.
Held = dict[str, frozenset[tuple[str, str]]]


@dataclass
class Life:
    """A programme, and what was shown of it until now."""

    place: Founded
    chance: Random
    people: list[str] = field(default_factory=list)
    #: By scale and wave: the people under each figure.
    shown: dict[tuple[str, str], list[frozenset[str]]] = field(default_factory=dict)
    exports: list[Held] = field(default_factory=list)
    batches: set[int] = field(default_factory=set)

    @property
    def session(self) -> Session:
        return self.place.session

    @property
    def groups(self) -> Sequence[Group]:
        return self.place.groups

    def joins(self, group: Group) -> str:
        person = f"{self.chance.getrandbits(64):016x}"
        self.people.append(person)
        self.place.joins(person, group.id)
        return person

    def answers(self, person: str, wave: str, scales: tuple[str, ...] = SCALES) -> None:
        journey = self.session.get(Journey, person)
        if journey is None:
            return
        for scale in scales:
            if self.session.get(Pair, (person, self.place.version, scale, wave)) is None:
                self.session.add(
                    Pair(
                        journey_id=person,
                        instrument_version_id=self.place.version,
                        scale=scale,
                        wave=wave,
                        group_id=journey.group_id,
                        draft=False,
                        before=self.chance.randint(2, 6) * 1260,
                        after=self.chance.randint(2, 6) * 1260,
                    )
                )
        self.session.flush()

    def fills_in(self, person: str) -> None:
        for pair in self.session.scalars(select(Pair).where(Pair.journey_id == person)).all()[:1]:
            pair.after += 840
        self.session.flush()

    def is_evaluated(self) -> None:
        """Everybody is counted who may be; then all is read, and the rows are taken away."""
        count_in(self.session, self.place.programme, DAY)
        self._reads_groups()
        mine = [each for each in self.groups if each.programme_id == self.place.programme]
        found = gathered(self.session, mine, self.place.programme)
        held: dict[str, set[tuple[str, str]]] = {}
        for (_version, scale), rows in found.items():
            self._reads_rows(scale, rows)
            for each in rows.learners:
                told = {(scale, wave) for wave in each.scores}
                held.setdefault(each.journey, set()).update(told)
        self.exports.append({person: frozenset(told) for person, told in held.items()})

    def _reads_groups(self) -> None:
        """Each batch is about everybody who was in it when it was made, whoever leaves later."""
        rows = self.session.execute(
            select(
                ReportMember.batch_id,
                ReportMember.scale,
                ReportMember.wave,
                ReportMember.journey_id,
            ).where(
                ReportMember.batch_id.not_in(self.batches), ReportMember.journey_id.in_(self.people)
            )
        )
        made: dict[tuple[int, str, str], set[str]] = {}
        for batch, scale, wave, person in rows:
            made.setdefault((batch, scale, wave), set()).add(person)
        for (batch, scale, wave), people in made.items():
            self.batches.add(batch)
            assert len(people) >= 5
            self._shows(scale, wave, people)

    def _reads_rows(self, scale: str, rows: Rows) -> None:
        """Each figure of a report for evaluators is about these."""
        course = [each for each in rows.learners if each.arm == COURSE]
        for arm in {each.arm for each in rows.learners}:
            mine = [each for each in rows.learners if each.arm == arm]
            for wave in ("after", "later-1"):
                both = [each for each in mine if {"before", wave} <= each.scores.keys()]
                told = "before-2" if arm != COURSE else wave
                self._shows(scale, told, {each.journey for each in both})
                if wave == "after":
                    for label in {each.group for each in both}:
                        self._shows(scale, told, {x.journey for x in both if x.group == label})
        both = [each for each in course if {"looking-back", "after"} <= each.scores.keys()]
        self._shows(scale, "looking-back", {each.journey for each in both})

    def _shows(self, scale: str, wave: str, people: set[str]) -> None:
        if people:
            self.shown.setdefault((scale, wave), []).append(frozenset(people))

    def told(self) -> list[tuple[tuple[str, str], set[object]]]:
        """Of fewer than five people: which figure of them follows from all that was shown."""
        found = []
        for key, figures in self.shown.items():
            equations: list[Equation] = [
                {(person, key[1]): 1 for person in people} for people in set(figures)
            ]
            found += [(key, each) for each in told_of_few(equations)]
        return found

    def singled_out(self) -> list[set[str]]:
        """Fewer than five people whose rows, from one export to a later one, lost the same
        scores: who knows that somebody has withdrawn knows her row."""
        found = []
        for place, old in enumerate(self.exports):
            for new in self.exports[place + 1 :]:
                lost: dict[frozenset[tuple[str, str]], set[str]] = {}
                for person, told in old.items():
                    gone = told - new.get(person, frozenset())
                    if gone:
                        lost.setdefault(gone if person in new else frozenset(), set()).add(person)
                found += [people for people in lost.values() if len(people) < 5]
        return found


def begun(session: Session, seed: int, *sizes: int) -> Life:
    place = founded(session, *(f"Group {number}" for number, _size in enumerate(sizes)))
    for group, arm in zip(place.groups, cycle(ARMS), strict=False):
        group.arm = arm.value
    life = Life(place, Random(seed))
    for group, size in zip(place.groups, sizes, strict=True):
        for _ in range(size):
            life.answers(life.joins(group), AFTER[Arm(group.arm)])
    return life


def lives(life: Life) -> None:
    """Some things happen, and everything is worked out anew in between."""
    chance = life.chance
    some: dict[str, Callable[[], None]] = {
        "later": lambda: [life.answers(each, "later-1") for each in drawn(life, 12)] and None,
        "partly": lambda: (
            [life.answers(each, "after", (chance.choice(SCALES),)) for each in new(life, 7)]
            and None
        ),
        "back": lambda: [life.answers(each, "looking-back") for each in drawn(life, 11)] and None,
        "new": lambda: [life.answers(each, "after") for each in new(life, 6)] and None,
        "withdraws": lambda: life.place.leaves(chance.choice(life.people)),
        "fills in": lambda: life.fills_in(chance.choice(life.people)),
    }
    for _ in range(4):
        for name in chance.choices(list(some), k=3):
            some[name]()
        life.is_evaluated()


def drawn(life: Life, number: int) -> list[str]:
    course = [
        name
        for name in life.people
        if (journey := life.session.get(Journey, name)) is not None
        and life.session.get_one(Group, journey.group_id).arm == Arm.INTERVENTION.value
    ]
    return life.chance.sample(course, min(number, len(course)))


def new(life: Life, number: int) -> list[str]:
    group = life.chance.choice([each for each in life.groups if each.arm == "intervention"])
    return [life.joins(group) for _ in range(number)]


@pytest.mark.parametrize(
    "seed", [*range(6), *(pytest.param(x, marks=pytest.mark.thorough) for x in range(6, 120))]
)
def test_nobody_is_told_from_those_she_was_counted_with(house: Flask, seed: int) -> None:
    with house.extensions["database"].session() as session:
        life = begun(session, seed, *SIZES[seed % len(SIZES)])
        life.is_evaluated()
        lives(life)
        assert life.told() == []
        assert life.singled_out() == []
        assert any(life.exports)
        session.rollback()


def test_whoever_moves_with_a_group_is_not_told_from_the_others(house: Flask) -> None:
    with house.extensions["database"].session() as session:
        life = begun(session, 7, 14, 7, 8)
        home = session.get_one(Programme, life.place.programme)
        for programme in (home, None, home):
            move_group(session, life.groups[1], programme)
            life.is_evaluated()
        assert [len(each) for each in life.exports] == [29, 14, 29]
        assert life.told() == []
        assert life.singled_out() == []
        session.rollback()


def test_the_attacker_finds_whom_broken_batches_alone_would_tell(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without what is tied to broken batches, rows tell who has withdrawn."""
    monkeypatch.setattr(programme_batches, "tied", lambda _members, broken: set(broken))
    assert _leaks(house, lambda life: life.singled_out())


def test_the_attacker_finds_whom_a_part_of_a_batch_would_tell(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: looking back is told of those whose *after* happens to be told too."""
    monkeypatch.setattr(programme_batches, "_without_half_known", list)
    assert _leaks(house, lambda life: life.told())


def _leaks(house: Flask, found: Callable[[Life], list[Any]]) -> bool:
    """Whether one of some lives is told."""
    for seed in range(12):
        with house.extensions["database"].session() as session:
            life = begun(session, seed, *SIZES[seed % len(SIZES)])
            life.is_evaluated()
            lives(life)
            leaks = found(life)
            session.rollback()
        if leaks:
            return True
    return False
