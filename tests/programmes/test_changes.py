"""What a brief may tell of change: only what the report for evaluators shows."""

from typing import Any

from flask import Flask

from edu.groups.programmes import make_programme
from edu.outcomes.evaluation_models import ProgrammeReport
from edu.partners.members import make_organisation
from edu.programmes.changes import Change, Changes, changes_of
from tests.outcomes.programme import DAY


def scale(name: str, verdict: str | None, *, validated: bool = True) -> dict[str, Any]:
    """A scale of a report; without a verdict nothing of it may be shown."""
    named = {"instrument": "feelings", "scale": name, "validated": validated}
    return named | ({"matched": None} if verdict is None else {"matched": 30, "verdict": verdict})


def told(house: Flask, *scales: dict[str, Any], arms: dict[str, int]) -> Changes | None:
    """What is told of a report with these scales."""
    with house.extensions["database"].work() as session:
        home = make_organisation(session, "Lake Society")
        session.flush()
        programme = make_programme(session, home.id, "Winter", DAY)
        content = {"scales": list(scales), "design": {"arms": arms}}
        session.add(
            ProgrammeReport(
                programme_id=programme.id,
                state="done",
                asked_on=DAY,
                made_on=DAY,
                content=content,
                batches=[],
                data_hash="",
                code_hash="",
            )
        )
        session.flush()
        return changes_of(session, programme.id)


def test_a_scale_that_is_withheld_is_not_told(house: Flask) -> None:
    found = told(
        house,
        scale("hope", None),
        scale("contact", "clear_improvement", validated=False),
        scale("worth", "too_few"),
        scale("fear", "possible_backfire"),
        arms={"intervention": 2, "waiting": 1},
    )
    assert found == Changes(
        [
            Change("feelings", "contact", "clear_improvement"),
            Change("feelings", "fear", "possible_backfire"),
        ],
        has_comparison=True,
        validated=False,
    )


def test_where_everything_is_withheld_nothing_is_told(house: Flask) -> None:
    assert told(house, scale("hope", None), arms={"intervention": 1}) is None
