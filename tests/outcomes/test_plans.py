"""A plan as it is stored, also one from before it said who reads it."""

from datetime import date

from edu.outcomes.plans import Plan, smallest_change

#: As the version before wrote it.
OLD = {
    "primary": ["feelings/contact"],
    "comparison": True,
    "people": 40,
    "minimum": 12,
    "begins_on": "2026-03-01",
    "ends_on": None,
    "note": "as ever",
}


def test_a_plan_of_an_older_version_is_still_read() -> None:
    assert Plan.from_json(OLD) == Plan(
        ("feelings/contact",), True, 40, 12, date(2026, 3, 1), None, "as ever"
    )


def test_a_plan_comes_back_as_it_was_written() -> None:
    plan = Plan(
        ("feelings/contact", "steps/knowledge"),
        waves=("before", "after", "later"),
        owner="coordinator",
        reader="users' group",
        words=("interview", "workshop"),
        detectable=0.53,
        kept_until=date(2028, 11, 22),
    )
    assert Plan.from_json(plan.to_json()) == plan
    assert plan.open_parts() == []


def test_a_plan_says_what_it_leaves_open() -> None:
    plan = Plan(("feelings/contact",), waves=("after", "later"), reader="users' group")
    assert plan.open_parts() == ["waves", "owner", "words", "kept_until"]


def test_more_people_show_smaller_changes() -> None:
    assert [smallest_change(people) for people in (10, 30, 100)] == [1.0, 0.53, 0.28]
    assert smallest_change(1) is None
