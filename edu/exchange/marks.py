"""What a unit knows and a format has no place for, as named texts; and plural forms taken apart.

Every format carries the same marks: as comments in PO, metadata in XLIFF, properties in TMX,
columns in a sheet.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from edu.exchange.unit import Operation, State, Unit, digest_of, tidy

_Named = TypeVar("_Named", State, Operation)

#: A record is read back only while it is small: it comes from a file of somebody else's.
_LONGEST_RECORD, _LONGEST_RECORDS = 20_000, 500_000
_FORM = re.compile(r"(?P<id>.+)\.p(?P<form>[0-5])")


def marks_of(unit: Unit) -> dict[str, str]:
    """The marks of a unit, without those that say nothing."""
    marks = {
        "id": unit.id,
        "source": unit.source_hash,
        "left": unit.left_with,
        "variant": unit.variant,
        "state": str(unit.state),
        "operation": str(unit.operation),
        "adapt": unit.change,
        "record": record_text(unit.record),
        "made-from": unit.made_from,
        "back": unit.back,
        "block": unit.block,
        "safety": unit.safety,
        "places": "\n".join(f"{file}:{line}" for file, line in unit.places),
        "plural": unit.plural,
    }
    return {name: text for name, text in marks.items() if text}


def with_marks(unit: Unit, marks: Mapping[str, str]) -> Unit:
    """A unit with what marks say of it; marks that nobody here writes are left out."""
    return replace(
        unit,
        id=marks.get("id", unit.id),
        source_hash=marks.get("source", unit.source_hash),
        left_with=marks.get("left", unit.left_with),
        variant=marks.get("variant", unit.variant),
        state=named(State, marks.get("state", ""), unit.state),
        operation=named(Operation, marks.get("operation", ""), unit.operation),
        change=marks.get("adapt", unit.change),
        record=record_of(marks.get("record", "")) or unit.record,
        made_from=marks.get("made-from", unit.made_from),
        back=marks.get("back", unit.back),
        block=marks.get("block", unit.block),
        safety=marks.get("safety", unit.safety),
        places=tuple(_places(marks.get("places", ""))) or unit.places,
        plural=marks.get("plural", unit.plural),
    )


def looked_at(unit: Unit) -> Unit:
    """Where a format's state cannot be changed by whoever edits the words: words of an out of
    date text that were edited since they left are no longer out of date."""
    edited = unit.left_with and digest_of(unit) != unit.left_with
    return replace(unit, state=State.DRAFT) if edited and unit.state is State.STALE else unit


def fitting(unit: Unit) -> Unit:
    """State and operation as the words say: a tool fills in words and leaves our marks alone."""
    if not tidy(unit.target):
        return replace(unit, state=State.UNTRANSLATED, operation=Operation.INHERIT)
    state = State.DRAFT if unit.state is State.UNTRANSLATED else unit.state
    inherits = unit.operation is Operation.INHERIT
    return replace(unit, state=state, operation=Operation.TRANSLATE if inherits else unit.operation)


def named(names: type[_Named], text: str, otherwise: _Named) -> _Named:
    """The member of an enumeration that a file names, or another where it names none of ours."""
    return names(text) if text in set(names) else otherwise


def record_text(record: Mapping[str, Any] | None) -> str:
    """An adaptation's record as one line of text."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True) if record else ""


def record_of(text: str) -> dict[str, Any] | None:
    """The record that a file carries; None where it is none, or none that we could keep."""
    found = _loaded(text, _LONGEST_RECORD)
    return found if isinstance(found, dict) else None


def _loaded(text: str, longest: int) -> Any:
    """What stands in a text as JSON; None for what is too long, too deep, or no JSON elsewhere."""
    if not text or len(text) > longest:
        return None
    try:
        found = json.loads(text, parse_constant=_refused, parse_float=_refused)
    except (ValueError, RecursionError):
        return None
    return found if _is_shallow(found) else None


def _refused(name: str) -> None:
    """`NaN` or `1e999`: no record has such numbers, and no database takes them for JSON."""
    raise ValueError(name)


def _is_shallow(found: Any, deep: int = 4) -> bool:
    if not isinstance(found, dict | list):
        return True
    inner = found.values() if isinstance(found, dict) else found
    return deep > 0 and all(_is_shallow(each, deep - 1) for each in inner)


def records_text(records: Iterable[Mapping[str, Any]]) -> str:
    """Several records as one line of text; empty for none."""
    listed = [dict(each) for each in records]
    return json.dumps(listed, ensure_ascii=False, sort_keys=True) if listed else ""


def records_of(text: str) -> tuple[dict[str, Any], ...]:
    """The records in such a text; what is none of ours is left out."""
    found = _loaded(text, _LONGEST_RECORDS)
    listed = found if isinstance(found, list) else []
    return tuple(each for each in listed if isinstance(each, dict))


def _places(text: str) -> Iterator[tuple[str, int]]:
    for place in text.split("\n"):
        file, _, line = place.rpartition(":")
        if file and line.isdecimal() and len(line) < 8:
            yield file, int(line)


def apart(units: Iterable[Unit]) -> Iterator[Unit]:
    """Units for formats that know no plural: one for each form, `<id>.p0`, `<id>.p1`, ..."""
    for unit in units:
        if not unit.plural:
            yield unit
            continue
        for number, form in enumerate(unit.forms or ("",)):
            source = unit.plural if number else unit.source
            yield replace(unit, id=f"{unit.id}.p{number}", source=source, target=form, forms=())


def together(units: Iterable[Unit]) -> Iterator[Unit]:
    """The same undone: forms that follow one another become one unit again."""
    gathered: list[Unit] = []
    for unit in units:
        found = _FORM.fullmatch(unit.id) if unit.plural else None
        if found is None:
            yield from _gathered(gathered)
            gathered = []
            yield unit
            continue
        whole = replace(unit, id=found["id"])
        if int(found["form"]) != len(gathered) or (gathered and gathered[0].id != whole.id):
            yield from _gathered(gathered)
            gathered = []
        gathered.append(whole)
    yield from _gathered(gathered)


def _gathered(forms: list[Unit]) -> Iterator[Unit]:
    if forms:
        yield replace(forms[0], target="", forms=tuple(form.target for form in forms))
