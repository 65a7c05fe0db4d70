"""What a group's page tells of the room: how the group learns, what is open, how often it met."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.programmes.incidents import open_incidents
from edu.programmes.meetings import Sums, meetings_of, sums_of
from edu.programmes.modes import WAYS, mode_of
from edu.programmes.session_models import Incident


@dataclass(frozen=True)
class Room:
    """The room of one group."""

    mode: str
    #: The ways of taking part, those that fit the mode first.
    ways: Sequence[str]
    #: Incidents that somebody must look after; for whoever leads only.
    waiting: Sequence[Incident]
    sums: Sums


def room_of(session: Session, group_id: int) -> Room:
    """The room of a group at present."""
    mode = mode_of(session, group_id)
    return Room(
        mode, WAYS[mode], open_incidents(session, group_id), sums_of(meetings_of(session, group_id))
    )
