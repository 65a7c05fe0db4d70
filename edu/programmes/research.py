"""Research with a programme's answers: only with an approval, and with each learner's own yes.

Everything else that is done with answers is learning evaluation: to see whether lessons help.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from edu.groups.models import Group
from edu.learning.models import Journey
from edu.programmes.governing_models import ResearchApproval, ResearchYes
from edu.programmes.keeping import kept

EVALUATION_ONLY = "learning evaluation only; not for research"


@dataclass(frozen=True)
class Approval:
    """What somebody says about an approval."""

    committee: str
    reference: str
    about: str
    approved_on: date
    ends_on: date


def approvals_of(session: Session, programme_id: int) -> Sequence[ResearchApproval]:
    """All of a programme, the newest first."""
    wanted = select(ResearchApproval).where(ResearchApproval.programme_id == programme_id)
    return session.scalars(wanted.order_by(ResearchApproval.id.desc())).all()


def in_force(session: Session, programme_id: int | None, today: date) -> ResearchApproval | None:
    """The approval that holds today; None for a group of no programme, too."""
    return session.scalar(
        select(ResearchApproval)
        .where(
            ResearchApproval.programme_id == programme_id,
            ResearchApproval.approved_on <= today,
            ResearchApproval.ends_on >= today,
            ResearchApproval.stopped_on.is_(None),
        )
        .order_by(ResearchApproval.id.desc())
        .limit(1)
    )


def keep_approval(
    session: Session, programme_id: int, said: Approval, member_id: int
) -> ResearchApproval:
    """Write an approval down. From now on learners are asked; nobody's yes to another one counts
    for it. Raises ValueError when it ends before it begins."""
    if said.ends_on < said.approved_on:
        raise ValueError("an approval ends after it begins")
    made = ResearchApproval(
        programme_id=programme_id,
        committee=said.committee.strip(),
        reference=said.reference.strip(),
        about=said.about.strip(),
        approved_on=said.approved_on,
        ends_on=said.ends_on,
        member_id=member_id,
    )
    session.add(made)
    session.flush()
    return made


def stop(session: Session, approval: ResearchApproval, today: date) -> None:
    """Nobody is asked any more, and nothing may be used from now on."""
    if approval.stopped_on is None:
        approval.stopped_on = today
        session.flush()


def asked_of(session: Session, journey: Journey, today: date) -> ResearchApproval | None:
    """The research for which a learner may be asked on this journey."""
    group = session.get(Group, journey.group_id) if journey.group_id else None
    return in_force(session, group.programme_id, today) if group is not None else None


def has_agreed(session: Session, journey: Journey, approval: ResearchApproval) -> bool:
    """Whether she has said yes to this very research."""
    said = session.get(ResearchYes, journey.id)
    return said is not None and said.approval_id == approval.id


def say(
    session: Session, journey: Journey, approval: ResearchApproval, today: date, *, yes: bool
) -> None:
    """Keep her yes, or take it back."""
    if yes:
        values = {"approval_id": approval.id, "said_on": today}
        kept(session, ResearchYes, {"journey_id": journey.id}, values)
    else:
        session.execute(delete(ResearchYes).where(ResearchYes.journey_id == journey.id))


def use_of(session: Session, programme_id: int, journeys: Collection[str], today: date) -> str:
    """For what rows may be used, for the codebook beside them: for research only where an approval
    holds and everybody in the rows has said yes to it."""
    approval = in_force(session, programme_id, today)
    if approval is None or not journeys:
        return EVALUATION_ONLY
    agreed = session.scalar(
        select(func.count())
        .select_from(ResearchYes)
        .where(ResearchYes.approval_id == approval.id, ResearchYes.journey_id.in_(journeys))
    )
    if agreed != len(set(journeys)):
        return EVALUATION_ONLY
    return f"learning evaluation, and the research approved as {approval.reference}"
