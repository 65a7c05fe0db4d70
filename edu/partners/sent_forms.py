"""Forms of staff that made something, so that one that comes again makes nothing more."""

from datetime import date, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from edu.database import Base
from edu.tables import described

#: Nobody leaves a page open for longer and sends it then.
_KEPT = timedelta(days=30)


class SentForm(Base):
    """A form that made something. When it comes again it leads to the same place."""

    __table_args__ = described(
        about="A form of staff that made something, and may not make it again.",
        kept="a month",
        seen_by="whoever runs the machine",
        stolen="on which days staff wrote in which groups and programmes",
        unordered=True,
    )

    digest: Mapped[str] = mapped_column(
        primary_key=True, doc="digest of who sent it, its one-time key and all that it held"
    )
    led_to: Mapped[str] = mapped_column(doc="the address of the page that came next")
    sent_on: Mapped[date] = mapped_column(doc="the day; deletion counts from it")


def led_before(session: Session, digest: str, today: date) -> str | None:
    """Where a form led when it was kept; None when it is new. Then it is written down, and whoever
    sends the same one in this moment waits until this commit."""
    try:
        with session.begin_nested():
            session.add(SentForm(digest=digest, led_to="", sent_on=today))
    except IntegrityError:
        return session.scalars(select(SentForm.led_to).where(SentForm.digest == digest)).one()
    return None


def led(session: Session, digest: str, where: str) -> None:
    """A new form was kept, and led there."""
    session.execute(update(SentForm).where(SentForm.digest == digest).values(led_to=where))


def made_nothing(session: Session, digest: str) -> None:
    """A new form was not kept: it may come again."""
    session.execute(delete(SentForm).where(SentForm.digest == digest))


def forget_sent(session: Session, today: date) -> None:
    """Forget forms of which nobody has the page any more."""
    session.execute(delete(SentForm).where(SentForm.sent_on < today - _KEPT))
