"""What partners made of a module for one place, and the releases frozen from it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base
from edu.tables import Saved, by_member, described, part_of, perhaps_from, row_number

#: How far a text has come. Only a person who reads the language natively can review it.
STATES = ("draft", "stale", "reviewed")
OPERATIONS = ("adapt", "replace", "add", "omit", "reorder", "picture", "film")
#: Those that put something into a block; its own words stay, and go on being translated.
SHOWING = ("picture", "film")


class Edition(Base):
    """One module (or `pages`, or `quizzes`) for one language tag."""

    __table_args__ = described(
        UniqueConstraint("tag", "module"),
        about="What is there of a module for one language.",
        kept="until the administrator of the machine removes it",
        seen_by="everybody",
        stolen="nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    tag: Mapped[str] = mapped_column(doc="for which language")
    module: Mapped[str] = mapped_column(doc="of which module")
    shipped: Mapped[str] = mapped_column(
        default="", doc="digest of the files last loaded, so that a start without news is quick"
    )

    renderings: Mapped[list["Rendering"]] = relationship(
        back_populates="edition",
        cascade="all, delete-orphan",
        foreign_keys="Rendering.edition_id",
    )
    changes: Mapped[list["Change"]] = relationship(
        back_populates="edition",
        cascade="all, delete-orphan",
        order_by="Change.position",
        foreign_keys="Change.edition_id",
    )


class _Taken(Saved):
    """Columns of what may be taken from another edition: which, and as it stood there."""

    taken_from_id: Mapped[int | None] = perhaps_from(
        "edition", "from which edition it was taken over", sort_order=2
    )
    taken_text: Mapped[str] = mapped_column(
        default="", sort_order=2, doc="the words as they were taken over"
    )


class Rendering(_Taken, Base):
    """What an edition says for one segment."""

    __table_args__ = described(
        UniqueConstraint("edition_id", "context", "source"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        about="What an edition says for one segment.",
        kept="as long as its edition",
        seen_by="everybody",
        stolen="nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    edition_id: Mapped[int] = part_of("edition", "of which edition")
    #: Where the segment stands: file id, and what a short text needs to be understood.
    context: Mapped[str] = mapped_column(doc="where the segment stands")
    source: Mapped[str] = mapped_column(doc="the text it was made from")
    text: Mapped[str] = mapped_column(doc="its words; empty for what is inherited")
    state: Mapped[str] = mapped_column(doc="draft, stale or reviewed")
    change: Mapped[str] = mapped_column(
        default="", doc="the record that says why, where it was adapted"
    )
    #: Where the source has moved on: the text that stands there now. Empty while it has not.
    follows: Mapped[str] = mapped_column(
        default="", doc="the text that stands there now, where the source has moved on"
    )
    #: What an adaptation for a place was made from: the nearest ancestor's words at that time.
    base_tag: Mapped[str] = mapped_column(
        default="", doc="in which language the words stood that it was made from"
    )
    base_text: Mapped[str] = mapped_column(default="", doc="the words it was made from")
    #: The words that learners meet; they change only when a release is made.
    released_text: Mapped[str] = mapped_column(default="", doc="its words in the last release")
    released_state: Mapped[str] = mapped_column(
        default="", doc="how far those had come: draft or reviewed"
    )
    released_change: Mapped[str] = mapped_column(
        default="", doc="the record that says why, of those"
    )
    #: False once a partner has touched it: then the shipped file no longer overwrites it.
    from_files: Mapped[bool] = mapped_column(
        default=True, sort_order=3, doc="whether it came from the shipped files"
    )

    edition: Mapped[Edition] = relationship(back_populates="renderings", foreign_keys=[edition_id])


class Change(_Taken, Base):
    """An adaptation with its reason: what was changed for this place, and why."""

    __table_args__ = described(
        UniqueConstraint("edition_id", "slug"),
        CheckConstraint(f"operation IN {OPERATIONS}", name="operation"),
        about="An adaptation with its reason.",
        kept="as long as its edition",
        seen_by="translators; learners see the words",
        stolen="who proposed an adaptation, as its file says",
    )

    id: Mapped[int] = row_number("its number")
    edition_id: Mapped[int] = part_of("edition", "of which edition")
    slug: Mapped[str] = mapped_column(doc="its name in the file")
    position: Mapped[int] = mapped_column(doc="its place in the file")
    operation: Mapped[str] = mapped_column(doc="what it does")
    lesson: Mapped[str] = mapped_column(doc="to which lesson")
    block: Mapped[str] = mapped_column(default="", doc="to which block")
    #: Of a picture or film: where in the block, as `lessons/placing.py` names it.
    after: Mapped[str] = mapped_column(default="", doc="behind which block, or where in it")
    text: Mapped[str] = mapped_column(default="", doc="the new block, or the picture or film")
    state: Mapped[str] = mapped_column(default="draft", doc="draft or reviewed")
    why: Mapped[str] = mapped_column(doc="the reason")
    dimensions: Mapped[list[str]] = mapped_column(JSON, doc="what it is about")
    core_touched: Mapped[bool] = mapped_column(doc="whether the message of the lesson was touched")
    proposed_by: Mapped[str] = mapped_column(doc="who proposed it: a role, never a name")
    made_on: Mapped[date] = mapped_column(doc="the day")
    #: What else evaluators ask of an adaptation; its fields are those of `records.Reasons`.
    reasons: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, doc="goal, evidence, who decided, expected and feared effects"
    )
    #: Taken back, and still in the last release until the next one is made.
    gone: Mapped[bool] = mapped_column(default=False, doc="whether it was taken back")
    released: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), doc="operation, places, words and state in the last release"
    )
    from_files: Mapped[bool] = mapped_column(
        default=True, doc="whether it came from the shipped files"
    )

    edition: Mapped[Edition] = relationship(back_populates="changes", foreign_keys=[edition_id])


class Release(Base):
    """An edition frozen: the words a learner meets, with the language and state of each.

    Never changed after it was made; a newer one with a higher number takes its place.
    """

    __table_args__ = described(
        UniqueConstraint("tag", "module", "number"),
        CheckConstraint("state IN ('original', 'draft', 'reviewed')", name="state"),
        about="An edition frozen: the words learners meet.",
        kept="for good, because answers were given on it",
        seen_by="everybody",
        stolen="nothing about people",
    )

    id: Mapped[int] = row_number("its number")
    tag: Mapped[str] = mapped_column(doc="for which language")
    module: Mapped[str] = mapped_column(doc="of which module")
    number: Mapped[int] = mapped_column(doc="the first, the second")
    digest: Mapped[str] = mapped_column(doc="of its words: the same words make the same release")
    state: Mapped[str] = mapped_column(doc="original, draft or reviewed")
    payload: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="the words themselves, each with its language and state"
    )
    #: What this very edition said, without its ancestors: what to go back to from a later one.
    own: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, doc="the edition's own words, without those it inherits"
    )
    made_at: Mapped[datetime] = mapped_column(doc="when it was frozen")
    member_id: Mapped[int | None] = by_member("who made it; empty at a start")
    note: Mapped[str] = mapped_column(default="", doc="what is new, in the publisher's words")
    withdrawn_on: Mapped[date | None] = mapped_column(doc="the day it was taken back")
    withdrawn_why: Mapped[str] = mapped_column(default="", doc="why it was taken back")
