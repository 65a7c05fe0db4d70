"""What a programme says of itself: vision and goal, partners, steering group, support."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from edu.partners.models import Organisation
from edu.programmes.keeping import Taken, added, kept
from edu.programmes.planning_models import (
    ProgrammeDetail,
    ProgrammePartner,
    SteeringSeat,
    SupportContact,
)


@dataclass(frozen=True)
class Shares:
    """Planned shares of effort, in whole percents that make a hundred."""

    promotion: int
    prevention: int
    care: int

    def are_whole(self) -> bool:
        """Whether nothing is left over, and nothing counted twice."""
        parts = (self.promotion, self.prevention, self.care)
        return sum(parts) == 100 and min(parts) >= 0


@dataclass(frozen=True)
class Details:
    """What somebody says about a programme. Without a promotion goal there are none."""

    vision: str
    promotion_goal: str
    shares: Shares
    setting: str


def details_of(session: Session, programme_id: int) -> ProgrammeDetail | None:
    """What a programme wants, if somebody has said so."""
    return session.get(ProgrammeDetail, programme_id)


def keep_details(
    session: Session, programme_id: int, said: Details, member_id: int, today: date
) -> ProgrammeDetail:
    """Write down what a programme wants. Raises ValueError without a promotion goal, or when the
    shares make no hundred. A vision in other words asks for the signatures again."""
    if not said.promotion_goal.strip() or not said.shares.are_whole():
        raise ValueError("a programme has a promotion goal, and shares of a hundred in all")
    before = details_of(session, programme_id)
    if before is not None and before.vision != said.vision.strip():
        _ask_for_signatures_again(session, programme_id)
    values = {
        "vision": said.vision.strip(),
        "promotion_goal": said.promotion_goal.strip(),
        **vars(said.shares),
        "setting": said.setting,
        "member_id": member_id,
        "saved_on": today,
    }
    return kept(session, ProgrammeDetail, {"programme_id": programme_id}, values)


def _ask_for_signatures_again(session: Session, programme_id: int) -> None:
    for partner in partners_of(session, programme_id):
        take_signature_back(session, partner)


def partners_of(session: Session, programme_id: int) -> Sequence[ProgrammePartner]:
    """Who carries a programme, by name."""
    wanted = select(ProgrammePartner).where(ProgrammePartner.programme_id == programme_id)
    return session.scalars(wanted.order_by(ProgrammePartner.name, ProgrammePartner.id)).all()


def partner_of(session: Session, programme_id: int, partner_id: int) -> ProgrammePartner | None:
    """One partner, if it is this programme's."""
    return session.scalar(
        select(ProgrammePartner).where(
            ProgrammePartner.id == partner_id, ProgrammePartner.programme_id == programme_id
        )
    )


def is_partner(session: Session, programme_id: int, name: str) -> bool:
    """Whether a programme has a partner of this name."""
    same = exists().where(
        ProgrammePartner.programme_id == programme_id, ProgrammePartner.name == name.strip()
    )
    return bool(session.scalar(select(same)))


def add_partner(
    session: Session, programme_id: int, name: str, kind: str, home: Organisation
) -> ProgrammePartner:
    """A partner more. `home` is for whom its writer works: by its own name it is known as one of
    this server's. Of others nobody shall learn in this way whether they are. Raises Taken where it
    is a partner already."""
    made = ProgrammePartner(
        programme_id=programme_id,
        organisation_id=home.id if home.name == name.strip() else None,
        name=name.strip(),
        kind=kind,
    )
    if is_partner(session, programme_id, name) or not added(session, made):
        raise Taken(name)
    return made


def sign(session: Session, partner: ProgrammePartner, role: str, day: date) -> None:
    """A partner signs the vision; for it signs a role, never a name."""
    partner.signed_on, partner.signed_role = day, role.strip()
    session.flush()


def take_signature_back(session: Session, partner: ProgrammePartner) -> None:
    """As if it had never signed."""
    partner.signed_on, partner.signed_role = None, ""
    session.flush()


def seats_of(session: Session, programme_id: int) -> Sequence[SteeringSeat]:
    """The seats of a steering group, in the order in which they were made."""
    wanted = select(SteeringSeat).where(SteeringSeat.programme_id == programme_id)
    return session.scalars(wanted.order_by(SteeringSeat.id)).all()


def seat_of(session: Session, programme_id: int, seat_id: int) -> SteeringSeat | None:
    """One seat, if it is this programme's."""
    return session.scalar(
        select(SteeringSeat).where(
            SteeringSeat.id == seat_id, SteeringSeat.programme_id == programme_id
        )
    )


def add_seat(
    session: Session,
    programme_id: int,
    role: str,
    *,
    votes: bool,
    lived: bool,
    paid: bool,
    contents: bool = False,
) -> SteeringSeat:
    """A seat more."""
    made = SteeringSeat(
        programme_id=programme_id,
        role=role.strip(),
        votes=votes,
        lived_experience=lived,
        paid=paid,
        contents=contents,
    )
    session.add(made)
    session.flush()
    return made


def remove(session: Session, row: ProgrammePartner | SteeringSeat) -> None:
    """Take a partner or a seat out; it can be put in again."""
    session.delete(row)
    session.flush()


def support_of(session: Session, programme_id: int) -> SupportContact | None:
    """Whom people of a programme turn to, if somebody has said so."""
    return session.get(SupportContact, programme_id)


def keep_support(
    session: Session, programme_id: int, role: str, reached: str, checked_on: date
) -> None:
    """Write down whom people turn to, and when somebody last tried that."""
    values = {"role": role.strip(), "reached": reached.strip(), "checked_on": checked_on}
    kept(session, SupportContact, {"programme_id": programme_id}, values)
