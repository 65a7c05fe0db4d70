"""Catalogues in PO files: read, written without a loss, brought up to date."""

import re
from collections.abc import Mapping
from pathlib import Path

import polib

from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.segments.entry import Catalogue, Entry, State
from edu.segments.po_header import open_po
from edu.segments.segment import clean, fold
from edu.segments.update import update

__all__ = ["Catalogue", "Entry", "State", "new_catalogue", "read_po", "update", "write_po"]

_ADAPT = re.compile(r"adapt:\s*(\S+)$")
_REVIEWED = "reviewed"
_FUZZY = "fuzzy"
_NO_PLURALS = N_("A text of a lesson has no plural forms.")
_NO_SOURCE = N_("An entry needs a source text.")
_ALREADY = N_("This text stands already in line %(line)s, in the same context.")

# The library cuts its input at every sign that Python takes for a line end, also inside
# a quoted text; these stand in for them while it works. A file that holds a stand-in of
# its own is refused at the door.
_LINE_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HIDE = {ord(sign): 0xFDD0 + number for number, sign in enumerate(_LINE_ENDS)}
_SHOW = {stand_in: sign for sign, stand_in in _HIDE.items()}
_STAND_INS = re.compile("[\ufdd0-\ufdef]")


def new_catalogue(tag: str, plural_forms: str = "") -> Catalogue:
    """An empty catalogue for a language tag; `plural_forms` is the value of that header."""
    headers = {
        "Language": tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if plural_forms:
        headers["Plural-Forms"] = plural_forms
    return Catalogue(headers=headers)


def read_po(path_or_bytes: Path | bytes, file: str = "") -> Catalogue:
    """Read a PO file; what is wrong with it is in `mistakes`, with `file` as its name."""
    if isinstance(path_or_bytes, Path):
        file = file or str(path_or_bytes)
        path_or_bytes = path_or_bytes.read_bytes()
    opened = open_po(file, path_or_bytes)
    if opened.mistakes:
        return Catalogue(mistakes=opened.mistakes)
    try:
        read = polib.pofile(opened.text.translate(_HIDE), wrapwidth=0)
    except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else 1
        message = Message(N_("This line stands where none of its kind can stand."))
        return Catalogue(mistakes=(Mistake(file, line, message),))
    return _catalogue(file, read)


def _catalogue(file: str, read: polib.POFile) -> Catalogue:
    mistakes: list[Mistake] = []
    seen: dict[tuple[str, str], int] = {}
    entries: list[Entry] = []
    obsolete: list[Entry] = []
    for found in read:
        line = max(1, int(found.linenum or 0))
        if found.msgid_plural:
            mistakes.append(Mistake(file, line, Message(_NO_PLURALS)))
            continue
        entry = _entry(found, line)
        if found.obsolete:
            obsolete.append(entry)
            continue
        if not entry.source:
            mistakes.append(Mistake(file, line, Message(_NO_SOURCE)))
            continue
        if entry.key in seen:
            message = Message(_ALREADY, line=seen[entry.key])
            mistakes.append(Mistake(file, line, message))
        seen.setdefault(entry.key, line)
        entries.append(entry)
    return Catalogue(
        tuple(entries),
        tuple(obsolete),
        {name: _shown(value) for name, value in read.metadata.items()},
        _shown(read.header),
        tuple(mistakes),
    )


def _shown(text: str) -> str:
    return text.translate(_SHOW)


def _entry(found: polib.POEntry, line: int) -> Entry:
    remarks: list[str] = []
    adaptation, reviewed = "", False
    for remark in _shown(found.tcomment).split("\n"):
        if adapt := _ADAPT.match(remark.strip()):
            adaptation = adapt.group(1)
        elif remark.strip() == _REVIEWED:
            reviewed = True
        elif remark.strip():
            remarks.append(fold(remark))
    target = _shown(found.msgstr)
    state: State = "untranslated"
    if target:
        state = "stale" if _FUZZY in found.flags else "translated"
    previous = found.previous_msgid
    return Entry(
        context=_shown(found.msgctxt or ""),
        source=_shown(found.msgid),
        target=target,
        state=state,
        previous_source=None if previous is None else _shown(previous),
        notes=_shown(found.comment),
        remarks=tuple(remarks),
        places=tuple(
            (name.replace("%20", " "), int(number or 0)) for name, number in found.occurrences
        ),
        adaptation=adaptation,
        # A review was of the target with the source as it was: it ends when that moves.
        reviewed=reviewed and state == "translated",
        flags=tuple(flag for flag in found.flags if flag != _FUZZY),
        line=line,
    )


def write_po(catalogue: Catalogue, headers: Mapping[str, str] | None = None) -> str:
    """The catalogue as the text of a PO file; `headers` (plural forms) win over its own."""
    file = polib.POFile(wrapwidth=0)
    file.header = _hidden(catalogue.comment)
    defaults = new_catalogue("").headers
    # A fixed order, so that two writings of one catalogue are the same bytes.
    for name, value in {**defaults, **catalogue.headers, **(headers or {})}.items():
        file.metadata[name] = _hidden(fold(value))
    file.metadata["Content-Type"] = "text/plain; charset=UTF-8"
    for entry in catalogue.entries:
        file.append(_written(entry))
    for entry in catalogue.obsolete:
        written = _written(entry)
        written.obsolete = True
        written.previous_msgid = None
        file.append(written)
    text: str = file.__unicode__()
    return text.translate(_SHOW)


def _hidden(text: str) -> str:
    return _STAND_INS.sub("\ufffd", clean(text)).translate(_HIDE)


def _remark(remark: str) -> str:
    """A remark that only looks like one of our marks must not become one."""
    folded = fold(remark).replace("\n", " ")
    if folded == _REVIEWED or _ADAPT.match(folded):
        return f"Remark: {folded}"
    return folded


def _written(entry: Entry) -> polib.POEntry:
    remarks = [remark for remark in map(_remark, entry.remarks) if remark]
    if entry.adaptation:
        remarks.append(f"adapt: {entry.adaptation}")
    if entry.reviewed and entry.state == "translated":
        remarks.append(_REVIEWED)
    notes = "\n".join(note for note in map(fold, entry.notes.split("\n")) if note)
    return polib.POEntry(
        msgctxt=_hidden(entry.context) or None,
        msgid=_hidden(entry.source),
        msgstr=_hidden(entry.target),
        comment=_hidden(notes),
        tcomment=_hidden("\n".join(remarks)),
        occurrences=[
            (_hidden(name).replace(" ", "%20"), str(line) if line else "")
            for name, line in entry.places
        ],
        flags=[*([_FUZZY] if entry.state == "stale" else []), *entry.flags],
        previous_msgid=None if entry.previous_source is None else _hidden(entry.previous_source),
    )
