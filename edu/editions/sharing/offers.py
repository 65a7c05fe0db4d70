"""Offering an edition's work to others, under a licence and with credit; and who took what.

What is offered are the words of the last release: nobody takes what is still being written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from edu.editions.models import SHOWING, Change, Edition, Rendering
from edu.editions.review.models import Following, Share
from edu.editions.sharing.licences import licences_of, may_go_on_as
from edu.editions.working import now
from edu.languages import language
from edu.partners.models import Organisation


class WrongLicence(Exception):
    """The licence does not go with what the work was made from; `possible` are those that do."""

    def __init__(self, possible: tuple[str, ...]) -> None:
        super().__init__("this licence does not go with the texts that the work was made from")
        self.possible = possible


@dataclass(frozen=True)
class Offer:
    """What one edition offers. `words` counts plainly translated texts."""

    share: Share
    edition: Edition
    credit: str
    changes: tuple[Change, ...]
    words: int
    taken_by: int


@dataclass(frozen=True)
class Lineage:
    """One taking, seen from either side: the other edition, and how many texts and records."""

    following: Following
    other: Edition
    count: int


def possible_licences(session: Session, root: Path, edition: Edition) -> tuple[str, ...]:
    """Those under which an edition may be offered: the module's own and those of all that was
    taken over must allow it."""
    taken = session.scalars(select(Following.licence).where(Following.edition_id == edition.id))
    return may_go_on_as([*licences_of(root, edition.module), *taken])


def share_of(session: Session, edition: Edition) -> Share | None:
    """What an edition offers, or offered once."""
    return session.scalar(select(Share).where(Share.edition_id == edition.id))


def offer(
    session: Session,
    root: Path,
    edition: Edition,
    *,
    organisation_id: int,
    licence: str,
    note: str,
) -> Share:
    """Offer an edition, or offer it in other words or again. Raises WrongLicence."""
    possible = possible_licences(session, root, edition)
    if licence not in possible:
        raise WrongLicence(possible)
    share = share_of(session, edition)
    if share is None:
        share = Share(edition_id=edition.id, made_at=now())
        session.add(share)
    share.organisation_id, share.licence, share.note = organisation_id, licence, note
    share.ended_at = None
    session.flush()
    return share


def end_offer(share: Share) -> None:
    """Offer it no longer. Whoever took it keeps what she took, under the licence of that day."""
    share.ended_at = share.ended_at or now()


def offers(session: Session, module: str = "") -> list[Offer]:
    """Everything on offer, of one module or of all."""
    wanted = (
        select(Share, Edition, Organisation.name)
        .join(Edition, Share.edition_id == Edition.id)
        .join(Organisation, Share.organisation_id == Organisation.id)
        .where(Share.ended_at.is_(None))
        .order_by(Edition.module, Edition.tag)
    )
    if module:
        wanted = wanted.where(Edition.module == module)
    return [_offer(session, *row) for row in session.execute(wanted)]


def offer_numbered(session: Session, number: int) -> Offer | None:
    """One of them."""
    return next((each for each in offers(session) if each.share.id == number), None)


def _offer(session: Session, share: Share, edition: Edition, credit: str) -> Offer:
    words = select(func.count()).where(
        Rendering.edition_id == edition.id,
        Rendering.released_text != "",
        Rendering.released_change == "",
    )
    taken = select(func.count()).where(Following.from_id == edition.id)
    return Offer(
        share,
        edition,
        credit,
        tuple(released_changes(session, edition)),
        session.scalar(words) or 0,
        session.scalar(taken) or 0,
    )


def released_changes(session: Session, edition: Edition) -> list[Change]:
    """The adaptations that learners meet; never of a questionnaire, which is only translated, and
    no picture or film: whoever is seen in one agreed to it for one place."""
    if edition.module == "quizzes":
        return []
    rows = session.scalars(
        select(Change).where(Change.edition_id == edition.id).order_by(Change.position)
    )
    return [row for row in rows if row.released and row.operation not in SHOWING]


def taken_from(session: Session, edition: Edition) -> list[Lineage]:
    """From whom an edition took something."""
    return _lineage(session, Following.edition_id == edition.id, Following.from_id)


def taken_by(session: Session, edition: Edition) -> list[Lineage]:
    """Who took something from an edition."""
    return _lineage(session, Following.from_id == edition.id, Following.edition_id)


def _lineage(
    session: Session, here: ColumnElement[bool], there: InstrumentedAttribute[int]
) -> list[Lineage]:
    rows = session.execute(
        select(Following, Edition)
        .join(Edition, there == Edition.id)
        .where(here)
        .order_by(Following.id)
    )
    return [Lineage(following, other, _count(session, following)) for following, other in rows]


def _count(session: Session, following: Following) -> int:
    return sum(
        session.scalar(
            select(func.count()).where(
                table.edition_id == following.edition_id, table.taken_from_id == following.from_id
            )
        )
        or 0
        for table in (Rendering, Change)
    )


def credits_of(session: Session, tag: str, module: str) -> list[dict[str, str]]:
    """Whom readers of a release read besides its own authors: for each giver `credit`, `licence`
    and `tag`. Givers of givers are named too, and givers of the ancestors along the chain; leaving
    takes no credit away."""
    chain = language(tag).chain
    waiting = list(
        session.scalars(select(Edition.id).where(Edition.module == module, Edition.tag.in_(chain)))
    )
    met: set[int] = set()
    found: dict[tuple[str, str, str], None] = {}
    while waiting:
        edition = waiting.pop(0)
        if edition in met:
            continue
        met.add(edition)
        for following, giver in _givers(session, edition):
            found[following.credit, following.licence, giver] = None
            waiting.append(following.from_id)
    return [
        {"credit": credit, "licence": licence, "tag": giver}
        for credit, licence, giver in sorted(found)
    ]


def _givers(session: Session, edition: int) -> Iterable[tuple[Following, str]]:
    wanted = (
        select(Following, Edition.tag)
        .join(Edition, Following.from_id == Edition.id)
        .where(Following.edition_id == edition)
        .order_by(Following.id)
    )
    return [(following, tag) for following, tag in session.execute(wanted)]
