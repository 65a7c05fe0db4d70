"""What partners add to measuring: licences they hold, the words of licensed scales, own forms."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from edu.database import Base
from edu.tables import described, link_to, row_number

_OWN = "members of the organisation who lead groups or plan programmes"


class LicenceClaim(Base):
    """Somebody's word that her organisation may use a licensed scale."""

    __table_args__ = described(
        about="Who said when that an organisation may use a licensed scale.",
        kept="for good, because it says by what right a scale was used",
        seen_by=_OWN,
        stolen="which scales organisations use, and by whose word",
    )

    id: Mapped[int] = row_number("its number")
    organisation_id: Mapped[int] = link_to("organisation", "whose licence it is", index=True)
    shell: Mapped[str] = mapped_column(doc="for which scale")
    terms: Mapped[str] = mapped_column(doc="who gave leave, when, and under which number")
    said_by: Mapped[str] = mapped_column(doc="the account of whoever said so")
    said_on: Mapped[date] = mapped_column(doc="the day")
    ends_on: Mapped[date | None] = mapped_column(doc="the last day of the licence, if it ends")
    ended_by: Mapped[str] = mapped_column(default="", doc="the account of whoever took it back")
    ended_on: Mapped[date | None] = mapped_column(doc="the day on which it was taken back")
    key: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), doc="the owner's key: which items are reversed, which make a scale"
    )
    key_by: Mapped[str] = mapped_column(default="", doc="the account of whoever entered the key")
    key_on: Mapped[date | None] = mapped_column(doc="the day on which it was entered")


class LicensedWording(Base):
    """The words of a licensed scale in one language, as one organisation entered them."""

    __table_args__ = described(
        UniqueConstraint("organisation_id", "shell", "tag"),
        about=(
            "The words of a licensed scale in one language. No other organisation sees "
            "them, and no export of ours holds them."
        ),
        kept="until the administrator of the machine removes it",
        seen_by=f"{_OWN}; learners of its groups, as questions",
        stolen="words that belong to the owner of the scale",
    )

    id: Mapped[int] = row_number("its number")
    organisation_id: Mapped[int] = link_to("organisation", "who entered them", index=True)
    shell: Mapped[str] = mapped_column(doc="of which scale")
    tag: Mapped[str] = mapped_column(doc="in which language")
    words: Mapped[dict[str, str]] = mapped_column(JSON, doc="the words, by their place")
    version: Mapped[int] = mapped_column(default=1, doc="how often it was saved")
    changed_by: Mapped[str] = mapped_column(doc="the account of whoever saved it last")
    changed_on: Mapped[date] = mapped_column(doc="the day")


class BuiltForm(Base):
    """A questionnaire that an organisation put together: one version of it, never changed."""

    __table_args__ = described(
        UniqueConstraint("instrument", "version"),
        about="One version of a questionnaire that an organisation put together.",
        kept="for good, because answers mean what was asked at the time",
        seen_by=f"{_OWN}; learners of its groups, as questions",
        stolen="what organisations ask, with the words of licensed scales",
    )

    id: Mapped[int] = row_number("its number")
    organisation_id: Mapped[int] = link_to("organisation", "whose it is", index=True)
    instrument: Mapped[str] = mapped_column(doc="what it is called in addresses and tables")
    version: Mapped[int] = mapped_column(doc="which version of it")
    name: Mapped[str] = mapped_column(doc="what the organisation calls it")
    definition: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="its items, options and rules; of licensed scales without the words"
    )
    parts: Mapped[list[list[str]]] = mapped_column(
        JSON, doc="of which items it was made, in their order; empty when it came as a file"
    )
    words: Mapped[dict[str, Any]] = mapped_column(
        JSON, doc="its words in each language, as they were when it was saved"
    )
    made_by: Mapped[str] = mapped_column(doc="the account of whoever saved it")
    made_on: Mapped[date] = mapped_column(doc="the day")
    retired_on: Mapped[date | None] = mapped_column(
        doc="the day since which no new group may choose it"
    )
