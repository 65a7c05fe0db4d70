"""Bodies around a programme and the channels between them: who calls whom, for what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.programmes.ally_models import Ally, Channel, Means
from edu.programmes.keeping import Taken, added, kept
from edu.programmes.planning_models import PartnerKind, ProgrammePartner

#: Where people are treated. Everybody else is of the community: a channel between the two sides
#: is a bridge.
CLINICAL = frozenset({PartnerKind.CLINIC, PartnerKind.PRIVATE})


class Linked(ValueError):
    """A body that has channels, open or ended, cannot go: they would go with it."""


@dataclass(frozen=True)
class Known:
    """A body as it may be chosen: one that stands here, or a partner of the programme."""

    key: str
    name: str
    kind: PartnerKind
    cost: str = ""
    ally_id: int | None = None


@dataclass(frozen=True)
class Agreed:
    """What two bodies agreed on."""

    purpose: str
    means: Means
    from_role: str
    to_role: str
    agreed_on: date
    next_review: date


def known_bodies(session: Session, programme_id: int) -> list[Known]:
    """All bodies by name: those that stand here, and the programme's partners."""
    partners = session.scalars(
        select(ProgrammePartner).where(ProgrammePartner.programme_id == programme_id)
    )
    found = {
        each.name.casefold(): Known(f"p{each.id}", each.name, PartnerKind(each.kind))
        for each in partners
    }
    for each in bodies(session, programme_id):
        # A partner keeps its key when it becomes a body: a form may be open in which it stands.
        name, kind = each.name.casefold(), PartnerKind(each.kind)
        key = found[name].key if name in found else f"a{each.id}"
        found[name] = Known(key, each.name, kind, each.cost, each.id)
    return [found[name] for name in sorted(found)]


def bodies(session: Session, programme_id: int) -> Sequence[Ally]:
    """The bodies that somebody wrote down, or that have channels."""
    wanted = select(Ally).where(Ally.programme_id == programme_id)
    return session.scalars(wanted.order_by(Ally.name)).all()


def body_of(session: Session, programme_id: int, ally_id: int) -> Ally | None:
    """One body, if it is this programme's own."""
    return session.scalar(select(Ally).where(Ally.id == ally_id, Ally.programme_id == programme_id))


def chosen_body(session: Session, programme_id: int, key: str) -> Ally:
    """The body of a key that was offered; a partner of the programme becomes one."""
    found = next(each for each in known_bodies(session, programme_id) if each.key == key)
    if found.ally_id is not None:
        return session.get_one(Ally, found.ally_id)
    of_name = {"programme_id": programme_id, "name": found.name}
    return kept(session, Ally, of_name, {"kind": found.kind.value, "cost": ""})


def body_name_is_taken(
    session: Session, programme_id: int, name: str, *, but: int | None = None
) -> bool:
    """Whether another body of the programme, or a partner, has this name."""
    return any(
        each.name.casefold() == name.strip().casefold()
        for each in known_bodies(session, programme_id)
        if but is None or each.ally_id != but
    )


def add_body(session: Session, programme_id: int, name: str, kind: PartnerKind, cost: str) -> Ally:
    """A new body. Raises Taken where one of this name stands here, or a partner is called so."""
    made = Ally(programme_id=programme_id, name=name.strip(), kind=kind.value, cost=cost)
    if body_name_is_taken(session, programme_id, name) or not added(session, made):
        raise Taken(name)
    return made


def change_body(session: Session, ally: Ally, name: str, kind: PartnerKind, cost: str) -> None:
    """Call a body something else, or say more of it. Raises Taken as above."""
    if body_name_is_taken(session, ally.programme_id, name, but=ally.id):
        raise Taken(name)
    try:
        with session.begin_nested():
            ally.name, ally.kind, ally.cost = name.strip(), kind.value, cost
    except IntegrityError:
        raise Taken(name) from None


def remove_body(session: Session, ally: Ally) -> None:
    """Take a body out. Raises Linked where it has or had a channel."""
    # A channel that somebody writes in this moment would go with it, and nobody would know.
    session.refresh(ally, with_for_update=True)
    if is_linked(session, ally):
        raise Linked(ally.name)
    session.delete(ally)
    session.flush()


def is_linked(session: Session, ally: Ally) -> bool:
    """Whether it has a channel, or had one."""
    ends = exists().where(or_(Channel.from_id == ally.id, Channel.to_id == ally.id))
    return bool(session.scalar(select(ends)))


def channels_of(session: Session, programme_id: int, *, ended: bool = False) -> Sequence[Channel]:
    """The channels that are open, the next to look at first; or those that have ended."""
    over = Channel.ended_on.is_not(None) if ended else Channel.ended_on.is_(None)
    return session.scalars(
        select(Channel)
        .where(Channel.programme_id == programme_id, over)
        .order_by(Channel.next_review, Channel.id)
    ).all()


def channel_of(session: Session, programme_id: int, channel_id: int) -> Channel | None:
    """One channel, if it is this programme's own."""
    return session.scalar(
        select(Channel).where(Channel.id == channel_id, Channel.programme_id == programme_id)
    )


def overdue(session: Session, programme_id: int, today: date) -> list[Channel]:
    """The open channels that both sides should have looked at by now, the longest ago first."""
    return [each for each in channels_of(session, programme_id) if each.next_review < today]


def open_channel(
    session: Session, programme_id: int, ends: tuple[Ally, Ally], agreed: Agreed, by: int
) -> Channel:
    """A new channel from the first body to the second. Raises ValueError for one and the same."""
    caller, called = ends
    if caller.id == called.id:
        raise ValueError("a channel is between two bodies")
    made = Channel(programme_id=programme_id, from_id=caller.id, to_id=called.id, member_id=by)
    _say(made, agreed)
    session.add(made)
    session.flush()
    return made


def change_channel(session: Session, channel: Channel, agreed: Agreed, by: int) -> None:
    """Write down something else that was agreed."""
    _say(channel, agreed)
    channel.member_id = by
    session.flush()


def _say(channel: Channel, agreed: Agreed) -> None:
    channel.purpose, channel.means = agreed.purpose, agreed.means.value
    channel.from_role, channel.to_role = agreed.from_role, agreed.to_role
    channel.agreed_on, channel.next_review = agreed.agreed_on, agreed.next_review


def note_review(
    session: Session, channel: Channel, today: date, next_review: date, by: int
) -> None:
    """Both sides looked at it today."""
    channel.reviewed_on, channel.next_review, channel.member_id = today, next_review, by
    session.flush()


def end_channel(session: Session, channel: Channel, today: date, by: int) -> None:
    """It is used no more; what was agreed stays to be read."""
    channel.ended_on, channel.member_id = channel.ended_on or today, by
    session.flush()


def bridges(known: Collection[Known], channels: Collection[Channel]) -> int:
    """How many channels lead from those who treat people to the community, or the other way."""
    clinical = {each.ally_id for each in known if each.kind in CLINICAL}
    return sum((each.from_id in clinical) != (each.to_id in clinical) for each in channels)


def uncalled(known: Sequence[Known], channels: Collection[Channel]) -> list[Known]:
    """The bodies that no open channel leads to or from."""
    linked = {each.from_id for each in channels} | {each.to_id for each in channels}
    return [each for each in known if each.ally_id is None or each.ally_id not in linked]
