"""What lies on a translator's desk: history, unsaved words, who works where, remarks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base

#: How a text came to be what it is.
DEEDS = (
    "saved",
    "restored",
    "emptied",
    "carried",
    "still right",
    "imported",
    "taken over",
    "signed",
)
_STAFF = "translators, reviewers and publishers of the language"
_WHO = "that an account wrote these words"


class Revision(Base):
    """One saving of a text. Rows are added, never changed."""

    __tablename__ = "revision"
    __table_args__ = (
        CheckConstraint(f"deed IN {DEEDS}", name="deed"),
        {
            "info": {
                "about": "One saving of a text in an edition.",
                "kept": "as long as its edition",
                "seen_by": _STAFF,
                "stolen": _WHO,
            }
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="number")
    #: Of a segment's words, or of a block that a place puts in: one of the two.
    rendering_id: Mapped[int | None] = mapped_column(
        ForeignKey("rendering.id", ondelete="CASCADE"), index=True, doc="of which words"
    )
    change_id: Mapped[int | None] = mapped_column(
        ForeignKey("change.id", ondelete="CASCADE"), index=True, doc="or of which block"
    )
    source: Mapped[str] = mapped_column(doc="the text it was made from")
    text: Mapped[str] = mapped_column(doc="its words")
    state: Mapped[str] = mapped_column(doc="how far they had come")
    change: Mapped[str] = mapped_column(default="", doc="the record that says why, if any")
    deed: Mapped[str] = mapped_column(doc="what was done")
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), doc="who did it; empty for the program"
    )
    made_at: Mapped[datetime] = mapped_column(doc="when")


class UnsavedText(Base):
    """Words that somebody has typed and not saved yet: hers alone."""

    __tablename__ = "unsaved_text"
    __table_args__ = (
        UniqueConstraint("member_id", "rendering_id"),
        {
            "info": {
                "about": "Words that a translator has typed and not saved yet.",
                "kept": "until she saves or drops them; 90 days at most",
                "seen_by": "herself",
                "stolen": _WHO,
            }
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="number")
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), doc="whose they are"
    )
    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("rendering.id", ondelete="CASCADE"), index=True, doc="instead of which words"
    )
    text: Mapped[str] = mapped_column(doc="its words")
    version: Mapped[int] = mapped_column(doc="the saving she began from")
    made_at: Mapped[datetime] = mapped_column(doc="when she typed last")


class Claim(Base):
    """Who is at work on a text just now, so that nobody else is handed the same one."""

    __tablename__ = "claim"
    __table_args__ = (
        {
            "info": {
                "about": "Who works on which text just now.",
                "kept": "a quarter of an hour after the last sign of work",
                "seen_by": _STAFF,
                "stolen": "that an account is at work",
            }
        },
    )

    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("rendering.id", ondelete="CASCADE"), primary_key=True, doc="on which words"
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, doc="who works on it"
    )
    ends_at: Mapped[datetime] = mapped_column(doc="until when")


class Remark(Base):
    """A remark on a text, for the others who work on it; a pinned one stays on top."""

    __tablename__ = "remark"
    __table_args__ = (
        {
            "info": {
                "about": "A remark on a text, for the others who work on it.",
                "kept": "as long as its edition",
                "seen_by": _STAFF,
                "stolen": "what an account remarked",
            }
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="number")
    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("rendering.id", ondelete="CASCADE"), index=True, doc="on which words"
    )
    text: Mapped[str] = mapped_column(doc="the remark")
    pinned: Mapped[bool] = mapped_column(default=False, doc="whether it stays on top")
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), doc="whose it is"
    )
    made_at: Mapped[datetime] = mapped_column(doc="when")
    resolved_at: Mapped[datetime | None] = mapped_column(doc="when it was settled")


class Dismissal(Base):
    """An advice that somebody set aside for one text, with her reason."""

    __tablename__ = "dismissal"
    __table_args__ = (
        UniqueConstraint("rendering_id", "check_id"),
        {
            "info": {
                "about": "An advice that was set aside for one text.",
                "kept": "as long as its edition",
                "seen_by": _STAFF,
                "stolen": _WHO,
            }
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="number")
    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("rendering.id", ondelete="CASCADE"), doc="of which words"
    )
    check_id: Mapped[str] = mapped_column(doc="which check advised")
    text: Mapped[str] = mapped_column(
        doc="the words it was said of; other words are looked at anew"
    )
    why: Mapped[str] = mapped_column(doc="her reason")
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), doc="who set it aside"
    )
    made_at: Mapped[datetime] = mapped_column(doc="when")


class MemoryUnit(Base):
    """A text and its translation, remembered for whoever meets a like text again."""

    __tablename__ = "memory_unit"
    __table_args__ = (
        {
            "info": {
                "about": "A text and its translation, remembered for like texts.",
                "kept": "as long as the rendering it comes from",
                "seen_by": _STAFF,
                "stolen": "nothing about people",
            }
        },
    )

    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("rendering.id", ondelete="CASCADE"),
        primary_key=True,
        doc="the rendering it comes from",
    )
    tag: Mapped[str] = mapped_column(index=True, doc="in which language")
    context: Mapped[str] = mapped_column(doc="where the text stands")
    source: Mapped[str] = mapped_column(doc="the text")
    #: blake2b of the folded source, so that the same text is found by an index.
    digest: Mapped[str] = mapped_column(index=True, doc="digest of the text")
    words: Mapped[int] = mapped_column(doc="how many words the text has")
    text: Mapped[str] = mapped_column(doc="its translation")
    state: Mapped[str] = mapped_column(doc="how far the translation has come")


class MemoryWord(Base):
    """A word of a remembered text: the index by which like texts are found."""

    __tablename__ = "memory_word"
    __table_args__ = (
        {
            "info": {
                "about": "The index by which like texts are found.",
                "kept": "as long as the unit",
                "seen_by": "nobody",
                "stolen": "nothing about people",
            }
        },
    )

    word: Mapped[str] = mapped_column(primary_key=True, doc="a word, in small letters")
    tag: Mapped[str] = mapped_column(primary_key=True, doc="the language of the translation")
    unit_id: Mapped[int] = mapped_column(
        ForeignKey("memory_unit.rendering_id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
        doc="the text it stands in",
    )
