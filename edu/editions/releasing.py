"""Freeze editions into releases: the only words a learner ever meets."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.editions.layers import Layer, layers_of
from edu.editions.models import Change, Edition, Release
from edu.editions.records import read_reasons
from edu.editions.resolve import SOURCE, Choice, Resolved, choose, resolve_text
from edu.editions.signing import fewer_readers
from edu.editions.standing import Standing
from edu.languages import language
from edu.lessons.lesson import Lesson, Module, Page
from edu.lessons.load import Library
from edu.quizzes.instrument import Instrument
from edu.segments.toml import extract as extract_toml
from edu.server.choices import Offer, choices


def release_all(
    session: Session, root: Path, library: Library, instruments: Mapping[str, Instrument]
) -> list[Release]:
    """Release everything that differs from what is released, in every language.

    Returns the new releases; none when nothing changed.
    """
    made = []
    for tag in edition_tags(session):
        for name, payload in _payloads(session, root, tag, library, instruments):
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
    """The languages in which there is anything, the source first, the rest by their own name."""
    tags = session.scalars(select(Edition.tag).where(Edition.tag != SOURCE).distinct())
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
    """Release one edition as its released words are now; None when nothing changed."""
    found = dict(_payloads(session, root, tag, library, instruments, only=module))
    release = _release_if_new(session, tag, module, found[module])
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


def _payloads(
    session: Session,
    root: Path,
    tag: str,
    library: Library,
    instruments: Mapping[str, Instrument],
    only: str = "",
) -> Iterable[tuple[str, dict[str, Any]]]:
    for module in library.modules.values():
        if only in ("", module.id):
            layers = layers_of(session, tag, module.id)
            yield module.id, _module_payload(session, root, tag, module, layers)
    if only in ("", "pages"):
        layers = layers_of(session, tag, "pages")
        yield "pages", _pages_payload(session, tag, library.pages.values(), layers)
    if only in ("", "quizzes"):
        yield "quizzes", _quizzes_payload(root, instruments, layers_of(session, tag, "quizzes"))


def _module_payload(
    session: Session, root: Path, tag: str, module: Module, layers: Sequence[Layer]
) -> dict[str, Any]:
    source = (root / "content" / module.id / "module.toml").read_text(encoding="utf-8")
    words = {
        segment.context: choose(segment, SOURCE, "original", module.id, layers)
        for segment in extract_toml(source)
    }
    lessons = [_lesson_payload(session, tag, lesson, layers) for lesson in module.lessons]
    used = {slug for lesson in lessons for slug in lesson.pop("changes")}
    return {
        "id": module.id,
        "order": module.order,
        "minutes": module.minutes,
        "licence": module.licence,
        **{
            key: _text(words[key]) if key in words else _empty()
            for key in ("title", "summary", "content_note")
        },
        "lessons": lessons,
        "changes": _change_records(session, tag, module.id, used),
        "state": text_state(
            [choice.state for choice in words.values()]
            + [state for lesson in lessons for state in lesson["choices"]]
        ),
    }


def _lesson_payload(
    session: Session, tag: str, lesson: Lesson, layers: Sequence[Layer]
) -> dict[str, Any]:
    resolved = resolve_text(lesson.source, lesson.id, layers)
    return {
        "id": lesson.id,
        "number": lesson.number,
        "minutes": lesson.minutes,
        "sources": list(lesson.sources),
        "markdown": resolved.markdown,
        "changes": resolved.changes,
        **_choices(resolved),
        **_readers(session, tag, lesson.module, lesson.id, resolved),
    }


def _readers(
    session: Session, tag: str, module: str, part: str, resolved: Resolved
) -> dict[str, list[str]]:
    """Who signed, where they are fewer than the rule asks: learners are told."""
    if all(choice.state != "reviewed" for choice in resolved.choices):
        return {}
    words = Standing(resolved.choices, resolved.markdown)
    fewer = fewer_readers(session, tag, part, module, words.digest)
    return {"readers": fewer} if fewer else {}


def _pages_payload(
    session: Session, tag: str, pages: Iterable[Page], layers: Sequence[Layer]
) -> dict[str, Any]:
    listed = []
    for page in pages:
        resolved = resolve_text(page.source, page.id, layers)
        listed.append(
            {
                "slug": page.slug,
                "markdown": resolved.markdown,
                **_choices(resolved),
                **_readers(session, tag, "pages", page.id, resolved),
            }
        )
    return {
        "pages": listed,
        "state": text_state(choice for page in listed for choice in page["choices"]),
    }


def _quizzes_payload(
    root: Path, instruments: Mapping[str, Instrument], layers: Sequence[Layer]
) -> dict[str, Any]:
    described: dict[str, dict[str, Any]] = {}
    for name, instrument in instruments.items():
        source = (root / "quizzes" / f"{name}.toml").read_text(encoding="utf-8")
        words = {
            segment.context: _text(choose(segment, SOURCE, "original", name, layers))
            for segment in extract_toml(source)
        }
        described[name] = {
            "version": instrument.version,
            "digest": instrument.digest,
            "words": words,
            "draft": any(word["state"] == "draft" for word in words.values()),
        }
    states = [word for each in described.values() for word in each["words"].values()]
    return {"instruments": described, "state": text_state(word["state"] for word in states)}


def _choices(resolved: Resolved) -> dict[str, Any]:
    states = [choice.state for choice in resolved.choices]
    return {
        "tags": [choice.tag for choice in resolved.choices],
        "choices": states,
        "state": text_state(states),
    }


def _text(choice: Choice) -> dict[str, str]:
    return {"text": choice.text, "tag": choice.tag, "state": choice.state}


def _empty() -> dict[str, str]:
    return {"text": "", "tag": SOURCE, "state": "original"}


def text_state(states: Iterable[str]) -> str:
    """What a reader must be told: a draft anywhere makes a draft of the whole."""
    met = set(states)
    if "draft" in met:
        return "draft"
    return "reviewed" if "reviewed" in met else "original"


def _change_records(
    session: Session, tag: str, module: str, used: set[str]
) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Edition.tag, Change)
        .join(Edition, Change.edition_id == Edition.id)
        .where(Edition.module == module, Edition.tag.in_(language(tag).chain))
        .order_by(Edition.tag, Change.position)
    )
    return [
        {
            "tag": edition_tag,
            "slug": change.slug,
            "operation": change.operation,
            "lesson": change.lesson,
            "block": change.block,
            "why": change.why,
            "dimensions": change.dimensions,
            "core_touched": change.core_touched,
            "proposed_by": change.proposed_by,
            "made_on": change.made_on.isoformat(),
            # English, unless whoever wrote it says otherwise.
            **({"why_tag": known} if (known := read_reasons(change.reasons or {}).why_tag) else {}),
        }
        for edition_tag, change in rows
        if f"{edition_tag}:{change.slug}" in used
    ]


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
