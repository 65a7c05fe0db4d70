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
    __table_args__ = (UniqueConstraint("tag", "module"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str]
    module: Mapped[str]
    #: Digest of the shipped files last loaded, so that a start without news is quick.
    shipped: Mapped[str] = mapped_column(default="")

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
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    #: Where the segment stands: file id, and what a short text needs to be understood.
    context: Mapped[str]
    #: The text it was made from.
    source: Mapped[str]
    text: Mapped[str]
    state: Mapped[str]
    #: The record that says why, when the text is adapted and not only translated.
    change: Mapped[str] = mapped_column(default="")
    #: False once a partner has touched it: then the shipped file no longer overwrites it.
    from_files: Mapped[bool] = mapped_column(default=True)

    edition: Mapped[Edition] = relationship(back_populates="renderings")


class Change(Base):
    """An adaptation with its reason: what was changed for this place, and why."""

    __tablename__ = "change"
    __table_args__ = (
        UniqueConstraint("edition_id", "slug"),
        CheckConstraint(f"operation IN {OPERATIONS}", name="operation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    slug: Mapped[str]
    position: Mapped[int]
    operation: Mapped[str]
    lesson: Mapped[str]
    block: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="draft")
    why: Mapped[str]
    dimensions: Mapped[list[str]] = mapped_column(JSON)
    core_touched: Mapped[bool]
    proposed_by: Mapped[str]
    made_on: Mapped[date]

    edition: Mapped[Edition] = relationship(back_populates="changes")


class Release(Base):
    """An edition frozen: the words a learner meets, with the language and state of each.

    Never changed after it was made; a newer one with a higher number takes its place.
    """

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("tag", "module", "number"),
        CheckConstraint("state IN ('original', 'draft', 'reviewed')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str]
    module: Mapped[str]
    number: Mapped[int]
    #: Digest of the payload: the same words make the same release.
    digest: Mapped[str]
    state: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
