"""Taking over what another edition offers: copies, as drafts, that know where they come from.

Nothing of one's own is overwritten unseen: plain words go only where there are none yet, and an
adaptation that meets words of one's own is taken only by whoever has seen both.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Change, Edition, Rendering
from edu.editions.review.models import Following
from edu.editions.sharing.copying import copy_change, copy_words, said, taken_changes
from edu.editions.sharing.licences import may_go_on_as
from edu.editions.sharing.offers import Offer, WrongLicence, share_of
from edu.editions.working import now
from edu.languages import language, same_words

Place = tuple[str, str]


class SeenOtherwise(Exception):
    """What was chosen is not as it was seen any more."""


@dataclass(frozen=True)
class Words:
    """A text of the giver's, and what stands there in one's own edition ("" for nothing)."""

    row: Rendering
    mine: str


@dataclass(frozen=True)
class Adaptation:
    """An adaptation on offer, with its words. `own` are one's own records on the same block;
    `key` names it as it was seen, so that nobody takes what has changed meanwhile."""

    change: Change
    words: tuple[Words, ...]
    own: tuple[Change, ...]
    key: str

    @property
    def meets_own(self) -> bool:
        """Whether one's own words or records stand there already."""
        return bool(self.own) or any(each.mine for each in self.words)


@dataclass(frozen=True)
class Choice:
    """What somebody may take from an offer: adaptations, and plain words by the part of the
    module they stand in, with how many of these are new to her."""

    adaptations: tuple[Adaptation, ...]
    words: Mapping[str, int]


def can_take(offer: Offer, tag: str) -> bool:
    """Whether there is any sense in it: not from oneself, nor from an ancestor, whose words are
    inherited anyway."""
    return offer.edition.tag not in language(tag).chain


def choice(session: Session, offer: Offer, taker: Edition) -> Choice:
    """What may be taken. Words of another language are of no use; its adaptations may be."""
    giver = offer.edition
    mine = {(row.context, row.source): row for row in _rows(session, taker)}
    theirs = _offered(session, giver)
    known = taken_changes(session, taker, giver)
    adaptations = tuple(
        _adaptation(session, change, theirs, mine, taker)
        for change in offer.changes
        if change.slug not in known
    )
    counts: dict[str, int] = {}
    if same_words(giver.tag, taker.tag):
        for row in theirs:
            if _is_plain(row, giver) and not _words_at(mine, row):
                part = row.context.partition("|")[0]
                counts[part] = counts.get(part, 0) + 1
    return Choice(adaptations, counts)


def _rows(session: Session, edition: Edition) -> Sequence[Rendering]:
    wanted = select(Rendering).where(Rendering.edition_id == edition.id).order_by(Rendering.id)
    return session.scalars(wanted).all()


def _offered(session: Session, giver: Edition) -> list[Rendering]:
    """Released words for texts that still stand in the content."""
    return [row for row in _rows(session, giver) if row.released_text and not row.follows]


def _is_plain(row: Rendering, giver: Edition) -> bool:
    """Of a questionnaire every text is plain: it may only be translated."""
    return not row.released_change or giver.module == "quizzes"


def _words_at(mine: Mapping[Place, Rendering], row: Rendering) -> str:
    found = mine.get((row.context, row.source))
    return found.text if found is not None else ""


def _adaptation(
    session: Session,
    change: Change,
    theirs: Iterable[Rendering],
    mine: Mapping[Place, Rendering],
    taker: Edition,
) -> Adaptation:
    words = tuple(
        Words(row, _words_at(mine, row)) for row in theirs if row.released_change == change.slug
    )
    own = tuple(
        session.scalars(
            select(Change).where(
                Change.edition_id == taker.id,
                Change.lesson == change.lesson,
                Change.block == change.block,
                Change.block != "",
                Change.gone.is_(False),
            )
        )
    )
    seen = (
        said(change.released or {}),
        [(each.row.released_text, each.mine) for each in words],
        [(each.id, each.version) for each in own],
    )
    key = f"{change.id}-{hashlib.sha256(repr(seen).encode()).hexdigest()[:10]}"
    return Adaptation(change, words, own, key)


def take(
    session: Session,
    offer: Offer,
    taker: Edition,
    *,
    adaptations: Iterable[str],
    parts: Iterable[str],
    module_licences: Iterable[str],
    member_id: int,
) -> int:
    """Copy what was chosen, by the keys of `choice`, and follow the giver from now on.

    Returns how many texts and records were taken. Raises SeenOtherwise where somebody has changed
    something since, and WrongLicence where the licence does not go with the rest of the edition;
    then nothing is taken.
    """
    _check_licence(session, offer, taker, module_licences)
    found = choice(session, offer, taker)
    by_key = {each.key: each for each in found.adaptations}
    wanted = list(dict.fromkeys(adaptations))
    if not set(wanted) <= set(by_key):
        raise SeenOtherwise
    taken = sum(
        _take_adaptation(session, by_key[key], offer.edition, taker, member_id) for key in wanted
    )
    chosen = set(parts) & set(found.words)
    if chosen:
        taken += _take_words(session, offer.edition, taker, chosen, member_id)
    if taken:
        follow(session, offer, taker)
    return taken


def _check_licence(
    session: Session, offer: Offer, taker: Edition, module_licences: Iterable[str]
) -> None:
    others = session.scalars(select(Following.licence).where(Following.edition_id == taker.id))
    bound = [*module_licences, *others, offer.share.licence]
    own = share_of(session, taker)
    possible = may_go_on_as(bound)
    if not possible or (own is not None and own.ended_at is None and own.licence not in possible):
        raise WrongLicence(possible)


def _take_adaptation(
    session: Session, wanted: Adaptation, giver: Edition, taker: Edition, member_id: int
) -> int:
    slug = copy_change(session, wanted.change, giver, taker, member_id)
    if not same_words(giver.tag, taker.tag):
        return 1
    for each in wanted.words:
        copy_words(session, each.row, giver, taker, slug, member_id)
    return 1 + len(wanted.words)


def _take_words(
    session: Session, giver: Edition, taker: Edition, parts: set[str], member_id: int
) -> int:
    mine = {(row.context, row.source): row for row in _rows(session, taker)}
    rows = [
        row
        for row in _offered(session, giver)
        if _is_plain(row, giver)
        and row.context.partition("|")[0] in parts
        and not _words_at(mine, row)
    ]
    for row in rows:
        copy_words(session, row, giver, taker, "", member_id)
    return len(rows)


def follow(session: Session, offer: Offer, taker: Edition) -> Following:
    """Follow the giver from now on, with the credit and the licence of today."""
    found = session.scalar(
        select(Following).where(
            Following.edition_id == taker.id, Following.from_id == offer.edition.id
        )
    )
    if found is None:
        found = Following(edition_id=taker.id, from_id=offer.edition.id, made_at=now())
        session.add(found)
    found.credit, found.licence, found.left_at = offer.credit, offer.share.licence, None
    session.flush()
    return found
