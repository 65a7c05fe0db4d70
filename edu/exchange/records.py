"""The record of an adaptation, as a file takes it along and brings it back."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Change, Edition
from edu.editions.records import DIMENSIONS, read_reasons
from edu.exchange.unit import Unit
from edu.segments.segment import clean

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_LONGEST = 2000


def changes_here(session: Session, edition: Edition | None) -> dict[str, Change]:
    """The adaptations of an edition that stand, by the names of their records, in their order."""
    if edition is None:
        return {}
    wanted = select(Change).where(Change.edition_id == edition.id, Change.gone.is_(False))
    return {change.slug: change for change in session.scalars(wanted.order_by(Change.position))}


def record_of_change(change: Change) -> dict[str, Any]:
    """An adaptation's record, whole; of a block also which one, and where it stands."""
    places = {name: getattr(change, name) for name in ("block", "after")}
    return {
        "id": change.slug,
        "operation": change.operation,
        "lesson": change.lesson,
        **({} if change.operation == "adapt" else places),
        "why": change.why,
        "dimensions": list(change.dimensions),
        "core_touched": change.core_touched,
        "proposed_by": change.proposed_by,
        "date": change.made_on.isoformat(),
        "reasons": dict(change.reasons),
    }


def is_whole(unit: Unit) -> bool:
    """Whether the record that a unit brings is one that could be kept here: it has the name that
    the unit gives it, says why, and is of words and not of a block."""
    record = unit.record or {}
    return (
        record.get("id") == unit.change
        and bool(_SLUG.fullmatch(unit.change))
        and record.get("operation") == "adapt"
        and bool(_text(record, "why").strip())
        and _day(record) is not None
        and bool(_dimensions(record))
    )


def change_of(unit: Unit, position: int) -> Change:
    """The record that a unit brings, to be kept; it must be whole. A draft, like its words."""
    record = unit.record or {}
    reasons = record.get("reasons")
    return Change(
        slug=unit.change,
        position=position,
        operation="adapt",
        lesson=unit.part,
        state="draft",
        why=_text(record, "why"),
        dimensions=_dimensions(record),
        core_touched=record.get("core_touched") is True,
        proposed_by=_text(record, "proposed_by"),
        made_on=_day(record),
        reasons=read_reasons(reasons).stored() if isinstance(reasons, Mapping) else {},
        from_files=False,
    )


def _text(record: Mapping[str, Any], name: str) -> str:
    found = record.get(name, "")
    return clean(found)[:_LONGEST] if isinstance(found, str) else ""


def _dimensions(record: Mapping[str, Any]) -> list[str]:
    found = record.get("dimensions")
    return [each for each in DIMENSIONS if isinstance(found, list) and each in found]


def _day(record: Mapping[str, Any]) -> date | None:
    found = record.get("date")
    try:
        return date.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        return None
