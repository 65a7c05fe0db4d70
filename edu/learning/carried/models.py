"""Files that were made for a group to be answered without a network, and what came back of them."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from edu.database import Base
from edu.tables import by_member, described, link_to, part_of


class CarriedFile(Base):
    """A file with lessons and questions that was made for a group."""

    __table_args__ = described(
        about="A file with lessons and questions that was made for a group, to be carried.",
        kept="as long as the group",
        seen_by="trainers who lead the group",
        stolen="which files were made for which group, by whom, and when",
    )

    id: Mapped[str] = mapped_column(
        primary_key=True, doc="random; whoever has the file can hand answers in with it"
    )
    group_id: Mapped[int] = part_of("group", "for which group", index=True)
    tag: Mapped[str] = mapped_column(doc="in which language")
    made_on: Mapped[date] = mapped_column(doc="the day it was made")
    until: Mapped[date] = mapped_column(doc="the last day on which its answers are taken in")
    size: Mapped[int] = mapped_column(doc="how many bytes it has")
    waves: Mapped[list[str]] = mapped_column(JSON, doc="whose questions are in it")
    asked: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, doc="which questionnaires are in it, in the words of which release"
    )
    lessons: Mapped[dict[str, int]] = mapped_column(
        JSON, doc="which lessons are in it, in the words of which release"
    )
    consent_release_id: Mapped[int] = link_to(
        "release", "the words of the page on which people agree in it"
    )
    made_by_id: Mapped[int | None] = by_member("who made it")
    stopped_on: Mapped[date | None] = mapped_column(
        doc="the day on which its trainer stopped it; then nothing is taken in from it"
    )


class CarriedNumber(Base):
    """A number that a phone without a network gave somebody, once it has come in."""

    __table_args__ = described(
        about=(
            "A number that a phone without a network gave somebody, once it has come in: whoever "
            "deletes herself is not made anew by the same file."
        ),
        kept="until the last day of its file",
        seen_by="whoever runs the machine",
        stolen="how many numbers came in with each file",
        with_key="whether a number was among them, for whoever guesses it",
        unordered=True,
    )

    digest: Mapped[str] = mapped_column(primary_key=True, doc="keyed digest of the number")
    file_id: Mapped[str] = part_of("carried_file", "with which file", index=True)


def forget_numbers(session: Session, today: date) -> None:
    """Numbers that phones made are forgotten when their file's time is over: nothing of it is taken
    in any more."""
    ended = select(CarriedFile.id).where(CarriedFile.until < today)
    session.execute(delete(CarriedNumber).where(CarriedNumber.file_id.in_(ended)))
