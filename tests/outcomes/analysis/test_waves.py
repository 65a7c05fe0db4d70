import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.outcomes.analysis.looking_back import looking_back
from edu.outcomes.analysis.not_given import NotGiven
from edu.outcomes.analysis.sensitivity import Sensitivity
from edu.outcomes.analysis.waves import contrasts, wave_model
from edu.outcomes.paired import PairedChange
from edu.quizzes.instrument import HigherMeans

BETTER = HigherMeans.BETTER
SCORE = st.one_of(st.none(), st.integers(0, 20))
ROWS = st.lists(st.tuples(SCORE, SCORE, SCORE), min_size=1, max_size=40)


def change(pairs):
    return PairedChange.from_pairs(pairs, higher_means=BETTER, units=1)


def test_each_comparison_is_of_the_people_who_are_in_both_waves():
    rows = [(x, x + 1 + x % 2, x + 2 if x % 3 else None) for x in range(30)]
    found = contrasts(rows, BETTER, 1)
    assert [(each.earlier, each.later, each.change.n) for each in found] == [
        (0, 1, 30),
        (0, 2, 20),
        (1, 2, 20),
    ]
    assert found[2].change == change([(y, z) for _, y, z in rows if z is not None])


@settings(deadline=None)
@given(ROWS, st.data())
def test_a_missing_later_wave_never_changes_before_and_after(rows, data):
    gone = [(x, y, None if data.draw(st.booleans()) else z) for x, y, z in rows]
    first = contrasts(rows, BETTER, 1)[0]
    assert contrasts(gone, BETTER, 1)[0] == first
    assert contrasts([row[:2] for row in rows], BETTER, 1) == [first]


@settings(deadline=None)
@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows, chance):
    assert contrasts(chance.sample(rows, len(rows)), BETTER, 1) == contrasts(rows, BETTER, 1)


def test_with_nobody_missing_the_model_gives_the_means():
    chance = random.Random(5)
    rows = [
        tuple(float(base + step + chance.randrange(4)) for step in (0, 2, 1)) for base in range(20)
    ]
    found = wave_model(rows)
    means = [sum(row[wave] for row in rows) / 20 for wave in range(3)]
    values = [each.value for each in found]
    assert values == pytest.approx([means[1] - means[0], means[2] - means[0]], rel=1e-9)
    assert {each.df for each in found} == {19}


def test_the_model_uses_those_who_are_missing_later():
    chance = random.Random(6)
    rows = [
        (float(base), base + 2.0 + chance.gauss(0, 1), base + 1.0 if base < 10 else None)
        for base in range(24)
    ]
    paired = contrasts(
        [tuple(None if v is None else round(v * 1000) for v in row) for row in rows], BETTER, 1000
    )[1].change
    found = wave_model(rows)[1]
    assert paired.n == 10
    assert paired.sd_change == 0
    assert found.value == pytest.approx(1, abs=0.5)
    assert found.error > 0


def test_two_waves_and_few_people_need_no_model():
    assert wave_model([(1.0, 2.0)] * 20) == NotGiven(
        "there are only two waves, so before and after say all"
    )
    assert wave_model([(1.0, 2.0, 3.0)] * 11) == NotGiven("fewer than 12 people answered")
    assert wave_model([(5.0, 5.0, 5.0)] * 20) == NotGiven(
        "nothing varies but what is explained, so there is nothing to judge by"
    )
    assert wave_model([]) == NotGiven("there are only two waves, so before and after say all")
    assert wave_model([(None, None, None)] * 20) == NotGiven("fewer than 12 people answered")


def test_looking_back_is_an_extra_line():
    rows = [(x, x - 2 - x % 2, x + 1) for x in range(12)] + [(5, None, 6), (None, 3, 4)]
    found = looking_back(rows, BETTER, 1)
    assert found.change == change([(then, after) for _, then, after in rows if then is not None])
    assert (found.change.n, found.shift.n) == (13, 12)
    assert found.shift.mean_change == -2.5


def test_dont_know_matters_where_something_else_would_be_said():
    clear = change([(x % 4, x % 4 + 1 + x % 2) for x in range(20)])
    unclear = change([(x % 4, x % 4 + (-1) ** x) for x in range(14)])
    found = Sensitivity(clear, unclear)
    assert (found.differs, found.lost) == (True, 6)
    assert found.moved == pytest.approx(-1.5)
    assert not Sensitivity(clear, clear).differs
    assert Sensitivity(clear, change([])).moved is None
