"""What learners did. A learner is a random number: no name, address or telephone exists here."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base

# SQLite numbers rows as they come, and that order would tell who came first; tables of
# learners go without it.
_UNORDERED = {"sqlite_with_rowid": False}

#: When a questionnaire is met. Later waves are numbered.
WAVES = ("before", "after", "later-1")


class Learner(Base):
    """Somebody who learns. Known only by a code that is on her card and nowhere here."""

    __tablename__ = "learner"
    __table_args__ = _UNORDERED

    #: Random, so that it does not tell who came first.
    id: Mapped[str] = mapped_column(primary_key=True)
    #: Keyed digest of the card's code; without the card nobody finds the row.
    code_mac: Mapped[str] = mapped_column(unique=True)
    #: Digest of the form that made the card, so that sending it twice makes one card.
    start_key: Mapped[str] = mapped_column(unique=True)
    #: Set when the card was printed for a group.
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True)
    made_on: Mapped[date]

    journeys: Mapped[list["Journey"]] = relationship(
        back_populates="learner", cascade="all, delete-orphan", order_by="Journey.number"
    )


class SpentKey(Base):
    """A form that has made its card and may not show it again: its learner has left or is
    forgotten, and the next person on the phone must not find her number."""

    __tablename__ = "spent_key"
    __table_args__ = _UNORDERED

    digest: Mapped[str] = mapped_column(primary_key=True)
    spent_on: Mapped[date]


class LearnerSession(Base):
    """A phone on which a learner is at present; only a digest of its cookie is kept."""

    __tablename__ = "learner_session"
    __table_args__ = _UNORDERED

    digest: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(
        ForeignKey("learner.id", ondelete="CASCADE"), index=True
    )
    ends_at: Mapped[datetime]


class Journey(Base):
    """One learner's way through some modules: questions before, lessons, questions after."""

    __tablename__ = "journey"
    __table_args__ = (
        UniqueConstraint("learner_id", "number"),
        # One person counts once in a group. (Journeys alone have no group and are not bound.)
        UniqueConstraint("learner_id", "group_id"),
        _UNORDERED,
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    learner_id: Mapped[str] = mapped_column(ForeignKey("learner.id", ondelete="CASCADE"))
    number: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"), index=True)
    tag: Mapped[str]
    modules: Mapped[list[str]] = mapped_column(JSON)
    #: The release of the pages on which she read what taking part means.
    consent_release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    started_on: Mapped[date]

    learner: Mapped[Learner] = relationship(back_populates="journeys")
    lessons_done: Mapped[list["LessonDone"]] = relationship(cascade="all, delete-orphan")
    sittings: Mapped[list["Sitting"]] = relationship(
        back_populates="journey", cascade="all, delete-orphan"
    )


class LessonDone(Base):
    """A lesson somebody says she has finished, and the release in which she read it."""

    __tablename__ = "lesson_done"
    __table_args__ = _UNORDERED

    journey_id: Mapped[str] = mapped_column(
        ForeignKey("journey.id", ondelete="CASCADE"), primary_key=True
    )
    lesson: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))


class InstrumentVersion(Base):
    """A questionnaire's definition, frozen: what was asked never changes afterwards."""

    __tablename__ = "instrument_version"
    __table_args__ = (UniqueConstraint("instrument", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument: Mapped[str]
    version: Mapped[int]
    digest: Mapped[str]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)


class Sitting(Base):
    """One learner meets one instrument version once in a wave."""

    __tablename__ = "sitting"
    __table_args__ = (
        UniqueConstraint("journey_id", "instrument_version_id", "wave"),
        UniqueConstraint("submission_key"),
        CheckConstraint(
            "(submitted_on IS NULL) = (submission_key IS NULL)", name="submitted_with_key"
        ),
        _UNORDERED,
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    journey_id: Mapped[str] = mapped_column(ForeignKey("journey.id", ondelete="CASCADE"))
    instrument_version_id: Mapped[int] = mapped_column(ForeignKey("instrument_version.id"))
    wave: Mapped[str]
    #: The language it was last read in, and the frozen words it was read from.
    tag: Mapped[str]
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    #: True when any of these words was a draft that nobody has reviewed yet.
    draft: Mapped[bool]
    #: All answers with their states, in one line; see quizzes/answers.py.
    answers: Mapped[str]
    #: Both empty while she is still answering. A day, not a time: times can tell who it was.
    submission_key: Mapped[str | None]
    submitted_on: Mapped[date | None]

    journey: Mapped[Journey] = relationship(back_populates="sittings")
    instrument_version: Mapped[InstrumentVersion] = relationship()


class OpenAnswer(Base):
    """What somebody wrote in her own words, where a group asks for it. Kept apart from scores."""

    __tablename__ = "open_answer"
    __table_args__ = _UNORDERED

    sitting_id: Mapped[str] = mapped_column(
        ForeignKey("sitting.id", ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    #: Whether the report shows it: set for several people's texts at once, never for one alone.
    released: Mapped[bool] = mapped_column(default=False)


class Pair(Base):
    """A learner's score before and in a later wave, on one scale. Derived: it can be rebuilt.

    Scores are whole numbers in units of 1/2520 of a point, so that sums are exact.
    """

    __tablename__ = "pair"
    __table_args__ = (
        Index("ix_pair_report", "group_id", "wave", "scale", "draft", "before", "after"),
        _UNORDERED,
    )

    journey_id: Mapped[str] = mapped_column(
        ForeignKey("journey.id", ondelete="CASCADE"), primary_key=True
    )
    instrument_version_id: Mapped[int] = mapped_column(
        ForeignKey("instrument_version.id"), primary_key=True
    )
    scale: Mapped[str] = mapped_column(primary_key=True)
    wave: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("group.id"))
    draft: Mapped[bool]
    before: Mapped[int]
    after: Mapped[int]
