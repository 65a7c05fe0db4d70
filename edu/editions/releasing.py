"""Freeze editions into releases: the only words a learner ever meets."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from edu.editions.models import Change, Edition, Release, Rendering
from edu.editions.payloads import payloads
from edu.languages import SOURCE, language
from edu.lessons.load import Library
from edu.quizzes.instrument import Instrument
from edu.server.choices import Offer, choices


def release_all(
    session: Session, root: Path, library: Library, instruments: Mapping[str, Instrument]
) -> list[Release]:
    """Release everything that differs from what is released, in every language.

    Returns the new releases; none when nothing changed.
    """
    made = []
    tags = edition_tags(session)
    # One module in all languages, then the next: its English is parsed once for all of them.
    for module, tag in product((*library.modules, "pages", "quizzes"), tags):
        for name, payload in payloads(session, root, tag, library, instruments, only=module):
            release = _release_if_new(session, tag, name, payload)
            if release is not None:
                made.append(release)
    return made


def offered_tags(session: Session) -> list[str]:
    """The languages that anybody may choose: those in which there is anything, without what is
    withheld for the whole server."""
    everybody = choices(session)
    return [tag for tag in edition_tags(session) if everybody.offer_of(tag) is Offer.EVERYBODY]


def reachable_tags(session: Session) -> list[str]:
    """The languages whose pages are made and whose addresses work: those on offer, and those that
    only people go on in who have begun."""
    everybody = choices(session)
    return [tag for tag in edition_tags(session) if everybody.offer_of(tag) is not Offer.NOBODY]


def edition_tags(session: Session) -> list[str]:
    """The languages in which learners meet anything, the source first, the rest by their own
    name. What only lies on a desk is none yet."""
    spoken = exists().where(Rendering.edition_id == Edition.id, Rendering.released_text != "")
    changed = exists().where(Change.edition_id == Edition.id, Change.released.is_not(None))
    tags = session.scalars(
        select(Edition.tag).where(Edition.tag != SOURCE, spoken | changed).distinct()
    )
    ordered = sorted(tags, key=lambda tag: language(tag).autonym.casefold())
    return [SOURCE, *ordered]


def release_now(
    session: Session,
    root: Path,
    library: Library,
    instruments: Mapping[str, Instrument],
    tag: str,
    module: str,
    *,
    member_id: int | None,
    note: str = "",
) -> Release | None:
    """Release one edition as its released words are now; None when nothing changed.

    A language that learners meet for the first time gets everything else along with it, in the
    words of its ancestors: nobody can begin without the page on which she agrees.
    """
    first = not any(released_modules(session, tag))
    found = payloads(session, root, tag, library, instruments, only="" if first else module)
    made = {name: _release_if_new(session, tag, name, payload) for name, payload in found}
    release = made[module]
    if release is not None:
        release.member_id, release.note = member_id, note
        session.flush()
    return release


def go_back(session: Session, edition: Edition, release: Release | None) -> None:
    """Let an edition's released words be those of an earlier release; None: of none at all."""
    own = release.own if release is not None else {}
    words = {(context, source): rest for context, source, *rest in own.get("words", ())}
    for row in edition.renderings:
        text, state, change = words.get((row.context, row.source), ("", "", ""))
        row.released_text, row.released_state, row.released_change = text, state, change
    changes = own.get("changes", {})
    for change_row in edition.changes:
        change_row.released = changes.get(change_row.slug)
    session.flush()


def current_release(session: Session, tag: str, module: str) -> Release | None:
    """The newest release of a module (or `pages`, or `quizzes`) for a tag, unless withdrawn."""
    return session.scalar(
        select(Release)
        .where(Release.tag == tag, Release.module == module, Release.withdrawn_on.is_(None))
        .order_by(Release.number.desc())
        .limit(1)
    )


def released_modules(session: Session, tag: str) -> list[Release]:
    """The newest release of every module for a tag, in the order of the curriculum."""
    releases: dict[str, Release] = {}
    wanted = select(Release).where(Release.tag == tag, Release.withdrawn_on.is_(None))
    for release in session.scalars(wanted.order_by(Release.number)):
        if "lessons" in release.payload:
            releases[release.module] = release
    return sorted(releases.values(), key=lambda release: int(release.payload["order"]))


def releases_of(session: Session, tag: str, modules: Sequence[str]) -> list[Release]:
    """The newest releases of these modules for a tag, in their order; what is not released is left
    out."""
    released = {each.module: each for each in released_modules(session, tag)}
    return [released[each] for each in modules if each in released]


def withdrawn_releases(session: Session, tag: str) -> dict[str, list[int]]:
    """The releases for a tag that were taken back, by their modules."""
    found: dict[str, list[int]] = {}
    wanted = select(Release.module, Release.id).where(
        Release.tag == tag, Release.withdrawn_on.is_not(None)
    )
    for module, number in session.execute(wanted.order_by(Release.id)):
        found.setdefault(module, []).append(number)
    return found


def _release_if_new(
    session: Session, tag: str, module: str, payload: dict[str, Any]
) -> Release | None:
    digest = hashlib.sha256(
        json.dumps(payload, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
    newest = current_release(session, tag, module)
    if newest is not None and newest.digest == digest:
        # Releases of an older program did not keep this.
        newest.own = newest.own or _own(session, tag, module)
        return None
    numbers = select(func.max(Release.number)).where(Release.tag == tag, Release.module == module)
    release = Release(
        tag=tag,
        module=module,
        number=int(session.scalar(numbers) or 0) + 1,
        digest=digest,
        state=payload["state"],
        payload=payload,
        own=_own(session, tag, module),
        made_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    )
    session.add(release)
    session.flush()
    return release


def _own(session: Session, tag: str, module: str) -> dict[str, Any]:
    """What an edition itself says in a release."""
    edition = session.scalar(select(Edition).where(Edition.tag == tag, Edition.module == module))
    if edition is None:
        return {}
    return {
        "words": [
            [row.context, row.source, row.released_text, row.released_state, row.released_change]
            for row in edition.renderings
            if row.released_text
        ],
        "changes": {change.slug: change.released for change in edition.changes if change.released},
    }
