"""What ships in `translations/`: catalogues and adaptation records, loaded into editions."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from edu.editions.desk import Remark, Revision, UnsavedText
from edu.editions.layers import snapshot
from edu.editions.models import OPERATIONS, Change, Edition, Rendering
from edu.editions.records import DIMENSIONS, faults_of_reasons, read_reasons
from edu.editions.review.models import BackTranslation
from edu.languages import SOURCE, normalise
from edu.lessons.lesson import split_blocks
from edu.lessons.markdown import BLOCKS
from edu.lessons.mistakes import Broken, Mistake
from edu.segments.catalogue import Catalogue, Entry, read_po
from edu.segments.segment import fold

_INTERFACE = "messages"
_HEADING = re.compile(r"^[ \t]*\[\[[ \t]*change[ \t]*\]\]", re.MULTILINE)
#: What names the place of a change of whole blocks.
_PLACES = {
    "replace": ("block",),
    "omit": ("block",),
    "add": ("after",),
    "reorder": ("block", "after"),
}


@dataclass(frozen=True)
class Record:
    """An adaptation record as its file gives it."""

    id: str
    operation: str
    lesson: str
    block: str
    after: str
    text: str
    why: str
    dimensions: tuple[str, ...]
    core_touched: bool
    proposed_by: str
    made_on: date
    #: The rest of the record, as `records.Reasons` stores it.
    reasons: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shipped:
    """One edition as shipped: its catalogue and its records, and a digest of both files."""

    tag: str
    module: str
    catalogue: Catalogue
    records: tuple[Record, ...]
    digest: str


def read_shipped(root: Path) -> tuple[list[Shipped], list[Mistake]]:
    """Every edition in `translations/`, and every mistake in its files."""
    found: list[Shipped] = []
    mistakes: list[Mistake] = []
    for folder in sorted((root / "translations").glob("*/")):
        tag = normalise(folder.name)
        if tag is None:
            message = "a folder here is named by a language tag, such as sw-KE"
            mistakes.append(Mistake(f"translations/{folder.name}", 1, message))
            continue
        if tag == SOURCE:
            message = "English is what is translated; mend it in content/ and quizzes/"
            mistakes.append(Mistake(f"translations/{folder.name}", 1, message))
            continue
        for module in _modules(folder):
            shipped, wrong = _read_edition(root, folder, tag, module)
            found.append(shipped)
            mistakes.extend(wrong)
    return found, mistakes


def _modules(folder: Path) -> list[str]:
    catalogues = {file.stem for file in (folder / "LC_MESSAGES").glob("*.po")}
    records = {file.stem for file in folder.glob("*.toml")}
    return sorted((catalogues | records) - {_INTERFACE})


def _read_edition(root: Path, folder: Path, tag: str, module: str) -> tuple[Shipped, list[Mistake]]:
    po, toml = folder / "LC_MESSAGES" / f"{module}.po", folder / f"{module}.toml"
    digest = hashlib.sha256()
    catalogue = Catalogue()
    mistakes: list[Mistake] = []
    if po.exists():
        content = po.read_bytes()
        digest.update(content)
        catalogue = read_po(content, file=str(po.relative_to(root)))
        mistakes.extend(catalogue.mistakes)
    records: tuple[Record, ...] = ()
    if toml.exists():
        content = toml.read_bytes()
        digest.update(b"\0" + content)
        name = str(toml.relative_to(root))
        records, wrong = read_records(content.decode("utf-8", "replace"), name)
        mistakes.extend(wrong)
    mistakes.extend(_loose_ends(catalogue, records, str(po.relative_to(root))))
    mistakes.extend(_adapted_questions(module, catalogue, records, str(po.relative_to(root))))
    return Shipped(tag, module, catalogue, records, digest.hexdigest()), mistakes


def _loose_ends(catalogue: Catalogue, records: Iterable[Record], file: str) -> list[Mistake]:
    """An adapted text without its reason."""
    known = {record.id for record in records}
    return [
        Mistake(file, entry.line, f"the adaptation {entry.adaptation!r} has no record saying why")
        for entry in catalogue.entries
        if entry.adaptation and entry.adaptation not in known
    ]


def _adapted_questions(
    module: str, catalogue: Catalogue, records: Iterable[Record], file: str
) -> list[Mistake]:
    """Questionnaires that are adapted: other words measure something else."""
    if module != "quizzes":
        return []
    lines = [entry.line for entry in catalogue.entries if entry.adaptation]
    lines += [1 for _record in records]
    return [Mistake(file, line, "a questionnaire may only be translated") for line in lines]


def read_records(text: str, file: str) -> tuple[tuple[Record, ...], list[Mistake]]:
    """The adaptation records of a file, and what is wrong with them."""
    try:
        tables = tomllib.loads(text).get("change", [])
    except tomllib.TOMLDecodeError as error:
        return (), [Mistake(file, 1, f"not TOML: {error}")]
    if not isinstance(tables, list):
        return (), [Mistake(file, 1, "adaptation records are tables headed [[change]]")]
    lines = [text.count("\n", 0, heading.end()) + 1 for heading in _HEADING.finditer(text)]
    lines += [1] * (len(tables) - len(lines))
    records: list[Record] = []
    mistakes: list[Mistake] = []
    for table, line in zip(tables, lines[: len(tables)], strict=True):
        wrong = list(_faults(table))
        mistakes.extend(Mistake(file, line, message) for message in wrong)
        if not wrong:
            records.append(_record(table))
    ids = [record.id for record in records]
    mistakes.extend(
        Mistake(file, 1, f"the id {name!r} is used twice")
        for name in sorted({name for name in ids if ids.count(name) > 1})
    )
    return tuple(records), mistakes


def _faults(table: Any) -> Iterable[str]:
    if not isinstance(table, dict):
        yield "an adaptation record is a table"
        return
    texts = ("id", "operation", "lesson", "block", "after", "kind", "text", "why", "proposed_by")
    wrong = [key for key in texts if not isinstance(table.get(key, ""), str)]
    wrong += [key for key in ("dimensions",) if not _is_list_of_texts(table.get(key, []))]
    for key in wrong:
        yield f"`{key}` is a text" if key in texts else f"`{key}` is a list of texts"
    if not wrong:
        yield from _faults_of_words(table)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _faults_of_words(table: dict[str, Any]) -> Iterable[str]:
    for key in ("id", "operation", "lesson", "why", "proposed_by", "date"):
        if not table.get(key):
            yield f"an adaptation record needs `{key}`"
    operation = table.get("operation", "")
    if operation not in OPERATIONS:
        yield f"`operation` is one of {', '.join(OPERATIONS)}, not {operation!r}"
    if not isinstance(table.get("date"), date):
        yield "`date` is a day, such as 2026-11-21"
    unknown = sorted(set(table.get("dimensions", [])) - set(DIMENSIONS))
    if unknown or not table.get("dimensions"):
        yield f"`dimensions` are some of {', '.join(DIMENSIONS)}"
    yield from faults_of_reasons(table)
    for place in _PLACES.get(operation, ()):
        if table.get(place) not in BLOCKS:
            yield f"`{place}` names a block of the lesson"
    if operation in ("replace", "add"):
        blocks = [piece.block for piece in split_blocks(table.get("text", "")) if piece.block]
        if len(blocks) != 1:
            yield "`text` is one block, from its opening colons to its closing ones"


def _record(table: dict[str, Any]) -> Record:
    return Record(
        id=table["id"],
        operation=table["operation"],
        lesson=table["lesson"],
        block=table.get("block", ""),
        after=table.get("after", ""),
        text=table.get("text", ""),
        why=table["why"],
        dimensions=tuple(table["dimensions"]),
        core_touched=bool(table.get("core_touched", False)),
        proposed_by=table["proposed_by"],
        made_on=table["date"],
        reasons=read_reasons(table).stored(),
    )


def load_shipped(session: Session, editions: Iterable[Shipped]) -> int:
    """Bring editions up to date with what ships; returns how many changed.

    What a partner has touched is hers: shipped words never overwrite it.
    """
    editions = list(editions)
    changed = _forget_gone(session, {(each.tag, each.module) for each in editions})
    for shipped in editions:
        edition = session.scalar(
            select(Edition).where(Edition.tag == shipped.tag, Edition.module == shipped.module)
        )
        if edition is None:
            edition = Edition(tag=shipped.tag, module=shipped.module, shipped="")
            session.add(edition)
        if edition.shipped != shipped.digest:
            _load(session, edition, shipped)
            changed += 1
    session.flush()
    return changed


def _forget_gone(session: Session, shipped: set[tuple[str, str]]) -> int:
    """What no longer ships says nothing any more; only what a partner wrote herself stays."""
    gone = [
        edition
        for edition in session.scalars(select(Edition).where(Edition.shipped != ""))
        if (edition.tag, edition.module) not in shipped
    ]
    for edition in gone:
        _load_renderings(session, edition, {})
        _load_changes(edition, ())
        edition.shipped = ""
        if not edition.renderings and not edition.changes:
            session.delete(edition)
    session.flush()
    return len(gone)


def _load(session: Session, edition: Edition, shipped: Shipped) -> None:
    entries = {
        (entry.context, _source_of(entry)): entry
        for entry in reversed(shipped.catalogue.entries)
        if entry.target
    }
    _load_renderings(session, edition, entries)
    _load_changes(edition, shipped.records)
    edition.shipped = shipped.digest


def _load_renderings(
    session: Session, edition: Edition, entries: Mapping[tuple[str, str], Entry]
) -> None:
    """Renderings keep their rows, to which remarks and history may hang."""
    left = dict(entries)
    for row in list(edition.renderings):
        entry = left.pop((row.context, row.source), None)
        if not row.from_files:
            continue
        if entry is not None:
            _say(row, entry)
        elif _something_hangs_on(session, row):
            row.text = row.released_text = row.released_state = row.released_change = ""
            row.state, row.change = "draft", ""
        else:
            edition.renderings.remove(row)
    for (context, source), entry in left.items():
        row = Rendering(context=context, source=source, text="", state="draft")
        _say(row, entry)
        edition.renderings.append(row)


def _say(row: Rendering, entry: Entry) -> None:
    """What ships is a draft, and is released as one: a page says so."""
    stale = entry.state == "stale"
    row.text, row.change = entry.target, entry.adaptation
    row.state = "stale" if stale else "reviewed" if entry.reviewed else "draft"
    row.released_text = "" if stale else row.text
    row.released_state = "" if stale else row.state
    row.released_change = "" if stale else row.change


def _something_hangs_on(session: Session, row: Rendering) -> bool:
    return any(
        session.scalar(select(exists().where(table.rendering_id == row.id)))
        for table in (Revision, Remark, UnsavedText, BackTranslation)
    )


def _load_changes(edition: Edition, records: Iterable[Record]) -> None:
    left = {record.id: (place, record) for place, record in enumerate(records)}
    for change in list(edition.changes):
        place, record = left.pop(change.slug, (0, None))
        if not change.from_files:
            continue
        if record is None:
            edition.changes.remove(change)
        else:
            _record_into(change, place, record)
    for place, record in left.values():
        made = Change(slug=record.id, state="draft")
        _record_into(made, place, record)
        edition.changes.append(made)


def _source_of(entry: Entry) -> str:
    """The text a translation was made from: for a stale one, the text of that time."""
    if entry.state == "stale" and entry.previous_source:
        return fold(entry.previous_source)
    return fold(entry.source)


def _record_into(change: Change, position: int, record: Record) -> None:
    change.position = position
    change.operation = record.operation
    change.lesson = record.lesson
    change.block = record.block
    change.after = record.after
    change.text = record.text
    change.why = record.why
    change.dimensions = list(record.dimensions)
    change.core_touched = record.core_touched
    change.proposed_by = record.proposed_by
    change.made_on = record.made_on
    change.reasons = dict(record.reasons)
    change.gone = False
    change.released = snapshot(change)


def refuse(mistakes: list[Mistake]) -> None:
    """Stop with every mistake that blocks."""
    blocking = [mistake for mistake in mistakes if mistake.blocks]
    if blocking:
        raise Broken(blocking)
