"""Groups that wait or have no lessons, in a programme's report for evaluators."""

from math import sqrt
from statistics import correlation, stdev

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.learning.models import Pair
from edu.quizzes.scoring import UNITS
from tests.outcomes.evaluated import COMPARISON, COURSE, WAITING, scale, worked_out
from tests.outcomes.programme import LONG_AGO, make, person


def test_arms_are_compared_by_groups_and_described_where_there_is_one(session: Session) -> None:
    made = make(session, *[(COURSE, 16)] * 3, *[(WAITING, 16)] * 3)
    found = scale(worked_out(made))["comparison"]
    assert (found["how"], found["leads"]) == ("group_means", "adjusted")
    assert found["difference_in_differences"]["df"] == 4
    assert [set(arm) for arm in found["arms"]] == [
        {"arm", "groups", "matched", "mean_change", "sd_change"}
    ] * 2
    one = make(session, (COURSE, 16), (COMPARISON, 16))
    described = scale(worked_out(one))["comparison"]
    assert (described["how"], described["leads"]) == (
        "description",
        "difference_in_differences",
    )
    assert described["adjusted"]["value"] is None


def test_who_waits_is_followed_to_the_end_of_the_waiting(session: Session) -> None:
    made = make(session, (COURSE, 14), (WAITING, 12))
    person(made, made.groups[1], 0.0, LONG_AGO, "after")
    course, waiting = worked_out(made).content["flow"]
    told = ("arm", "wave", "before", "after", "matched", "lost", "waves")
    assert [course[name] for name in told] == [
        *("intervention", "after", 14, 14, 14, 0, {"after": 14})
    ]
    assert [waiting[name] for name in told] == [
        *("waiting", "before-2", 13, 12, 12, 1, {"before-2": 12, "after": 1})
    ]


def test_two_tests_before_the_lessons_tell_how_far_a_scale_errs(session: Session) -> None:
    made = make(session, (COURSE, 14), (WAITING, 60))
    found = scale(worked_out(made), "hope")
    pairs = session.scalars(select(Pair).where(Pair.wave == "before-2", Pair.scale == "hope")).all()
    counted = found["retest"]["matched"]
    assert counted == len(pairs) >= 50
    changes = [(each.after - each.before) / UNITS for each in pairs]
    assert found["retest"]["sem"] == pytest.approx(stdev(changes) / sqrt(2))
    assert found["retest"]["mdc95"] == pytest.approx(1.959963985 * stdev(changes))
    r = correlation([each.before for each in pairs], [each.after for each in pairs])
    assert found["retest"]["correlation"] == round(r, 1)
    few = make(session, (COURSE, 14), (WAITING, 20))
    assert scale(worked_out(few), "hope")["retest"]["correlation"] is None
    others = make(session, (COURSE, 14), (WAITING, 14), (COMPARISON, 14))
    assert scale(worked_out(others), "hope")["retest"] is None
