"""What reviewers, communities and try-outs said of an edition's texts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import AT_THE_DESK, by_member, described, link_to, on_the_desk, part_of, row_number

#: Who signs: somebody who reads the language natively, somebody with lived experience,
#: somebody who knows health.
READERS = ("native", "lived", "health")
ANSWERS = ("", "yes", "no", "doubt")
#: How a part was tried: read and retold, interviewed thought by thought, talked over together.
WAYS = ("reading", "interviews", "committee")


class Signature(Base):
    """A reader has read one part of an edition, in these words, and stands by it."""

    __table_args__ = described(
        UniqueConstraint("edition_id", "part", "reader", "digest"),
        CheckConstraint(f"reader IN {READERS}", name="reader"),
        about="A reader stands by one part of an edition.",
        kept="as long as its edition",
        seen_by=f"{AT_THE_DESK}; learners see how many signed",
        stolen="that an account, or a pseudonym, signed; and as which reader",
    )

    id: Mapped[int] = row_number()
    edition_id: Mapped[int] = part_of("edition", "of which edition")
    part: Mapped[str] = mapped_column(doc="which part: a lesson, a page, a questionnaire")
    reader: Mapped[str] = mapped_column(doc="as which reader")
    digest: Mapped[str] = mapped_column(doc="of the words that were read")
    #: The words themselves, so that a later reader sees what changed since.
    words: Mapped[dict[str, Any]] = mapped_column(JSON, doc="the words that were read")
    pseudonym: Mapped[str] = mapped_column(default="", doc="the name she wants to be called by")
    remark: Mapped[str] = mapped_column(default="", doc="what she adds")
    member_id: Mapped[int | None] = by_member("who signed")
    made_at: Mapped[datetime] = mapped_column(doc="when")


class ReviewWaiver(Base):
    """For a small language an administrator decides that fewer readers are enough; it shows."""

    __table_args__ = described(
        about="For a small language fewer readers are enough.",
        kept="for good: releases were made by it",
        seen_by="everybody sees the mark; staff see the reason",
        stolen="which account decided it",
    )

    id: Mapped[int] = row_number()
    tag: Mapped[str] = mapped_column(doc="for which language")
    readers: Mapped[list[str]] = mapped_column(JSON, doc="who must still sign")
    why: Mapped[str] = mapped_column(doc="the reason")
    member_id: Mapped[int | None] = by_member("who decided")
    made_at: Mapped[datetime] = mapped_column(doc="when")
    ended_at: Mapped[datetime | None] = mapped_column(doc="when it was taken back")


class BackTranslation(Base):
    """A text said again in English by somebody who did not translate it."""

    __table_args__ = on_the_desk(
        about="A translation said again in English by somebody else.",
        stolen="that an account, or a pseudonym, wrote it",
    )

    id: Mapped[int] = row_number()
    rendering_id: Mapped[int] = part_of("rendering", "of which words", index=True)
    text: Mapped[str] = mapped_column(doc="the translation that was said again")
    words: Mapped[str] = mapped_column(doc="what it says, in English")
    blind: Mapped[bool] = mapped_column(doc="whether she had not seen the English")
    pseudonym: Mapped[str] = mapped_column(default="", doc="the name she wants to be called by")
    #: How differences were resolved; empty while nobody has compared.
    resolved: Mapped[str] = mapped_column(default="", doc="how differences were resolved")
    member_id: Mapped[int | None] = by_member("who wrote it")
    made_at: Mapped[datetime] = mapped_column(doc="when")


class TryOut(Base):
    """Local readers have tried a part: how many, when, and what came of it."""

    __table_args__ = on_the_desk(
        CheckConstraint("readers > 0", name="readers"),
        CheckConstraint(f"way IN {WAYS}", name="way"),
        about="Local readers have tried a part of an edition.",
        stolen="how many people read it, and what changed; no person",
    )

    id: Mapped[int] = row_number()
    edition_id: Mapped[int] = part_of("edition", "of which edition", index=True)
    part: Mapped[str] = mapped_column(doc="which part")
    digest: Mapped[str] = mapped_column(doc="of the words that were tried")
    way: Mapped[str] = mapped_column(default="reading", doc="reading, interviews or committee")
    readers: Mapped[int] = mapped_column(doc="how many local people read it")
    held_on: Mapped[date] = mapped_column(doc="the day")
    understood: Mapped[str] = mapped_column(doc="what was understood and what was not")
    changed: Mapped[str] = mapped_column(default="", doc="what was changed because of it")
    member_id: Mapped[int | None] = by_member("who wrote it down")
    made_at: Mapped[datetime] = mapped_column(doc="when")


class ReviewLink(Base):
    """A link by which a community reads a draft and says what it thinks, without an account."""

    __table_args__ = on_the_desk(
        about="A link by which a community reads a draft.",
        stolen="digests of links; they open nothing",
    )

    id: Mapped[int] = row_number()
    edition_id: Mapped[int] = part_of("edition", "of which edition", index=True)
    part: Mapped[str] = mapped_column(doc="which part")
    digest: Mapped[str] = mapped_column(unique=True, doc="digest of the link")
    #: The draft as it stood when the link was made: everybody judges the same words.
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, doc="the draft that is read")
    note: Mapped[str] = mapped_column(default="", doc="for whom it was made, in a few words")
    member_id: Mapped[int | None] = by_member("who made it")
    made_at: Mapped[datetime] = mapped_column(doc="when")
    ends_at: Mapped[datetime] = mapped_column(doc="until when it opens")
    closed_at: Mapped[datetime | None] = mapped_column(doc="when it was closed early")


class Judgement(Base):
    """What one reader from the community says of one block. Nobody is named."""

    __table_args__ = described(
        UniqueConstraint("link_id", "sending", "block"),
        *(
            CheckConstraint(f"{name} IN {ANSWERS}", name=name)
            for name in ("understandable", "acceptable", "relevant", "complete")
        ),
        about="What a reader from the community says of one block.",
        kept="as long as its link",
        seen_by=AT_THE_DESK,
        stolen="opinions on a text, without a person",
    )

    id: Mapped[int] = row_number()
    link_id: Mapped[int] = part_of("review_link", "by which link", index=True)
    #: Random, made with the page: a form sent twice is kept once.
    sending: Mapped[str] = mapped_column(doc="random; which answers were sent together")
    block: Mapped[int] = mapped_column(doc="which block of the draft; -1 for the whole")
    understandable: Mapped[str] = mapped_column(doc="whether it is understandable")
    acceptable: Mapped[str] = mapped_column(doc="whether it is acceptable here")
    relevant: Mapped[str] = mapped_column(doc="whether it is relevant here")
    complete: Mapped[str] = mapped_column(doc="whether nothing is missing")
    comment: Mapped[str] = mapped_column(default="", doc="what she writes")
    made_on: Mapped[date] = mapped_column(doc="the day")


class Share(Base):
    """A partner offers an edition's adaptations to others."""

    __table_args__ = described(
        about="A partner offers an edition to others.",
        kept="as long as its edition",
        seen_by="translators of every language",
        stolen="which organisation offers what",
    )

    id: Mapped[int] = row_number()
    edition_id: Mapped[int] = part_of("edition", "which edition", unique=True)
    organisation_id: Mapped[int] = link_to("organisation", "who is to be credited")
    licence: Mapped[str] = mapped_column(doc="under which licence")
    note: Mapped[str] = mapped_column(default="", doc="what others should know")
    made_at: Mapped[datetime] = mapped_column(doc="since when")
    ended_at: Mapped[datetime | None] = mapped_column(doc="since when it is no longer offered")


class Following(Base):
    """An edition that took over another's work: it goes on following it, or has left."""

    __table_args__ = described(
        UniqueConstraint("edition_id", "from_id"),
        about="An edition took over another's work.",
        kept="as long as both editions",
        seen_by="everybody: it is the credit",
        stolen="nothing about people",
    )

    id: Mapped[int] = row_number()
    edition_id: Mapped[int] = part_of("edition", "which edition took")
    from_id: Mapped[int] = part_of("edition", "from which", index=True)
    credit: Mapped[str] = mapped_column(doc="who is credited, as the giver wrote it then")
    licence: Mapped[str] = mapped_column(doc="under which licence it was taken")
    made_at: Mapped[datetime] = mapped_column(doc="when")
    left_at: Mapped[datetime | None] = mapped_column(doc="since when it follows no more")
