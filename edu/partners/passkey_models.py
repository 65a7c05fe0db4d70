"""What is kept of passkeys: keys on members' own devices, of which only the public half is here."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base
from edu.partners.models import Member
from edu.tables import described, part_of

#: What a challenge was made for; see passkeys.py.
PURPOSES = ("sign in", "second step", "add")


class Passkey(Base):
    """A member's passkey: she shows that her device has the other half of its key."""

    __table_args__ = described(
        about="A passkey with which a member signs in. The secret half is on her device only.",
        kept="until she takes it away, an administrator takes her second step away, or she leaves",
        seen_by="the member herself",
        stolen="what staff call their devices, and on which day they last signed in with them; "
        "nobody can sign in with it",
    )

    credential: Mapped[str] = mapped_column(
        primary_key=True, doc="by which her device knows the key; chosen at random by the device"
    )
    member_id: Mapped[int] = part_of("member", "whose it is", index=True)
    number: Mapped[str] = mapped_column(unique=True, doc="random; by which she takes it away")
    public_key: Mapped[bytes] = mapped_column(doc="the public half of the key")
    # Devices count in 32 bits without a sign; PostgreSQL's own integer has one.
    sign_count: Mapped[int] = mapped_column(
        BigInteger, doc="how often it was used, as the device counts; 0 where it does not"
    )
    transports: Mapped[str] = mapped_column(
        doc="how a browser reaches the device, such as usb or internal"
    )
    name: Mapped[str] = mapped_column(doc="what she calls it")
    made_on: Mapped[date] = mapped_column(doc="the day on which she added it")
    used_on: Mapped[date | None] = mapped_column(doc="the day on which she last signed in with it")
    stopped_on: Mapped[date | None] = mapped_column(
        doc="the day on which its count went back, as that of a copy would; it opens nothing since"
    )

    member: Mapped[Member] = relationship()


class PasskeyChallenge(Base):
    """What a device is asked to sign, for one answer."""

    __table_args__ = described(
        CheckConstraint(f"purpose IN {PURPOSES}", name="purpose"),
        about="What a device is asked to sign, so that an answer that was overheard is of no use.",
        kept="five minutes, or until it is answered",
        seen_by="nobody",
        stolen="nothing about people",
    )

    digest: Mapped[str] = mapped_column(primary_key=True, doc="digest of the cookie")
    challenge: Mapped[bytes] = mapped_column(doc="random; what is to be signed")
    purpose: Mapped[str] = mapped_column(doc="what for, from a fixed list")
    member_id: Mapped[int | None] = part_of(
        "member", "who is asked; empty while nobody knows", index=True
    )
    ends_at: Mapped[datetime] = mapped_column(doc="until when it may be answered")
