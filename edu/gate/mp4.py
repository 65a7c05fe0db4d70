"""MP4 recordings and films: the boxes that are needed, everything said about the making blanked.

Boxes with tags, places and notes (`udta`, `meta`, `uuid`) become free space of the same length,
so that nothing that a player looks for moves; the days of recording become 0. A track that is
neither sound, picture nor captions may carry a path of places, so it is refused.
Source: ISO/IEC 14496-12, sections 4.2, 6.2.3, 8.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edu.gate.refused import refuse
from edu.lessons.words import N_

_BRANDS = frozenset(
    b"isom.iso2.iso3.iso4.iso5.iso6.mp41.mp42.avc1.dash.M4A .M4B .M4V .f4v .mmp4.3gp4".split(b".")
)
_TOP = frozenset(b"ftyp moov mdat free skip wide moof sidx styp mfra pdin uuid meta udta".split())
_BLANKED = frozenset(b"udta meta uuid free skip wide name".split())
_OPENED = frozenset(b"moov trak mdia minf edts dinf mvex moof traf mfra".split())
_DATED = frozenset(b"mvhd tkhd mdhd".split())
_TRACKS = {"sound": (b"soun",), "film": (b"soun", b"vide", b"text", b"sbtl", b"subt")}
#: What else telephones write at the top of a film that is decoded and packed anew.
_BY_TELEPHONES = frozenset({b"qt  ", b"3gp5", b"3gp6", b"3g2a", b"MSNV"})
_DAMAGED = N_("The recording is damaged or cut off.")
_DEEPEST = 12
_MOST_BOXES = 50_000


@dataclass(frozen=True)
class Box:
    """One box: its kind, where its content begins and where it ends, in bytes."""

    kind: bytes
    head: int
    start: int
    end: int


def clean_mp4(content: bytes, name: str, kind: str) -> bytes:
    """The same recording of the same length; `kind` is `sound` or `film`."""
    if content[4:8] != b"ftyp" or content[8:12] not in _BRANDS:
        raise refuse(name, N_("This is no %(kind)s file, whatever its name says."), kind="MP4")
    made = bytearray(content)
    boxes = list(_boxes(content, 0, len(content), name))
    kinds = [box.kind for box in boxes]
    if kinds.count(b"moov") != 1 or not set(kinds) <= _TOP:
        raise refuse(name, _DAMAGED)
    handlers: list[bytes] = []
    _blank(made, boxes, handlers, name)
    if not handlers or not set(handlers) <= set(_TRACKS[kind]):
        raise refuse(name, N_("A track holds other data than sound, pictures or captions."))
    if kind == "film" and b"vide" not in handlers:
        raise refuse(name, N_("The film has no pictures."))
    return bytes(made)


def check_boxes(content: bytes, name: str) -> None:
    """Refused where the top of a film, of which nothing is kept, is not made of whole boxes."""
    kinds = [box.kind for box in _boxes(content, 0, len(content), name)]
    if content[8:12] not in _BRANDS | _BY_TELEPHONES or kinds.count(b"moov") != 1:
        raise refuse(name, _DAMAGED)


def head_first(content: bytes, name: str) -> bytes:
    """A film of ours with its head in front, so that a player begins before all of it is there.
    The places of its pictures in the file, which the head tells, move along."""
    boxes = list(_boxes(content, 0, len(content), name))
    head = next(box for box in boxes if box.kind == b"moov")
    first = next(box for box in boxes if box.kind == b"mdat")
    if head.head < first.head:
        return content
    moved = bytearray(content[head.head : head.end])
    _move(moved, 8, len(moved), head.end - head.head, name)
    rest = content[: head.head] + content[head.end :]
    return rest[: first.head] + bytes(moved) + rest[first.head :]


def _move(made: bytearray, start: int, end: int, by: int, name: str) -> None:
    for box in list(_boxes(bytes(made), start, end, name)):
        if box.kind in _OPENED | {b"stbl"}:
            _move(made, box.start, box.end, by, name)
        elif box.kind in (b"stco", b"co64"):
            wide = 4 if box.kind == b"stco" else 8
            for at in range(box.start + 8, box.end, wide):
                place = int.from_bytes(made[at : at + wide], "big") + by
                made[at : at + wide] = place.to_bytes(wide, "big")


def _blank(
    made: bytearray, boxes: list[Box], handlers: list[bytes], name: str, depth: int = 0
) -> None:
    """Blank what tells of the making, in place, and note what each track holds."""
    if depth > _DEEPEST:
        raise refuse(name, _DAMAGED)
    for box in boxes:
        if box.kind in _BLANKED:
            made[box.head + 4 : box.head + 8] = b"free"
            made[box.start : box.end] = bytes(box.end - box.start)
        elif box.kind in _OPENED:
            inner = list(_boxes(bytes(made), box.start, box.end, name))
            _blank(made, inner, handlers, name, depth + 1)
        elif box.kind in _DATED:
            _undate(made, box, name)
        elif box.kind == b"hdlr":
            handlers.append(bytes(made[box.start + 8 : box.start + 12]))
            # Behind the fixed part stands a name: the telephone's maker writes there too.
            made[box.start + 24 : box.end] = bytes(max(0, box.end - box.start - 24))


def _undate(made: bytearray, box: Box, name: str) -> None:
    long = 8 if made[box.start : box.start + 1] == b"\1" else 4
    if box.end - box.start < 4 + 2 * long:
        raise refuse(name, _DAMAGED)
    made[box.start + 4 : box.start + 4 + 2 * long] = bytes(2 * long)


def _boxes(content: bytes, at: int, end: int, name: str) -> Iterator[Box]:
    count = 0
    while at < end:
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        start = at + 8
        if size == 1:
            size, start = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        count += 1
        if len(kind) < 4 or size < start - at or at + size > end or count > _MOST_BOXES:
            raise refuse(name, _DAMAGED)
        yield Box(kind, at, start, at + size)
        at += size
