"""Parcels as PO files: what Poedit, OmegaT, Weblate and polib open.

The layout is that of the files in `translations/`; what PO has no place for stands in comments
`# daraja-<name>: <text>`, which these tools keep.
"""

import re
from typing import Any

import polib

from edu.exchange.marks import marks_of, records_of, records_text, with_marks
from edu.exchange.unit import Operation, Parcel, State, Unit
from edu.gate.refused import Refused, refuse
from edu.languages import language
from edu.lessons.words import N_
from edu.segments.po_header import open_po

_MARK = re.compile(r"daraja-([a-z-]+): (.*)")
_MORE = re.compile(r"daraja\+ (.*)")
#: polib breaks longer lines of a comment where it likes, so we break them ourselves.
_WIDEST, _PIECE = 74, 56
_ADAPT = re.compile(r"adapt:\s*(\S+)")
_REVIEWED = "reviewed"
_FUZZY = "fuzzy"
#: A line that people wrote, and that would not come back as it is.
_LINE = "remark"
_MODULE, _PART = "X-Daraja-Module", "X-Daraja-Part"
#: In the comment of the header: a header's own lines would not bear every sign.
_BLOCKS = "blocks"
#: PO says these in its own way.
_NATIVE = ("variant", "operation", "adapt", "made-from", "places", "plural")
#: These help whoever translates; Poedit shows such comments beside the text.
_TOLD = ("block", "safety")
# What the library takes for the end of a line, or drops at its edges.
_AWKWARD = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029]|^ | $| (?= )|\\")
_EDGE = re.compile(r"^ | $")
_ESCAPED = re.compile(r"\\([0-9a-f]{4})")
_LINE_ENDS = {ord(sign): " " for sign in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}


def write(parcel: Parcel) -> bytes:
    """A parcel as the bytes of a PO file; the same parcel makes the same bytes."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Language": parcel.tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language(parcel.tag).plural.header,
        _MODULE: parcel.module,
        **({_PART: parcel.part} if parcel.part else {}),
    }
    if parcel.blocks:
        file.header = _mark(_BLOCKS, records_text(parcel.blocks))
    for unit in parcel.units:
        file.append(_entry(unit))
    text: str = file.__unicode__()
    return text.encode()


def read(content: bytes, name: str) -> Parcel:
    """The parcel in a PO file that the gate let in. Raises Refused where it cannot be read."""
    opened = open_po(name, content)
    if opened.mistakes:
        raise Refused(list(opened.mistakes))
    try:
        file = polib.pofile(opened.text.translate(_LINE_ENDS), wrapwidth=0)
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        raise refuse(name, N_("This PO file cannot be read.")) from None
    tag = file.metadata.get("Language", "").replace("_", "-")
    units = tuple(_unit(entry, tag) for entry in file if entry.msgid and not entry.obsolete)
    module, part = (file.metadata.get(name, "") for name in (_MODULE, _PART))
    return Parcel(tag, module, units, part, blocks=_blocks(file.header))


def _blocks(header: str) -> tuple[dict[str, Any], ...]:
    return records_of(_Said(header).marks.get(_BLOCKS, ""))


def _entry(unit: Unit) -> polib.POEntry:
    native = [name for name in _NATIVE if name != "operation" or not unit.of_own_block]
    marks = {name: text for name, text in marks_of(unit).items() if name not in native}
    if unit.state is not State.RELEASED:
        marks.pop("state", None)
    told = [_mark(name, marks.pop(name)) for name in _TOLD if name in marks]
    remarks = [_remark(remark) for remark in unit.remarks]
    remarks += [_mark(name, text) for name, text in marks.items()]
    if unit.change:
        remarks.append(f"adapt: {unit.change}")
    if unit.state in (State.REVIEWED, State.RELEASED):
        remarks.append(_REVIEWED)
    return polib.POEntry(
        msgctxt=unit.context or None,
        msgid=unit.source,
        msgstr="" if unit.plural else unit.target,
        msgid_plural=unit.plural,
        msgstr_plural=dict(enumerate(unit.forms)) if unit.plural else {},
        comment="\n".join([*(_remark(note) for note in unit.notes), *told]),
        tcomment="\n".join(remarks),
        occurrences=[(file.replace(" ", "%20"), str(line)) for file, line in unit.places],
        flags=[_FUZZY] if unit.state is State.STALE else [],
        previous_msgid=unit.made_from or None,
        previous_msgctxt=unit.context if unit.made_from else None,
    )


def _unit(entry: polib.POEntry, tag: str) -> Unit:
    said, told = _Said(entry.tcomment), _Said(entry.comment)
    state = _state(entry, said)
    unit = Unit(
        id="",
        context=entry.msgctxt or "",
        source=entry.msgid,
        target=entry.msgstr,
        operation=_operation(entry, said.change),
        variant=tag,
        made_from=entry.previous_msgid or "",
        remarks=tuple(said.lines),
        notes=tuple(told.lines),
        change=said.change,
        places=tuple(
            (file.replace("%20", " "), int(line))
            for file, line in entry.occurrences
            if str(line).isdecimal()
        ),
        plural=entry.msgid_plural or "",
        forms=tuple(text for _number, text in sorted(entry.msgstr_plural.items())),
        at=f"line {entry.linenum or 1}",
    )
    return with_marks(unit, {**told.marks, **said.marks, "state": str(state)})


class _Said:
    """What a comment says: marks, our own two words, and the lines that people wrote."""

    def __init__(self, comment: str) -> None:
        self.marks: dict[str, str] = {}
        self.lines: list[str] = []
        self.change, self.reviewed = "", False
        for line in _joined(comment):
            if mark := _MARK.fullmatch(line):
                self._mark(mark[1], _ESCAPED.sub(lambda code: chr(int(code[1], 16)), mark[2]))
            elif adapted := _ADAPT.fullmatch(line.strip()):
                self.change = adapted[1]
            elif line.strip() == _REVIEWED:
                self.reviewed = True
            elif line.strip():
                self.lines.append(line)

    def _mark(self, name: str, text: str) -> None:
        if name == _LINE:
            self.lines.append(text)
        else:
            self.marks[name] = text


def _joined(comment: str) -> list[str]:
    """The lines of a comment, marks that were broken in one piece again."""
    lines: list[str] = []
    for line in comment.split("\n"):
        more = _MORE.fullmatch(line)
        if more and lines:
            lines[-1] += more[1]
        else:
            lines.append(line)
    return lines


def _state(entry: polib.POEntry, said: _Said) -> State:
    if not entry.msgstr and not any(entry.msgstr_plural.values()):
        return State.UNTRANSLATED
    if _FUZZY in entry.flags:
        return State.STALE
    if not said.reviewed:
        return State.DRAFT
    return State.RELEASED if said.marks.get("state") == State.RELEASED else State.REVIEWED


def _operation(entry: polib.POEntry, adapted: str) -> Operation:
    if adapted:
        return Operation.ADAPT
    words = entry.msgstr or any(entry.msgstr_plural.values())
    return Operation.TRANSLATE if words else Operation.INHERIT


def _mark(name: str, text: str) -> str:
    """A mark, on as many lines as it needs."""
    escaped = _AWKWARD.sub(_escape, text)
    pieces = [escaped[at : at + _PIECE] for at in range(0, len(escaped), _PIECE)] or [""]
    first, *more = [_EDGE.sub(_escape, piece) for piece in pieces]
    return "\n".join([f"daraja-{name}: {first}", *(f"daraja+ {piece}" for piece in more)])


def _escape(found: re.Match[str]) -> str:
    return "".join(f"\\{ord(sign):04x}" for sign in found[0])


def _remark(remark: str) -> str:
    """A remark on its own line; one that would not come back as it is stands in a mark."""
    ours = _MARK.fullmatch(remark) or _MORE.fullmatch(remark) or _ADAPT.fullmatch(remark)
    odd = ours or _AWKWARD.search(remark) or remark in ("", _REVIEWED)
    return _mark(_LINE, remark) if odd or len(remark) > _WIDEST else remark
