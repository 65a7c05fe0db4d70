"""Parcels as XLIFF 2.1 files: what OmegaT, Trados, memoQ and translate-toolkit open.

A part is a group, a segment of ours a unit with one segment. How far words have come stands in
`state` and `subState`; what XLIFF has no place for in the metadata module (`mda:`). The words
are the Markdown of the lesson as plain text: nothing in them is hidden from the translator.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from xml.etree.ElementTree import Element

from edu.exchange.marks import (
    apart,
    fitting,
    marks_of,
    named,
    records_of,
    records_text,
    together,
    with_marks,
)
from edu.exchange.markup import HEAD, element, parsed, text, whole, words_in
from edu.exchange.unit import Parcel, State, Unit
from edu.gate.refused import refuse
from edu.languages import SOURCE
from edu.lessons.words import N_

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_META = "urn:oasis:names:tc:xliff:metadata:2.0"
_CATEGORY = "daraja"
#: How our states are called in XLIFF. A stale text is to be looked at as if it were new.
_STATES = {
    State.UNTRANSLATED: "initial",
    State.STALE: "initial",
    State.DRAFT: "translated",
    State.REVIEWED: "reviewed",
    State.RELEASED: "final",
}
_BACK = {"initial": State.STALE, "translated": State.DRAFT}
_BACK |= {"reviewed": State.REVIEWED, "final": State.RELEASED}
_BLOCKS = "blocks"
_REMARK, _NOTE, _SAID_AGAIN = "remark", "context", "back-translation"
_NO_ID = re.compile(r"[^\w.:-]", re.ASCII)


def write(parcel: Parcel) -> bytes:
    """A parcel as the bytes of an XLIFF 2.1 file."""
    said = {"xmlns": _CORE, "xmlns:mda": _META, "version": "2.1"}
    said |= {"srcLang": SOURCE, "trgLang": parcel.tag}
    file = {"id": _id(parcel.module), "original": parcel.part or parcel.module}
    # One segment of ours is one of theirs: cut in two it could not come back.
    file |= {"canResegment": "no", "xml:space": "preserve"}
    units = list(apart(parcel.units))
    groups = [
        whole("group", "\n".join(map(_unit, inside)) + "\n", {"id": _id(part), "name": part})
        for part, inside in groupby(units, key=lambda unit: unit.part)
    ]
    told = _metadata({_BLOCKS: records_text(parcel.blocks)}) if parcel.blocks else ""
    inner = told + ("\n".join(groups) or whole("group", "", {"id": "empty"}))
    return (HEAD + whole("xliff", f"\n{whole('file', inner, file)}\n", said) + "\n").encode()


def _unit(unit: Unit) -> str:
    marks = marks_of(unit)
    for name in ("state", "back"):
        marks.pop(name, None)
    notes = [element("note", each, category=_NOTE) for each in unit.notes]
    notes += [element("note", each, category=_REMARK) for each in unit.remarks]
    if unit.back:
        notes.append(element("note", unit.back, category=_SAID_AGAIN))
    said = {"state": _STATES[unit.state], "subState": f"{_CATEGORY}:{unit.state}"}
    words = element("source", unit.source)
    if unit.target:
        words += element("target", unit.target)
    parts = [_metadata(marks), whole("notes", "".join(notes)) if notes else ""]
    parts.append(whole("segment", words, said))
    return whole("unit", "\n".join(filter(None, parts)), {"id": unit.id, "name": unit.context})


def _metadata(marks: Mapping[str, str]) -> str:
    metas = [whole("mda:meta", text(words), {"type": name}) for name, words in marks.items()]
    group = whole("mda:metaGroup", "".join(metas), {"category": _CATEGORY})
    return whole("mda:metadata", group)


def _id(name: str) -> str:
    """A name as XLIFF takes one for an id."""
    return _NO_ID.sub("-", name) or "empty"


def read(content: bytes, name: str) -> Parcel:
    """The parcel in an XLIFF 2 file that the gate let in."""
    root = parsed(content, name)
    if root.tag != f"{{{_CORE}}}xliff":
        message = N_("This is XLIFF 1. Save it as XLIFF 2, as it was when it left here.")
        raise refuse(name, message)
    files = root.findall(f"{{{_CORE}}}file")
    if len(files) != 1:
        raise refuse(name, N_("The file must hold one <file>, as it did when it left here."))
    tag, module = root.get("trgLang", ""), files[0].get("id", "")
    found = [_read(unit, tag) for unit in files[0].iter(f"{{{_CORE}}}unit")]
    original = files[0].get("original", "")
    part = "" if original == module else original
    blocks = records_of(dict(_metas(files[0])).get(_BLOCKS, ""))
    return Parcel(tag, module, tuple(together(found)), part, blocks=blocks)


def _read(found: Element, tag: str) -> Unit:
    notes = list(found.iterfind(f"{{{_CORE}}}notes/{{{_CORE}}}note"))
    unit = Unit(
        id=found.get("id", ""),
        context=found.get("name", ""),
        source=_joined(found, "source"),
        target=_joined(found, "target"),
        variant=tag,
        notes=tuple(_notes(notes, _NOTE)),
        remarks=(*_notes(notes, _REMARK), *_notes(notes, "")),
        back=next(_notes(notes, _SAID_AGAIN), ""),
        at=found.get("id", ""),
    )
    unit = with_marks(unit, dict(_metas(found)))
    segment = found.find(f"{{{_CORE}}}segment")
    state = _state(unit, "" if segment is None else segment.get("state", ""), segment)
    # The unit's own id leads: whoever joins files may have given others to the metadata.
    return fitting(replace(unit, id=found.get("id", ""), state=state))


def _joined(found: Element, name: str) -> str:
    """The words of a unit, also where a tool has cut it into several segments."""
    inside = (f"{{{_CORE}}}segment", f"{{{_CORE}}}ignorable")
    pieces = [each for each in found if each.tag in inside]
    return "".join(words_in(each.find(f"{{{_CORE}}}{name}")) for each in pieces)


def _notes(notes: Sequence[Element], category: str) -> Iterator[str]:
    return (words_in(each) for each in notes if each.get("category", "") == category)


def _metas(found: Element) -> Iterator[tuple[str, str]]:
    groups = found.iterfind(f"{{{_META}}}metadata/{{{_META}}}metaGroup")
    for group in groups:
        if group.get("category") == _CATEGORY:
            for meta in group.iterfind(f"{{{_META}}}meta"):
                yield meta.get("type", ""), words_in(meta)


def _state(unit: Unit, said: str, segment: Element | None) -> State:
    """The tool's own state leads; ours only says which of two it is."""
    ours = "" if segment is None else segment.get("subState", "").partition(":")[2]
    kept = named(State, ours, State.UNTRANSLATED)
    return kept if kept and _STATES[kept] == said else _BACK.get(said, State.DRAFT)
