"""What is with readers: which parts somebody was asked to read, and which somebody has read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from edu.editions.models import Edition
from edu.editions.review.models import Judgement, ReviewLink, Signature
from edu.editions.working import now


@dataclass(frozen=True)
class Readers:
    """How many have signed the words that stand, how many have answered by an open link, and
    how many links are open."""

    signatures: int = 0
    readings: int = 0
    links: int = 0

    def __bool__(self) -> bool:
        """Whether anybody has read. A link that nobody has answered is only a link."""
        return bool(self.signatures or self.readings)

    def __add__(self, other: "Readers") -> "Readers":
        return Readers(
            self.signatures + other.signatures,
            self.readings + other.readings,
            self.links + other.links,
        )


NOBODY = Readers()


@dataclass(frozen=True)
class InReview:
    """What was sent to readers of an edition, by part: when each of them signed, and the open
    links with their answers."""

    signed: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    read: Mapping[str, Readers] = field(default_factory=dict)

    def of(self, part: str, last_saved: datetime | None) -> Readers:
        """Who reads a part, or has signed what was not changed since."""
        at = self.signed.get(part, ())
        stands = sum(last_saved is None or last_saved <= each for each in at)
        return Readers(signatures=stands) + self.read.get(part, NOBODY)


def in_review(session: Session, tags: Iterable[str]) -> dict[int, InReview]:
    """By edition: two queries, however many languages there are."""
    here = Edition.tag.in_(list(tags))
    signed: dict[int, dict[str, list[datetime]]] = {}
    for number, part, at in session.execute(
        select(Signature.edition_id, Signature.part, Signature.made_at)
        .join(Edition, Edition.id == Signature.edition_id)
        .where(here)
    ):
        signed.setdefault(number, {}).setdefault(part, []).append(at)
    read: dict[int, dict[str, Readers]] = {}
    for number, part, links, readings in session.execute(
        select(
            ReviewLink.edition_id,
            ReviewLink.part,
            func.count(distinct(ReviewLink.id)),
            func.count(distinct(Judgement.sending)),
        )
        .join(Edition, Edition.id == ReviewLink.edition_id)
        .outerjoin(Judgement, Judgement.link_id == ReviewLink.id)
        .where(here, ReviewLink.closed_at.is_(None), ReviewLink.ends_at > now())
        .group_by(ReviewLink.edition_id, ReviewLink.part)
    ):
        read.setdefault(number, {})[part] = Readers(readings=readings, links=links)
    return {
        number: InReview(signed.get(number, {}), read.get(number, {}))
        for number in {*signed, *read}
    }
