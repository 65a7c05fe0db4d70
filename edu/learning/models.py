"""What learners did. A learner is a random number: no name, address or telephone exists here."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base
from edu.tables import described, link_to, part_of, row_number


class Learner(Base):
    """Somebody who learns. Known only by a code that is on her card and nowhere here."""

    __table_args__ = described(
        about="Somebody who learns.",
        kept="until she deletes herself; at most 24 months after her last answer",
        seen_by="whoever runs the machine",
        stolen="how many learners there are, of which group, and from which day",
        with_key="whose row it is, for whoever finds or guesses a card's number",
        unordered=True,
    )

    id: Mapped[str] = mapped_column(primary_key=True, doc="random: it does not tell who came first")
    code_mac: Mapped[str] = mapped_column(
        unique=True, doc="keyed digest of the card's number, to find the row when the card is typed"
    )
    start_key: Mapped[str] = mapped_column(
        unique=True, doc="digest of the form that made the card: sent twice, it makes one"
    )
    group_id: Mapped[int | None] = link_to(
        "group", "the group for which the card was made", index=True
    )
    made_on: Mapped[date] = mapped_column(
        doc="the day; deletion by age counts from it when nothing else happened"
    )

    journeys: Mapped[list["Journey"]] = relationship(
        back_populates="learner", cascade="all, delete-orphan", order_by="Journey.number"
    )


class SpentKey(Base):
    """A form that has made its card and may not show it again: its learner has left or is
    forgotten, and the next person on the phone must not find her number."""

    __table_args__ = described(
        about="A form that made a card and may not show it again. It names nobody.",
        kept="a month",
        seen_by="whoever runs the machine",
        stolen="on how many days phones were left",
        unordered=True,
    )

    digest: Mapped[str] = mapped_column(primary_key=True, doc="digest of the form's one-time key")
    spent_on: Mapped[date] = mapped_column(doc="the day; deletion counts from it")


class LearnerSession(Base):
    """A phone on which a learner is at present; only a digest of its cookie is kept."""

    __table_args__ = described(
        about="A phone on which a learner is at present.",
        kept="30 days, or until she leaves the phone",
        seen_by="whoever runs the machine",
        stolen="how many phones are in use, and by which rows; but no cookie",
        unordered=True,
    )

    digest: Mapped[str] = mapped_column(
        primary_key=True, doc="digest of the cookie; the cookie itself is on the phone only"
    )
    learner_id: Mapped[str] = part_of("learner", "whose it is", index=True)
    ends_at: Mapped[datetime] = mapped_column(doc="the day on which the phone forgets by itself")


class Journey(Base):
    """One learner's way through some modules: questions before, lessons, questions after."""

    __table_args__ = described(
        UniqueConstraint("learner_id", "number"),
        # One person counts once in a group. (Journeys alone have no group and are not bound.)
        UniqueConstraint("learner_id", "group_id"),
        about="One learner's way through some modules.",
        kept="as long as its learner",
        seen_by="its learner; a trainer sees how many there are in a group",
        stolen="the language, the group, the modules and the day of each journey",
        unordered=True,
    )

    id: Mapped[str] = mapped_column(primary_key=True, doc="random")
    learner_id: Mapped[str] = part_of("learner", "whose it is")
    number: Mapped[int] = mapped_column(doc="her first journey, her second")
    group_id: Mapped[int | None] = link_to(
        "group", "the group with which she takes it, if any", index=True
    )
    tag: Mapped[str] = mapped_column(doc="the language in which she began")
    modules: Mapped[list[str]] = mapped_column(JSON, doc="what she takes")
    consent_release_id: Mapped[int] = link_to(
        "release", "the words of the page on which she agreed"
    )
    started_on: Mapped[date] = mapped_column(doc="the day")

    learner: Mapped[Learner] = relationship(back_populates="journeys")
    lessons_done: Mapped[list["LessonDone"]] = relationship(cascade="all, delete-orphan")
    sittings: Mapped[list["Sitting"]] = relationship(
        back_populates="journey", cascade="all, delete-orphan"
    )


class LessonDone(Base):
    """A lesson somebody says she has finished, and the release in which she read it."""

    __table_args__ = described(
        about="A lesson she says she has finished.",
        kept="as long as its learner",
        seen_by="its learner; a trainer sees how many finished",
        stolen="which lessons each journey has finished",
        unordered=True,
    )

    journey_id: Mapped[str] = part_of("journey", "on which journey", primary_key=True)
    lesson: Mapped[str] = mapped_column(primary_key=True, doc="which lesson")
    release_id: Mapped[int | None] = link_to("release", "in which words she read it")


class InstrumentVersion(Base):
    """A questionnaire's definition, frozen: what was asked never changes afterwards."""

    __table_args__ = described(
        UniqueConstraint("instrument", "version"),
        about="A questionnaire's definition, frozen. Nobody's answers are in it.",
        kept="for good, because answers are read with it",
        seen_by="everybody who is asked",
        stolen="nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    instrument: Mapped[str] = mapped_column(doc="which one")
    version: Mapped[int] = mapped_column(doc="which version")
    digest: Mapped[str] = mapped_column(doc="of everything that bears on what is measured")
    definition: Mapped[dict[str, Any]] = mapped_column(JSON, doc="questions, options and scores")


class Sitting(Base):
    """One learner meets one instrument version once in a wave."""

    __table_args__ = described(
        UniqueConstraint("journey_id", "instrument_version_id", "wave"),
        UniqueConstraint("submission_key"),
        CheckConstraint(
            "(submitted_on IS NULL) = (submission_key IS NULL)", name="submitted_with_key"
        ),
        about="One form met once in a wave.",
        kept="as long as its learner",
        seen_by="its learner, while she answers",
        stolen="every answer, with its day, language and journey, and nobody's name",
        unordered=True,
    )

    id: Mapped[str] = mapped_column(primary_key=True, doc="random")
    journey_id: Mapped[str] = part_of("journey", "on which journey")
    instrument_version_id: Mapped[int] = link_to("instrument_version", "which questions")
    wave: Mapped[str] = mapped_column(doc="*before*, *after*, *later-1* and so on")
    tag: Mapped[str] = mapped_column(doc="the language in which it was last read")
    release_id: Mapped[int] = link_to("release", "the words it was read in")
    draft: Mapped[bool] = mapped_column(doc="whether any of these words was a draft")
    #: All answers with their states, in one line; see quizzes/answers.py.
    answers: Mapped[str] = mapped_column(doc="all answers with their states, in one line")
    submission_key: Mapped[str | None] = mapped_column(
        doc="the form's own random key, so that it is kept once; empty while she is answering"
    )
    submitted_on: Mapped[date | None] = mapped_column(
        doc="the day, not the time, which can tell who it was; of a paper the day that stands on "
        "it, not that of typing; empty while she is answering"
    )
    mode: Mapped[str] = mapped_column(
        default="web",
        server_default="web",
        doc="whether it was answered on a phone, on paper, or read aloud by somebody",
    )

    journey: Mapped[Journey] = relationship(back_populates="sittings")
    instrument_version: Mapped[InstrumentVersion] = relationship()


class OpenAnswer(Base):
    """What somebody wrote in her own words, where a group asks for it. Kept apart from scores."""

    __table_args__ = described(
        about="What somebody wrote in her own words, in groups that ask for it.",
        kept="as long as its learner",
        seen_by="trainers, once ten people wrote and five texts are new",
        stolen="the words themselves, which may give their writer away",
        unordered=True,
    )

    sitting_id: Mapped[str] = part_of("sitting", "in which sitting", primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True, doc="to which question")
    text: Mapped[str] = mapped_column(
        doc="her words, up to 1000 characters; no names are asked for, but may be written"
    )
    released: Mapped[bool] = mapped_column(
        default=False,
        doc="shown in the report: set for five new texts or more at once",
    )


class Pair(Base):
    """A learner's score before and in a later wave, on one scale. Derived: it can be rebuilt.

    Scores are whole numbers in units of 1/2520 of a point, so that sums are exact.
    """

    __table_args__ = described(
        Index("ix_pair_report", "group_id", "wave", "scale", "draft", "before", "after"),
        about="A learner's score before and in a later wave, from her answers.",
        kept="as long as its learner",
        seen_by="its learner; trainers see sums over at least ten people",
        stolen="each journey's scores before and later",
        unordered=True,
    )

    journey_id: Mapped[str] = part_of("journey", "on which journey", primary_key=True)
    instrument_version_id: Mapped[int] = link_to(
        "instrument_version", "which questions", primary_key=True
    )
    scale: Mapped[str] = mapped_column(primary_key=True, doc="which scale")
    wave: Mapped[str] = mapped_column(
        primary_key=True, doc="the later wave; *looking-back* is compared with *after*"
    )
    group_id: Mapped[int | None] = link_to("group", "the group, so that a report is one sum")
    draft: Mapped[bool] = mapped_column(doc="whether either form was read in a draft")
    before: Mapped[int] = mapped_column(doc="the score, in 1/2520 of a point")
    after: Mapped[int] = mapped_column(doc="the score, in 1/2520 of a point")
