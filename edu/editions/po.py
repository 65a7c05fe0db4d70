"""Content catalogues as they lie in `translations/`: brought up to date, and written from editions.

Files for partners, and what they send back, are in `edu/exchange`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Edition, Rendering
from edu.languages import language
from edu.segments.catalogue import Catalogue, new_catalogue, read_po, update, write_po
from edu.segments.entry import Entry
from edu.segments.files import extract_file
from edu.segments.segment import Segment


def sources_by_edition(root: Path) -> dict[str, list[Path]]:
    """The files of each edition, by its name: a module's id, `pages` or `quizzes`."""
    content = root / "content"
    modules = sorted(file.parent for file in content.glob("*/module.toml"))
    return {
        **{
            folder.name: [folder / "module.toml", *sorted(folder.glob("*.md"))]
            for folder in modules
        },
        "pages": sorted((content / "pages").glob("*.md")),
        "quizzes": sorted((root / "quizzes").glob("*.toml")),
    }


def segments_of(root: Path, files: Iterable[Path]) -> dict[str, list[Segment]]:
    """The segments of an edition's files, by the name that a catalogue gives each file."""
    return {file.relative_to(root).as_posix(): extract_file(file) for file in files}


def update_files(root: Path, tag: str) -> list[Path]:
    """Begin a tag's catalogues, or bring them up to date with the sources. What was edited since
    becomes stale and keeps its old words; returns the files that changed."""
    changed = []
    for name, files in sources_by_edition(root).items():
        path = root / "translations" / tag / "LC_MESSAGES" / f"{name}.po"
        old = read_po(path) if path.exists() else _empty(tag)
        new = update(old, segments_of(root, files))
        if _is_regional(root, tag, name):
            # A regional catalogue holds what differs; the rest comes from its parent.
            new = replace(new, entries=tuple(entry for entry in new.entries if entry.target))
        text = write_po(new)
        if not path.exists() and not new.entries:
            continue
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _is_regional(root: Path, tag: str, name: str) -> bool:
    parents = language(tag).chain[1:-1]
    return any(
        (root / "translations" / parent / "LC_MESSAGES" / f"{name}.po").exists()
        for parent in parents
    )


def export_po(session: Session, root: Path, tag: str, name: str) -> str:
    """An edition as a PO file: every segment of its sources with this tag's own words, those
    made from an older source as fuzzy, with that source."""
    edition = session.scalar(select(Edition).where(Edition.tag == tag, Edition.module == name))
    rows = edition.renderings if edition else []
    current = segments_of(root, sources_by_edition(root)[name])
    catalogue = replace(_empty(tag), entries=tuple(_entry(row) for row in rows))
    fresh = update(catalogue, current)
    stale = {(row.context, row.text): row for row in rows if row.state == "stale"}
    entries = tuple(_with_stale(entry, stale) for entry in fresh.entries)
    return write_po(replace(fresh, entries=entries))


def _empty(tag: str) -> Catalogue:
    return new_catalogue(tag, language(tag).plural.header)


def _entry(row: Rendering) -> Entry:
    return Entry(
        context=row.context,
        source=row.source,
        target=row.text,
        state="translated",
        adaptation=row.change,
        reviewed=row.state == "reviewed",
    )


def _with_stale(entry: Entry, stale: Mapping[tuple[str, str], Rendering]) -> Entry:
    """A rendering that is stale in the database is so in the file, also where its own source
    is the one that is current again in words but was marked by a person."""
    row = stale.get((entry.context, entry.target))
    if row is not None and entry.state == "translated":
        return replace(entry, state="stale", previous_source=row.source, reviewed=False)
    return entry
