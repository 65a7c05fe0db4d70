"""What ships, loaded into editions: what a partner has touched stays hers."""

from collections.abc import Iterable, Mapping

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from edu.editions.desk import Remark, Revision, UnsavedText
from edu.editions.layers import snapshot
from edu.editions.models import Change, Edition, Rendering
from edu.editions.records_in_files import Record
from edu.editions.review.models import BackTranslation
from edu.editions.shipped import Shipped
from edu.editions.working import edition_of
from edu.segments.catalogue import Entry
from edu.segments.segment import fold


def load_shipped(session: Session, editions: Iterable[Shipped]) -> int:
    """Bring editions up to date with what ships; returns how many changed.

    What a partner has touched is hers: shipped words never overwrite it.
    """
    editions = list(editions)
    changed = _forget_gone(session, {(each.tag, each.module) for each in editions})
    for shipped in editions:
        edition = edition_of(session, shipped.tag, shipped.module)
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
