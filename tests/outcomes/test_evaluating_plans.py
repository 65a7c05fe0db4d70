"""What a programme planned beforehand, and what its report makes of it."""

import json
from datetime import date

import pytest
from scipy.stats import t
from sqlalchemy.orm import Session

from edu.outcomes.plans import (
    Frozen,
    Plan,
    add_deviation,
    deviations_of,
    digest_of,
    freeze,
    keep_plan,
    minimum_of,
    plan_of,
)
from tests.outcomes.evaluated import COURSE, WAITING, scale, worked_out
from tests.outcomes.programme import DAY, LONG_AGO, make


def test_only_scales_named_in_a_frozen_plan_are_main_ones(session: Session) -> None:
    made = make(session, (COURSE, 30))
    plan = Plan(primary=("feelings/contact", "feelings/hope"), people=500)
    kept = keep_plan(session, made.programme.id, plan, LONG_AGO)
    assert [each["primary"] for each in worked_out(made).content["scales"]] == [False] * 3
    freeze(session, kept, LONG_AGO)
    found = worked_out(made)
    named = {each["scale"]: each.get("p_holm") for each in found.content["scales"]}
    assert named["knowledge"] is None
    ps = [scale(found, name)["change"]["p"] for name in ("contact", "hope")]
    assert sorted([named["contact"], named["hope"]]) == pytest.approx(
        [max(min(1, 2 * min(ps)), 0), max(min(1, 2 * min(ps)), max(ps))]
    )
    assert [each["what"] for each in found.content["deviations"]] == ["too few", "too few"]


def test_where_the_plan_compares_the_difference_is_tested(session: Session) -> None:
    plan = Plan(primary=("feelings/contact", "feelings/hope"), people=30, comparison=True)
    made = make(session, *[(COURSE, 16)] * 3, *[(WAITING, 16)] * 3)
    freeze(session, keep_plan(session, made.programme.id, plan, LONG_AGO), LONG_AGO)
    found = worked_out(made)
    told = [scale(found, name)["comparison"]["adjusted"] for name in ("contact", "hope")]
    ps = [2 * t.sf(abs(each["value"]) / each["standard_error"], each["df"]) for each in told]
    assert [scale(found, name)["p_holm"] for name in ("contact", "hope")] == pytest.approx(
        [min(1, max(2 * min(ps), p)) for p in ps]
    )


def test_a_change_is_not_tested_in_the_place_of_a_planned_comparison(session: Session) -> None:
    plan = Plan(primary=("feelings/contact",), people=30, comparison=True)
    made = make(session, (COURSE, 30))
    freeze(session, keep_plan(session, made.programme.id, plan, LONG_AGO), LONG_AGO)
    found = worked_out(made)
    assert "p_holm" not in scale(found, "contact")
    assert [each["what"] for each in found.content["deviations"]] == ["no comparison"]


def test_a_frozen_plan_stays_as_it_is(session: Session) -> None:
    made = make(session, (COURSE, 0))
    plan = Plan(primary=("feelings/contact",), begins_on=LONG_AGO, ends_on=DAY)
    kept = keep_plan(session, made.programme.id, plan, DAY)
    keep_plan(session, made.programme.id, Plan(primary=("feelings/hope",), minimum=20), DAY)
    assert minimum_of(session, made.programme.id) == 20
    freeze(session, kept, DAY)
    digest = kept.digest
    freeze(session, kept, date(2027, 1, 1))
    assert (kept.digest, kept.frozen_on) == (digest, DAY)
    assert digest == digest_of(json.loads(json.dumps(kept.content)))
    with pytest.raises(Frozen):
        keep_plan(session, made.programme.id, plan, DAY)
    add_deviation(session, kept, " Began late ", DAY)
    assert [each.text for each in deviations_of(session, kept)] == ["Began late"]
    assert Plan.from_json(plan.to_json()) == plan
    assert plan_of(session, made.programme.id) is kept


def test_a_programme_that_wants_twenty_shows_nothing_of_nineteen(session: Session) -> None:
    made = make(session, (COURSE, 19))
    keep_plan(session, made.programme.id, Plan(("feelings/contact",), minimum=20), DAY)
    assert worked_out(made).content["scales"] == []
