"""A community assessment: nine questions, those who were asked, and the gaps; then frozen.

A frozen version never changes. Whoever learns more later begins the next one, from a copy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.outcomes.plans import digest_of
from edu.programmes.keeping import added
from edu.programmes.planning_models import CommunityAssessment

#: Of so many members of the community, at least, somebody has asked.
MEMBERS = 2

#: The rings in which strengths are found.
RINGS = ("me", "my-people", "our-place")


@dataclass(frozen=True)
class Step:
    """One page of the wizard, with the parts that are written on it."""

    name: str
    parts: tuple[str, ...] = ("text",)
    #: Of several parts one is enough; of a list so many entries.
    asks_members: bool = False
    has_day: bool = False


QUESTIONS = (
    Step("people"),
    Step("words"),
    Step("matters"),
    Step("trusted"),
    Step("strengths", RINGS),
    Step("services", has_day=True),
    Step("hurtful"),
    Step("risks"),
    Step("voices"),
)
STEPS = (*QUESTIONS, Step("asked", asks_members=True), Step("gaps"))
BY_NAME = {step.name: step for step in STEPS}


@dataclass(frozen=True)
class Said:
    """What was written on one page. `called_on`: the day on which services were called."""

    parts: Mapping[str, str] = field(default_factory=dict)
    called_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = {name: text.strip() for name, text in self.parts.items()}
        return kept | ({"called_on": self.called_on.isoformat()} if self.called_on else {})

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Said":
        called = stored.get("called_on")
        return cls(
            {name: text for name, text in stored.items() if name != "called_on"},
            date.fromisoformat(called) if called else None,
        )


class Unfinished(Exception):
    """Something is not answered yet: see `open_steps`."""


def newest(session: Session, programme_id: int) -> CommunityAssessment | None:
    """The version that somebody works on, else the last that was frozen."""
    return session.scalar(_of(programme_id).limit(1))


def finished(session: Session, programme_id: int) -> CommunityAssessment | None:
    """The last version that was frozen."""
    wanted = _of(programme_id).where(CommunityAssessment.frozen_on.is_not(None))
    return session.scalar(wanted.limit(1))


def versions_of(session: Session, programme_id: int) -> Sequence[CommunityAssessment]:
    """All versions, the newest first."""
    return session.scalars(_of(programme_id)).all()


def version_of(session: Session, programme_id: int, version: int) -> CommunityAssessment | None:
    """One version of a programme's assessment."""
    return session.scalar(_of(programme_id).where(CommunityAssessment.version == version))


def _of(programme_id: int) -> Any:
    return (
        select(CommunityAssessment)
        .where(CommunityAssessment.programme_id == programme_id)
        .order_by(CommunityAssessment.version.desc())
    )


def said_in(kept: CommunityAssessment | None, step: Step) -> Said:
    """What a version says on one page."""
    return Said.from_json(kept.content.get(step.name, {}) if kept is not None else {})


def members_asked(kept: CommunityAssessment) -> list[str]:
    """The roles of those who were asked, one a line; a role named twice stands for two people."""
    text = kept.content.get("asked", {}).get("text", "")
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_answered(kept: CommunityAssessment | None, step: Step) -> bool:
    """Whether a page is done. For strengths one ring is enough; gaps there may be none."""
    if kept is None:
        return False
    if step.asks_members:
        return len(members_asked(kept)) >= MEMBERS
    said = said_in(kept, step)
    return any(said.parts.get(part) for part in step.parts)


def open_steps(kept: CommunityAssessment | None) -> list[Step]:
    """The pages that must be done before a version can be frozen, in their order."""
    return [step for step in STEPS if step.name != "gaps" and not is_answered(kept, step)]


def save_step(
    session: Session, programme_id: int, step: Step, said: Said, member_id: int, today: date
) -> CommunityAssessment:
    """Keep one page. Where the last version is frozen, the next one begins as a copy of it."""
    kept = _held(session, programme_id)
    if kept is None or kept.frozen_on is not None:
        kept = _next(session, programme_id, kept, today)
    # A new mapping: the database notices nothing inside the old one.
    kept.content = {**kept.content, step.name: said.to_json()}
    kept.saved_on, kept.member_id = today, member_id
    session.flush()
    return kept


def _held(session: Session, programme_id: int) -> CommunityAssessment | None:
    """The newest version, held until the commit: of two who write on two pages in one moment, or
    write while it is frozen, one waits for the other."""
    wanted = _of(programme_id).limit(1).with_for_update()
    found: CommunityAssessment | None = session.scalar(
        wanted.execution_options(populate_existing=True)
    )
    return found


def _next(
    session: Session, programme_id: int, last: CommunityAssessment | None, today: date
) -> CommunityAssessment:
    made = CommunityAssessment(
        programme_id=programme_id,
        version=last.version + 1 if last is not None else 1,
        content=dict(last.content) if last is not None else {},
        digest="",
        begun_on=today,
        saved_on=today,
    )
    if added(session, made):
        return made
    found = _held(session, programme_id)
    if found is None:
        raise LookupError("a version that somebody began in this moment is gone")
    return found


def finish(session: Session, kept: CommunityAssessment, today: date) -> None:
    """Freeze a version; doing it again changes nothing. Raises Unfinished."""
    session.refresh(kept, with_for_update=True)
    if kept.frozen_on is not None:
        return
    if open_steps(kept):
        raise Unfinished
    kept.frozen_on, kept.digest = today, digest_of(kept.content)
    session.flush()
