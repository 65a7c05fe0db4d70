"""How a group learns: on phones, on paper, on both, or on one device that goes round.

The mode decides what the group's page shows first, and nothing else. Switching it touches no
answer, no card and no paper: all ways stay open, whatever the mode.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.programmes.session_models import MODES, GroupMode

#: For a group of which nobody has said anything yet.
USUAL = "phones"

#: The ways of taking part, those that fit a mode best first. Every mode has every way.
WAYS = {
    "phones": ("join", "screen", "handouts", "paper"),
    "paper": ("handouts", "paper", "screen", "join"),
    "mixed": ("join", "paper", "handouts", "screen"),
    "round": ("pass", "screen", "handouts", "join", "paper"),
}


def modes_of(session: Session, group_id: int) -> Sequence[GroupMode]:
    """Every switch, the newest first."""
    wanted = select(GroupMode).where(GroupMode.group_id == group_id)
    return session.scalars(wanted.order_by(GroupMode.id.desc())).all()


def mode_of(session: Session, group_id: int) -> str:
    """How a group learns at present."""
    return next((each.mode for each in modes_of(session, group_id)), USUAL)


def switch(session: Session, group_id: int, mode: str, member_id: int, today: date) -> bool:
    """Let a group learn in another way from now on; False when it does so already."""
    if mode not in MODES:
        raise ValueError(f"no mode: {mode}")
    if mode_of(session, group_id) == mode:
        return False
    session.add(GroupMode(group_id=group_id, mode=mode, since=today, member_id=member_id))
    session.flush()
    return True
