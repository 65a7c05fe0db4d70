"""What changed in a programme, as its newest report for evaluators lets it be told."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.groups.models import Arm
from edu.outcomes.evaluation_queue import newest_report

#: What somebody who decides can read something from. Anything else was not told apart from chance
#: for want of people.
TOLD = ("clear_improvement", "unclear", "possible_backfire")


@dataclass(frozen=True)
class Change:
    """What became of one scale."""

    instrument: str
    scale: str
    verdict: str


@dataclass(frozen=True)
class Changes:
    """All that may be told, and what must be said beside it."""

    scales: list[Change]
    has_comparison: bool
    validated: bool


def changes_of(session: Session, programme_id: int) -> Changes | None:
    """What the newest report says of scales whose figures may be shown; None where there is no
    report, or nothing in it may be shown."""
    report = newest_report(session, programme_id, "done")
    if report is None:
        return None
    shown = [
        each
        for each in report.content["scales"]
        if each["matched"] is not None and each["verdict"] in TOLD
    ]
    if not shown:
        return None
    arms = report.content["design"]["arms"]
    return Changes(
        [Change(each["instrument"], each["scale"], each["verdict"]) for each in shown],
        has_comparison=any(arm != Arm.INTERVENTION.value for arm in arms),
        validated=all(each["validated"] for each in shown),
    )
