"""A programme's plan: what counts, for how many people, until when; frozen before anybody looks."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from edu.groups.models import Programme
from edu.outcomes.analysis.detectable import detectable_change
from edu.outcomes.disclosure import MINIMUM_GROUP
from edu.outcomes.evaluation_models import EvaluationPlan, PlanDeviation

_LISTS = ("primary", "waves", "words")
_DAYS = ("begins_on", "ends_on", "kept_until")
#: When people can be asked; `later` stands for all times after the course.
WAVES = ("before", "after", "later", "looking-back")


class Frozen(Exception):
    """The plan is frozen: what differs from it is a deviation, and no new plan."""


@dataclass(frozen=True)
class Plan:
    """`primary`: scales as `instrument/scale`, on which it is judged; all others are exploratory.
    `comparison`: whether they are compared with groups that wait or have no lessons. `people`: how
    many are needed at least. `minimum`: no figure of fewer is shown. `owner` is a role within,
    `reader` a role or organisation outside; `words`: which kinds of notes stand beside the numbers.
    `detectable`: the smallest change that so many people show, in SDs of the change."""

    primary: tuple[str, ...]
    comparison: bool = False
    people: int = 30
    minimum: int = MINIMUM_GROUP
    begins_on: date | None = None
    ends_on: date | None = None
    note: str = ""
    waves: tuple[str, ...] = ()
    owner: str = ""
    reader: str = ""
    words: tuple[str, ...] = ()
    detectable: float | None = None
    kept_until: date | None = None

    def to_json(self) -> dict[str, Any]:
        days = {name: day.isoformat() if (day := getattr(self, name)) else None for name in _DAYS}
        return asdict(self) | {name: list(getattr(self, name)) for name in _LISTS} | days

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Plan":
        """A plan as it was written; an older one says less, and what it leaves out is empty."""
        given = dict(stored) | {name: tuple(stored.get(name, ())) for name in _LISTS}
        given["primary"] = tuple(stored["primary"])
        for name in _DAYS:
            given[name] = date.fromisoformat(given[name]) if given.get(name) else None
        return cls(**given)

    def open_parts(self) -> list[str]:
        """What must be said before it can be frozen, by the names above."""
        said = {
            "waves": {"before", "after"} <= set(self.waves),
            "owner": bool(self.owner),
            "reader": bool(self.reader),
            "words": bool(self.words),
            "kept_until": self.kept_until is not None,
        }
        return [name for name, is_said in said.items() if not is_said]


def plan_of(session: Session, programme_id: int) -> EvaluationPlan | None:
    """A programme's plan, frozen or not."""
    return session.scalar(_newest(programme_id))


def held_plan(session: Session, programme_id: int) -> EvaluationPlan | None:
    """The same, held until the commit: of two who write or freeze it in one moment the later one
    waits, and sees what the other did. The programme is held, as there may be no plan yet."""
    # An answer that nobody reads would keep SQLite's lock beyond the commit: `scalar` reads it.
    programme = select(Programme.id).where(Programme.id == programme_id)
    session.scalar(programme.with_for_update(key_share=True))
    return session.scalar(_newest(programme_id).execution_options(populate_existing=True))


def _newest(programme_id: int) -> Select[EvaluationPlan]:
    return (
        select(EvaluationPlan)
        .where(EvaluationPlan.programme_id == programme_id)
        .order_by(EvaluationPlan.id.desc())
        .limit(1)
    )


def smallest_change(people: int) -> float | None:
    """The change that so many people show four times out of five, in SDs of the change."""
    found = detectable_change(people)
    return round(found, 2) if isinstance(found, float) else None


def keep_plan(session: Session, programme_id: int, plan: Plan, today: date) -> EvaluationPlan:
    """Write a plan down. Raises Frozen when there is one that can no longer be changed."""
    kept = held_plan(session, programme_id)
    if kept is None:
        kept = EvaluationPlan(programme_id=programme_id, content={}, digest="", made_on=today)
        session.add(kept)
    elif kept.frozen_on is not None:
        raise Frozen
    kept.content = plan.to_json()
    session.flush()
    return kept


def freeze(session: Session, kept: EvaluationPlan, today: date) -> bool:
    """From now on it can no longer be changed. Whether that was done now: freezing it again, also
    in the same moment, changes nothing."""
    held_plan(session, kept.programme_id)
    if kept.frozen_on is not None:
        return False
    kept.frozen_on = today
    kept.digest = digest_of(kept.content)
    session.flush()
    return True


def digest_of(content: Mapping[str, Any]) -> str:
    """Of everything a plan says, whatever the order in which it is stored."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def add_deviation(session: Session, kept: EvaluationPlan, text: str, today: date) -> None:
    """Write down what was done otherwise than a frozen plan says."""
    session.add(PlanDeviation(plan_id=kept.id, text=text.strip(), made_on=today))
    session.flush()


def deviations_of(session: Session, kept: EvaluationPlan) -> Sequence[PlanDeviation]:
    """In the order in which they were written down."""
    return session.scalars(
        select(PlanDeviation).where(PlanDeviation.plan_id == kept.id).order_by(PlanDeviation.id)
    ).all()


def minimum_of(session: Session, programme_id: int | None) -> int:
    """How many people a figure of this programme needs: ten, or more where its plan says so."""
    kept = plan_of(session, programme_id) if programme_id is not None else None
    if kept is None:
        return MINIMUM_GROUP
    return max(MINIMUM_GROUP, Plan.from_json(kept.content).minimum)
