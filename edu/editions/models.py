"""What partners made of a module for one place, and the releases frozen from it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base

#: How far a text has come. Only a person who reads the language natively can review it.
STATES = ("draft", "stale", "reviewed")
OPERATIONS = ("adapt", "replace", "add", "omit", "reorder")


class Edition(Base):
    """One module (or `pages`, or `quizzes`) for one language tag."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("tag", "module"),
        {
            "info": {
                "about": "What is there of a module for one language.",
                "kept": "until the administrator of the machine removes it",
                "seen_by": "everybody",
                "stolen": "nothing about people",
            },
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="its number")
    tag: Mapped[str] = mapped_column(doc="for which language")
    module: Mapped[str] = mapped_column(doc="of which module")
    shipped: Mapped[str] = mapped_column(
        default="", doc="digest of the files last loaded, so that a start without news is quick"
    )

    renderings: Mapped[list["Rendering"]] = relationship(
        back_populates="edition", cascade="all, delete-orphan"
    )
    changes: Mapped[list["Change"]] = relationship(
        back_populates="edition", cascade="all, delete-orphan", order_by="Change.position"
    )


class Rendering(Base):
    """What an edition says for one segment."""

    __tablename__ = "rendering"
    __table_args__ = (
        UniqueConstraint("edition_id", "context", "source"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        {
            "info": {
                "about": "What an edition says for one segment.",
                "kept": "as long as its edition",
                "seen_by": "everybody",
                "stolen": "nothing about people",
            },
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="its number")
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), doc="of which edition"
    )
    #: Where the segment stands: file id, and what a short text needs to be understood.
    context: Mapped[str] = mapped_column(doc="where the segment stands")
    source: Mapped[str] = mapped_column(doc="the text it was made from")
    text: Mapped[str] = mapped_column(doc="its words")
    state: Mapped[str] = mapped_column(doc="draft, stale or reviewed")
    change: Mapped[str] = mapped_column(
        default="", doc="the record that says why, where it was adapted"
    )
    #: False once a partner has touched it: then the shipped file no longer overwrites it.
    from_files: Mapped[bool] = mapped_column(
        default=True, doc="whether it came from the shipped files"
    )

    edition: Mapped[Edition] = relationship(back_populates="renderings")


class Change(Base):
    """An adaptation with its reason: what was changed for this place, and why."""

    __tablename__ = "change"
    __table_args__ = (
        UniqueConstraint("edition_id", "slug"),
        CheckConstraint(f"operation IN {OPERATIONS}", name="operation"),
        {
            "info": {
                "about": "An adaptation with its reason.",
                "kept": "as long as its edition",
                "seen_by": "translators; learners see the words",
                "stolen": "who proposed an adaptation, as its file says",
            },
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="its number")
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), doc="of which edition"
    )
    slug: Mapped[str] = mapped_column(doc="its name in the file")
    position: Mapped[int] = mapped_column(doc="its place in the file")
    operation: Mapped[str] = mapped_column(doc="what it does")
    lesson: Mapped[str] = mapped_column(doc="to which lesson")
    block: Mapped[str] = mapped_column(default="", doc="to which block")
    after: Mapped[str] = mapped_column(default="", doc="behind which block")
    text: Mapped[str] = mapped_column(default="", doc="the new block")
    state: Mapped[str] = mapped_column(default="draft", doc="draft or reviewed")
    why: Mapped[str] = mapped_column(doc="the reason")
    dimensions: Mapped[list[str]] = mapped_column(JSON, doc="what it is about")
    core_touched: Mapped[bool] = mapped_column(doc="whether the message of the lesson was touched")
    proposed_by: Mapped[str] = mapped_column(doc="who proposed it, as the file says")
    made_on: Mapped[date] = mapped_column(doc="the day")

    edition: Mapped[Edition] = relationship(back_populates="changes")


class Release(Base):
    """An edition frozen: the words a learner meets, with the language and state of each.

    Never changed after it was made; a newer one with a higher number takes its place.
    """

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("tag", "module", "number"),
        CheckConstraint("state IN ('original', 'draft', 'reviewed')", name="state"),
        {
            "info": {
                "about": "An edition frozen: the words learners meet.",
                "kept": "for good, because answers were given on it",
                "seen_by": "everybody",
                "stolen": "nothing about people",
            },
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="its number")
    tag: Mapped[str] = mapped_column(doc="for which language")
    module: Mapped[str] = mapped_column(doc="of which module")
    number: Mapped[int] = mapped_column(doc="the first, the second")
    digest: Mapped[str] = mapped_column(doc="of its words: the same words make the same release")
    state: Mapped[str] = mapped_column(doc="original, draft or reviewed")
    payload: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="the words themselves, each with its language and state"
    )
    made_at: Mapped[datetime] = mapped_column(doc="when it was frozen")
