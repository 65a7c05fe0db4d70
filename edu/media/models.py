"""Pictures and films that partners bring, with the consent of whoever is seen in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from edu.database import Base
from edu.lessons.brought import ENDINGS
from edu.tables import AT_THE_DESK, by_member, described, part_of, row_number

KINDS = ("picture", "film")
#: A film waits until a job has packed it; then it is ready, or could not be packed.
STATES = ("waiting", "ready", "failed")
ORIGINAL = "original"
FORMS = (*ENDINGS, ORIGINAL)


class Medium(Base):
    """One picture or film; texts speak of it by its name."""

    __table_args__ = described(
        UniqueConstraint("name"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        about="A picture or film that a partner brought for a lesson.",
        kept="until it is deleted, or the consent ends, or no text has used it for thirty days",
        seen_by=f"{AT_THE_DESK}; learners see what is released",
        stolen="faces and voices of people who agreed to be seen, and the names they chose",
    )

    id: Mapped[int] = row_number()
    tag: Mapped[str] = mapped_column(index=True, doc="for which language")
    #: `own-` and sixteen letters drawn by lot: it tells nothing, and nobody guesses it.
    name: Mapped[str] = mapped_column(doc="by which name texts speak of it")
    kind: Mapped[str] = mapped_column(doc="picture or film")
    part: Mapped[str] = mapped_column(doc="for which lesson it was brought")
    state: Mapped[str] = mapped_column(doc="whether a film is packed")
    failed: Mapped[str] = mapped_column(default="", doc="why it could not be packed")
    width: Mapped[int] = mapped_column(default=0, doc="how wide it is")
    height: Mapped[int] = mapped_column(default=0, doc="how high it is")
    seconds: Mapped[int] = mapped_column(default=0, doc="how long a film is")
    licence: Mapped[str] = mapped_column(doc="under which licence it may be used")
    credit: Mapped[str] = mapped_column(doc="who made it, as learners read it")
    #: Whether anybody in it can be recognised; then all else on consent is filled.
    people: Mapped[bool] = mapped_column(doc="whether anybody can be recognised in it")
    speaker: Mapped[str] = mapped_column(default="", doc="how that person wants to be called")
    consent_on: Mapped[date | None] = mapped_column(doc="the day that person agreed")
    consent_ends: Mapped[date | None] = mapped_column(doc="the day the consent ends, if it does")
    consent_uses: Mapped[str] = mapped_column(default="", doc="what that person agreed to")
    own_story: Mapped[bool] = mapped_column(
        default=False, doc="whether that person tells of their own life"
    )
    member_id: Mapped[int | None] = by_member("who brought it")
    made_at: Mapped[datetime] = mapped_column(doc="when")
    #: Noted each day on which a text speaks of it; thirty days later it goes.
    used_on: Mapped[date] = mapped_column(doc="the last day on which a text used it")

    files: Mapped[list["MediumFile"]] = relationship(cascade="all, delete-orphan")


class MediumFile(Base):
    """One form of it: small, large, the film, its still, its captions; for a while the original."""

    __table_args__ = described(
        UniqueConstraint("medium_id", "sort", "piece"),
        CheckConstraint(f"sort IN {FORMS}", name="sort"),
        about="The pixels and sound of a picture or film.",
        kept="as long as the picture or film; what was sent of a film, until it is packed",
        seen_by="whoever may see the picture or film",
        stolen="a face and a voice",
    )

    id: Mapped[int] = row_number()
    medium_id: Mapped[int] = part_of("medium", "of which picture or film", index=True)
    sort: Mapped[str] = mapped_column(doc="small, large, film, still, captions or original")
    #: What is long lies in several rows, because a row of a backup must not be too long.
    piece: Mapped[int] = mapped_column(default=0, doc="which piece of it, from 0")
    size: Mapped[int] = mapped_column(doc="how many bytes the piece has")
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, doc="the bytes")
