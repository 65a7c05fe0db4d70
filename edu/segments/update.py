"""A catalogue brought up to date with its sources: what is kept, what needs another look."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from edu.segments.entry import Catalogue, Entry
from edu.segments.pairing import likenesses
from edu.segments.segment import Segment, fold

Segments = Mapping[str, Iterable[Segment]] | Iterable[Segment]


def update(catalogue: Catalogue, segments: Segments) -> Catalogue:
    """Merge a catalogue with the current segments (`{file: segments}`, or segments alone).

    Unchanged sources keep their target. An edited one (same context, similar text) keeps it
    as stale, with the source it was made from. What is gone becomes obsolete; what is new
    is untranslated. Segments carry their whole context, as `files.extract_file` gives it.
    """
    fresh = _fresh(segments)
    known = {entry.key: entry for entry in reversed((*catalogue.entries, *catalogue.obsolete))}
    known |= {entry.key: entry for entry in reversed(catalogue.entries)}
    gone = [entry for entry in catalogue.entries if entry.key not in fresh]
    missing = [entry for key, entry in fresh.items() if key not in known]
    carried = _carry(gone, missing)
    entries: list[Entry] = []
    for key, entry in fresh.items():
        if key in known:
            entry = replace(known[key], notes=entry.notes, places=entry.places, source=entry.source)
        elif key in carried:
            entry = _edited(carried[key], entry)
        entries.append(entry)
    used = {entry.key for entry in carried.values()}
    obsolete = [_retired(entry) for entry in gone if entry.target and entry.key not in used]
    kept = [entry for entry in catalogue.obsolete if entry.key not in fresh]
    merged = {entry.key: entry for entry in (*kept, *obsolete)}
    return replace(catalogue, entries=tuple(entries), obsolete=tuple(merged.values()))


def _fresh(segments: Segments) -> dict[tuple[str, str], Entry]:
    """One untranslated entry for each identity, with all places where it stands."""
    files = segments if isinstance(segments, Mapping) else {"": segments}
    fresh: dict[tuple[str, str], Entry] = {}
    for file, found in files.items():
        for segment in found:
            entry = Entry(segment.context, segment.text, notes=segment.note)
            entry = fresh.get(entry.key, entry)
            if file:
                entry = replace(entry, places=(*entry.places, (file, segment.line)))
            fresh[entry.key] = entry
    return fresh


def _carry(gone: list[Entry], missing: list[Entry]) -> dict[tuple[str, str], Entry]:
    """For each new entry the vanished one it was edited from; the closest pairs come first."""
    worded = [entry for entry in gone if entry.target]
    pairs = [(closeness, -new, -old) for closeness, new, old in likenesses(worded, missing)]
    carried: dict[tuple[str, str], Entry] = {}
    taken: set[int] = set()
    for _, new, old in sorted(pairs, reverse=True):
        key = missing[-new].key
        if key not in carried and old not in taken:
            carried[key] = worded[-old]
            taken.add(old)
    return carried


def _edited(old: Entry, new: Entry) -> Entry:
    made_from = old.source if old.previous_source is None else old.previous_source
    moved = replace(old, context=new.context, source=new.source, notes=new.notes, places=new.places)
    if old.context == new.context and fold(made_from) == fold(new.source):
        # The author took the edit back: the translation was made from this very text.
        return replace(moved, state="translated", previous_source=None)
    return replace(moved, state="stale", previous_source=made_from, reviewed=False)


def _retired(entry: Entry) -> Entry:
    """Nothing points to the sources any more."""
    return replace(entry, notes="", places=(), previous_source=None)
