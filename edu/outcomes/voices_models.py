"""What people said outside of forms, with their consent, and the themes that were found in it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, part_of, row_number

NOTE_KINDS = ("interview", "group", "workshop")


class FieldNote(Base):
    """A note of an interview, a talk in a group or a workshop. It names nobody."""

    __table_args__ = described(
        CheckConstraint(f"kind IN {NOTE_KINDS}", name="kind"),
        CheckConstraint("consented", name="consented"),
        about=(
            "A note of what people said, with their consent. It names nobody, unless "
            "whoever wrote it did so against the warning."
        ),
        kept="until somebody who may see it deletes it, or as long as the programme",
        seen_by="members who may see figures of the programme",
        stolen="what people said, which may give them away to those who know them",
    )

    id: Mapped[int] = row_number("its number")
    programme_id: Mapped[int] = part_of("programme", "of which programme", index=True)
    kind: Mapped[str] = mapped_column(doc="an interview, a talk in a group, or a workshop")
    month: Mapped[date] = mapped_column(doc="the first day of the month in which it was")
    consented: Mapped[bool] = mapped_column(doc="that whoever spoke agreed; there is no other note")
    text: Mapped[str] = mapped_column(doc="what was said, in the writer's words")


class Theme(Base):
    """An entry of a programme's codebook: what people speak about."""

    __table_args__ = described(
        UniqueConstraint("programme_id", "name"),
        about="A theme that was found in what people said. Nobody is in it.",
        kept="as long as the programme",
        seen_by="members who may see figures of the programme",
        stolen="what people spoke about, in general words",
    )

    id: Mapped[int] = row_number("its number")
    programme_id: Mapped[int] = part_of("programme", "of which programme")
    name: Mapped[str] = mapped_column(doc="what it is called")
    meaning: Mapped[str] = mapped_column(doc="what belongs to it, and what does not")
    example: Mapped[str] = mapped_column(doc="an example, made up or in general words")
    scale: Mapped[str] = mapped_column(
        default="", doc="beside which scale it stands, as instrument/scale; empty: beside none"
    )


class NoteTheme(Base):
    """That a theme is in a note."""

    __table_args__ = described(
        about="That a theme was found in a note.",
        kept="as long as the note",
        seen_by="members who may see figures of the programme",
        stolen="what each note is about",
    )

    note_id: Mapped[int] = part_of("field_note", "which note", primary_key=True)
    theme_id: Mapped[int] = part_of("theme", "which theme", primary_key=True)


class AnswerTheme(Base):
    """That a theme is in what a learner wrote in her own words, once it was released."""

    __table_args__ = described(
        ForeignKeyConstraint(
            ["sitting_id", "item"],
            ["open_answer.sitting_id", "open_answer.item"],
            ondelete="CASCADE",
        ),
        about="That a theme was found in an open answer that was released.",
        kept="as long as the answer",
        seen_by="members who may see figures of the programme",
        stolen="what each open answer is about",
        unordered=True,
    )

    sitting_id: Mapped[str] = mapped_column(primary_key=True, doc="in which sitting")
    item: Mapped[str] = mapped_column(primary_key=True, doc="to which question")
    theme_id: Mapped[int] = part_of("theme", "which theme", primary_key=True)
