"""What lies on a translator's desk: history, unsaved words, who works where, remarks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import AT_THE_DESK, by_member, described, on_the_desk, part_of, row_number

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
_WHO = "that an account wrote these words"


class Revision(Base):
    """One saving of a text. Rows are added, never changed."""

    __table_args__ = on_the_desk(
        CheckConstraint(f"deed IN {DEEDS}", name="deed"),
        about="One saving of a text in an edition.",
        stolen=_WHO,
    )

    id: Mapped[int] = row_number()
    #: Of a segment's words, or of a block that a place puts in: one of the two.
    rendering_id: Mapped[int | None] = part_of("rendering", "of which words", index=True)
    change_id: Mapped[int | None] = part_of("change", "or of which block", index=True)
    source: Mapped[str] = mapped_column(doc="the text it was made from")
    text: Mapped[str] = mapped_column(doc="its words")
    state: Mapped[str] = mapped_column(doc="how far they had come")
    change: Mapped[str] = mapped_column(default="", doc="the record that says why, if any")
    deed: Mapped[str] = mapped_column(doc="what was done")
    member_id: Mapped[int | None] = by_member("who did it; empty for the program")
    made_at: Mapped[datetime] = mapped_column(doc="when")


class UnsavedText(Base):
    """Words that somebody has typed and not saved yet: hers alone."""

    __table_args__ = described(
        UniqueConstraint("member_id", "rendering_id"),
        about="Words that a translator has typed and not saved yet.",
        kept="until she saves or drops them; 90 days at most",
        seen_by="herself",
        stolen=_WHO,
    )

    id: Mapped[int] = row_number()
    member_id: Mapped[int] = part_of("member", "whose they are")
    rendering_id: Mapped[int] = part_of("rendering", "instead of which words", index=True)
    text: Mapped[str] = mapped_column(doc="its words")
    version: Mapped[int] = mapped_column(doc="the saving she began from")
    made_at: Mapped[datetime] = mapped_column(doc="when she typed last")


class Claim(Base):
    """Who is at work on a text just now, so that nobody else is handed the same one."""

    __table_args__ = described(
        about="Who works on which text just now.",
        kept="a quarter of an hour after the last sign of work",
        seen_by=AT_THE_DESK,
        stolen="that an account is at work",
    )

    rendering_id: Mapped[int] = part_of("rendering", "on which words", primary_key=True)
    member_id: Mapped[int] = part_of("member", "who works on it", index=True)
    ends_at: Mapped[datetime] = mapped_column(doc="until when")


class Remark(Base):
    """A remark on a text, for the others who work on it; a pinned one stays on top."""

    __table_args__ = on_the_desk(
        about="A remark on a text, for the others who work on it.",
        stolen="what an account remarked",
    )

    id: Mapped[int] = row_number()
    rendering_id: Mapped[int] = part_of("rendering", "on which words", index=True)
    text: Mapped[str] = mapped_column(doc="the remark")
    pinned: Mapped[bool] = mapped_column(default=False, doc="whether it stays on top")
    member_id: Mapped[int | None] = by_member("whose it is")
    made_at: Mapped[datetime] = mapped_column(doc="when")
    resolved_at: Mapped[datetime | None] = mapped_column(doc="when it was settled")


class Dismissal(Base):
    """An advice that somebody set aside for one text, with her reason."""

    __table_args__ = on_the_desk(
        UniqueConstraint("rendering_id", "check_id"),
        about="An advice that was set aside for one text.",
        stolen=_WHO,
    )

    id: Mapped[int] = row_number()
    rendering_id: Mapped[int] = part_of("rendering", "of which words")
    check_id: Mapped[str] = mapped_column(doc="which check advised")
    text: Mapped[str] = mapped_column(
        doc="the words it was said of; other words are looked at anew"
    )
    why: Mapped[str] = mapped_column(doc="her reason")
    member_id: Mapped[int | None] = by_member("who set it aside")
    made_at: Mapped[datetime] = mapped_column(doc="when")


class MemoryUnit(Base):
    """A text and its translation, remembered for whoever meets a like text again."""

    __table_args__ = described(
        about="A text and its translation, remembered for like texts.",
        kept="as long as the rendering it comes from",
        seen_by=AT_THE_DESK,
        stolen="nothing about people",
    )

    rendering_id: Mapped[int] = part_of(
        "rendering", "the rendering it comes from", primary_key=True
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

    __table_args__ = described(
        about="The index by which like texts are found.",
        kept="as long as the unit",
        seen_by="nobody",
        stolen="nothing about people",
    )

    word: Mapped[str] = mapped_column(primary_key=True, doc="a word, in small letters")
    tag: Mapped[str] = mapped_column(primary_key=True, doc="the language of the translation")
    unit_id: Mapped[int] = part_of(
        "memory_unit.rendering_id", "the text it stands in", primary_key=True, index=True
    )
