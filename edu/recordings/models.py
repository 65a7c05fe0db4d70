"""Recordings of texts read aloud, with the consent of whoever is heard."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base
from edu.tables import AT_THE_DESK, by_member, described, part_of, row_number

FORMATS = ("opus", "mp3")


class Recording(Base):
    """One text read aloud: a block of a lesson, a section of a page, or a word of the glossary."""

    __table_args__ = described(
        about="One text read aloud.",
        kept="until it is withdrawn, or the consent ends; then it is deleted at once",
        seen_by=f"{AT_THE_DESK}; learners hear what is released",
        stolen="voices, and the names that speakers chose",
    )

    id: Mapped[int] = row_number()
    tag: Mapped[str] = mapped_column(doc="in which language")
    #: A part and block of a lesson, `m1.1|idea`, `pages.support|2`, or `glossary|<slug>`.
    place: Mapped[str] = mapped_column(index=True, doc="what is read: a block, or a word")
    words: Mapped[str] = mapped_column(doc="the words that are read")
    digest: Mapped[str] = mapped_column(doc="of those words; when they change, it is stale")
    seconds: Mapped[int] = mapped_column(doc="how long it is")
    speaker: Mapped[str] = mapped_column(doc="how the speaker wants to be called")
    consent_on: Mapped[date] = mapped_column(doc="the day the speaker agreed")
    consent_ends: Mapped[date | None] = mapped_column(doc="the day the consent ends, if it does")
    consent_uses: Mapped[str] = mapped_column(doc="what the speaker agreed to")
    #: A real person who tells of her own life, not a voice that reads for others.
    own_story: Mapped[bool] = mapped_column(doc="whether the speaker tells of her own life")
    member_id: Mapped[int | None] = by_member("who put it in")
    made_at: Mapped[datetime] = mapped_column(doc="when")
    released: Mapped[bool] = mapped_column(default=False, doc="whether learners may hear it")

    sounds: Mapped[list["Sound"]] = relationship(
        cascade="all, delete-orphan", order_by="Sound.format.desc()"
    )


class Sound(Base):
    """The sound itself, packed small, in one format."""

    __table_args__ = described(
        UniqueConstraint("recording_id", "format"),
        CheckConstraint(f"format IN {FORMATS}", name="format"),
        about="The sound of a recording.",
        kept="as long as its recording",
        seen_by="whoever may hear the recording",
        stolen="a voice",
    )

    id: Mapped[int] = row_number()
    recording_id: Mapped[int] = part_of("recording", "of which recording")
    format: Mapped[str] = mapped_column(doc="opus or mp3")
    body: Mapped[bytes] = mapped_column(LargeBinary, doc="the sound")
