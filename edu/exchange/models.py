"""Files that somebody is bringing in, and words in them that stand against ours."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base

_STAFF = "translators, reviewers and publishers of the language"


class Incoming(Base):
    """A file that somebody has sent and not yet said yes to: what was read from it."""

    __tablename__ = "incoming"
    __table_args__ = (
        {
            "info": {
                "about": "A translated file that somebody is about to bring in.",
                "kept": "until she brings it in or drops it; seven days at most",
                "seen_by": "herself",
                "stolen": "that an account sent these words",
            }
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="number")
    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), index=True, doc="into which edition"
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), index=True, doc="who sent it"
    )
    name: Mapped[str] = mapped_column(doc="the file's name")
    format: Mapped[str] = mapped_column(doc="what kind of file it is")
    parcel: Mapped[dict[str, Any]] = mapped_column(JSON, doc="the words that were read from it")
    made_at: Mapped[datetime] = mapped_column(doc="when it was sent")


class Dispute(Base):
    """Words from a file that stand against words that were changed here meanwhile."""

    __tablename__ = "dispute"
    __table_args__ = (
        {
            "info": {
                "about": "Words from a file that stand against words here.",
                "kept": "as long as its edition",
                "seen_by": _STAFF,
                "stolen": "that an account brought these words in",
            }
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, doc="number")
    rendering_id: Mapped[int] = mapped_column(
        ForeignKey("rendering.id", ondelete="CASCADE"), index=True, doc="against which words"
    )
    source: Mapped[str] = mapped_column(doc="the text they were made from")
    text: Mapped[str] = mapped_column(doc="the words in the file")
    change: Mapped[str] = mapped_column(default="", doc="the record that says why, if any")
    file: Mapped[str] = mapped_column(doc="the file's name")
    member_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), doc="who brought it in"
    )
    made_at: Mapped[datetime] = mapped_column(doc="when")
    settled_at: Mapped[datetime | None] = mapped_column(doc="when somebody chose")
