"""Files that somebody is bringing in, and words in them that stand against ours."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import by_member, described, on_the_desk, part_of, row_number


class Incoming(Base):
    """A file that somebody has sent and not yet said yes to: what was read from it."""

    __table_args__ = described(
        about="A translated file that somebody is about to bring in.",
        kept="until she brings it in or drops it; seven days at most",
        seen_by="herself",
        stolen="that an account sent these words",
    )

    id: Mapped[int] = row_number()
    edition_id: Mapped[int] = part_of("edition", "into which edition", index=True)
    member_id: Mapped[int] = part_of("member", "who sent it", index=True)
    name: Mapped[str] = mapped_column(doc="the file's name")
    format: Mapped[str] = mapped_column(doc="what kind of file it is")
    parcel: Mapped[dict[str, Any]] = mapped_column(JSON, doc="the words that were read from it")
    made_at: Mapped[datetime] = mapped_column(doc="when it was sent")


class Dispute(Base):
    """Words from a file that stand against words that were changed here meanwhile."""

    __table_args__ = on_the_desk(
        about="Words from a file that stand against words here.",
        stolen="that an account brought these words in",
    )

    id: Mapped[int] = row_number()
    rendering_id: Mapped[int] = part_of("rendering", "against which words", index=True)
    source: Mapped[str] = mapped_column(doc="the text they were made from")
    text: Mapped[str] = mapped_column(doc="the words in the file")
    change: Mapped[str] = mapped_column(default="", doc="the record that says why, if any")
    file: Mapped[str] = mapped_column(doc="the file's name")
    member_id: Mapped[int | None] = by_member("who brought it in")
    made_at: Mapped[datetime] = mapped_column(doc="when")
    settled_at: Mapped[datetime | None] = mapped_column(doc="when somebody chose")
