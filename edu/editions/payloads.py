"""What a release holds: the words for one place, each with its language and state."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.communities.lookup import swaps_for
from edu.communities.placeholders import Swaps, fill
from edu.editions.layers import Layer, layers_of, snapshot
from edu.editions.models import Change, Edition
from edu.editions.resolve import SOURCE, Choice, Resolved, choose, resolve_text
from edu.editions.review.signing import fewer_readers
from edu.editions.sharing.offers import credits_of
from edu.editions.standing import Standing
from edu.languages import language
from edu.lessons.lesson import Lesson, Module, Page
from edu.lessons.load import Library
from edu.quizzes.instrument import Instrument
from edu.segments.toml import extract as extract_toml


def payloads(
    session: Session,
    root: Path,
    tag: str,
    library: Library,
    instruments: Mapping[str, Instrument],
    only: str = "",
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each release of a language would hold, by the name of its edition; with `only`, that
    one alone."""
    swaps = swaps_for(session, tag)
    for module in library.modules.values():
        if only in ("", module.id):
            layers = layers_of(session, tag, module.id)
            yield module.id, _module_payload(session, root, tag, module, layers, swaps)
    if only in ("", "pages"):
        layers = layers_of(session, tag, "pages")
        yield "pages", _pages_payload(session, tag, library.pages.values(), layers, swaps)
    if only in ("", "quizzes"):
        yield "quizzes", _quizzes_payload(root, instruments, layers_of(session, tag, "quizzes"))


def _module_payload(
    session: Session,
    root: Path,
    tag: str,
    module: Module,
    layers: Sequence[Layer],
    swaps: Swaps,
) -> dict[str, Any]:
    source = (root / "content" / module.id / "module.toml").read_text(encoding="utf-8")
    words = {
        segment.context: choose(segment, SOURCE, "original", module.id, layers)
        for segment in extract_toml(source)
    }
    lessons = [_lesson_payload(session, tag, lesson, layers, swaps) for lesson in module.lessons]
    used = {slug for lesson in lessons for slug in lesson.pop("changes")}
    return {
        "id": module.id,
        "order": module.order,
        "minutes": module.minutes,
        "licence": module.licence,
        **{
            key: _filled(words[key], swaps) if key in words else _empty()
            for key in ("title", "summary", "content_note")
        },
        "lessons": lessons,
        "changes": _change_records(session, tag, module.id, used),
        **_credits(session, tag, module.id),
        "state": text_state(
            [choice.state for choice in words.values()]
            + [state for lesson in lessons for state in lesson["choices"]]
        ),
    }


def _credits(session: Session, tag: str, module: str) -> dict[str, Any]:
    """Whose work was taken over, if anybody's."""
    given = credits_of(session, tag, module)
    return {"credits": given} if given else {}


def _lesson_payload(
    session: Session, tag: str, lesson: Lesson, layers: Sequence[Layer], swaps: Swaps
) -> dict[str, Any]:
    resolved = resolve_text(lesson.source, lesson.id, layers)
    return {
        "id": lesson.id,
        "number": lesson.number,
        "minutes": lesson.minutes,
        "sources": list(lesson.sources),
        "markdown": fill(resolved.markdown, swaps),
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
    session: Session, tag: str, pages: Iterable[Page], layers: Sequence[Layer], swaps: Swaps
) -> dict[str, Any]:
    listed = []
    for page in pages:
        resolved = resolve_text(page.source, page.id, layers)
        listed.append(
            {
                "slug": page.slug,
                "markdown": fill(resolved.markdown, swaps),
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


def _filled(choice: Choice, swaps: Swaps) -> dict[str, str]:
    return {**_text(choice), "text": fill(choice.text, swaps)}


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
            # As it was when it was released: a reason is read before learners are told it.
            **{name: told for name, told in _told(change).items() if name != "why_tag" or told},
        }
        for edition_tag, change in rows
        if f"{edition_tag}:{change.slug}" in used
    ]


def _told(change: Change) -> dict[str, Any]:
    kept = change.released or {}
    # Releases of an older program kept the block alone.
    return dict(kept.get("told") or snapshot(change)["told"])
