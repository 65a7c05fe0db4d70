"""WebM films: the elements that are needed, and empty space where something told of the making.

Tags, attachments, titles, days and names of tracks become empty elements of the same length, so
that nothing that a player looks for moves. Source: RFC 8794 (EBML), RFC 9559 (Matroska).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edu.gate.refused import refuse
from edu.lessons.words import N_

_EBML, _SEGMENT, _CLUSTER, _TRACKS, _INFO = (
    0x1A45DFA3,
    0x18538067,
    0x1F43B675,
    0x1654AE6B,
    0x1549A966,
)
_TRACK, _TYPE, _CODEC, _DOCTYPE = 0xAE, 0x83, 0x86, 0x4282
_VOID = 0xEC
#: Tags, attachments, chapters, checksums (they no longer hold), and in `_INFO` and `_TRACK`:
#: title, day, file names, identities of the file and its neighbours, the program, track names.
_BLANKED = frozenset(
    {0x1254C367, 0x1941A469, 0x1043A770, 0xBF, _VOID}
    | {0x7BA9, 0x4461, 0x7384, 0x3C83AB, 0x3EB923, 0x73A4, 0x3CB923, 0x3E83BB, 0x4444, 0x536E}
)
#: What may stand in a segment: seek table, info, tracks, clusters, cues, and what is blanked;
#: and what stands in a cluster whose length nobody knew when it was written.
_IN_SEGMENT = frozenset({0x114D9B74, _INFO, _TRACKS, _CLUSTER, 0x1C53BB6B}) | _BLANKED
_IN_CLUSTER = frozenset({0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0x5854})
_CODECS = (b"V_VP8", b"V_VP9", b"V_AV1", b"A_OPUS", b"A_VORBIS")
_DAMAGED = N_("The film is damaged or cut off.")
_MOST_ELEMENTS = 200_000


@dataclass(frozen=True)
class Element:
    """One element: its identity, where its head and its content begin, where it ends."""

    id: int
    head: int
    start: int
    end: int
    known: bool


def clean_webm(content: bytes, name: str, kind: str = "film") -> bytes:
    """The same film of the same length; `kind` is `film`, or `sound` where it has no pictures."""
    if not content.startswith(b"\x1aE\xdf\xa3"):
        raise refuse(name, N_("This is no %(kind)s file, whatever its name says."), kind="WebM")
    made = bytearray(content)
    outer = list(_elements(content, 0, len(content), name))
    if [element.id for element in outer] != [_EBML, _SEGMENT]:
        raise refuse(name, _DAMAGED)
    head, segment = outer
    kinds = [content[each.start : each.end] for each in _inner(content, head, _DOCTYPE, name)]
    if kinds != [b"webm"]:
        raise refuse(name, N_("This is no %(kind)s file, whatever its name says."), kind="WebM")
    tracks = 0
    for element in _elements(content, segment.start, segment.end, name):
        if element.id in _BLANKED:
            _blank(made, element, name)
        elif element.id == _INFO:
            _blank_inside(made, element, name)
        elif element.id == _TRACKS:
            tracks += _check_tracks(made, element, name)
        elif element.id not in _IN_SEGMENT | _IN_CLUSTER:
            raise refuse(name, _DAMAGED)
    if kind == "film" and not tracks:
        raise refuse(name, N_("The film has no pictures."))
    if kind == "sound" and tracks:
        raise refuse(name, N_("This is a film. A recording of a voice alone is needed."))
    return bytes(made)


def _check_tracks(made: bytearray, tracks: Element, name: str) -> int:
    """Blank the names of tracks; Refused for a codec that browsers do not play. Their number."""
    content = bytes(made)
    _blank_inside(made, tracks, name)
    count = 0
    for track in _inner(content, tracks, _TRACK, name):
        codecs = [content[each.start : each.end] for each in _inner(content, track, _CODEC, name)]
        types = [content[each.start : each.end] for each in _inner(content, track, _TYPE, name)]
        if len(codecs) != 1 or codecs[0].rstrip(b"\0") not in _CODECS:
            raise refuse(name, N_("A track holds other data than sound and pictures."))
        _blank_inside(made, track, name)
        count += types == [b"\x01"]
    return count


def _inner(content: bytes, outer: Element, id: int, name: str) -> list[Element]:
    return [each for each in _elements(content, outer.start, outer.end, name) if each.id == id]


def _blank_inside(made: bytearray, outer: Element, name: str) -> None:
    for element in list(_elements(bytes(made), outer.start, outer.end, name)):
        if element.id in _BLANKED:
            _blank(made, element, name)


def _blank(made: bytearray, element: Element, name: str) -> None:
    """Put an empty element in the place of this one; it takes 2 bytes at least."""
    total = element.end - element.head
    if not element.known or total < 2:
        raise refuse(name, _DAMAGED)
    length = 1 if total < 128 else 8
    size = total - 1 - length
    marked = size | 1 << (7 * length)
    made[element.head : element.end] = bytes([_VOID]) + marked.to_bytes(length, "big") + bytes(size)


def _elements(content: bytes, at: int, end: int, name: str) -> Iterator[Element]:
    """The elements between two places; one of unknown length is opened, not jumped over."""
    count = 0
    while at < end:
        head = at
        id, at = _number(content, at, end, 4, name, keep=True)
        size, start = _number(content, at, end, 8, name, keep=False)
        known = size != (1 << (7 * (start - at))) - 1
        stop = start + size if known else (start if id == _CLUSTER else end)
        count += 1
        if stop > end or count > _MOST_ELEMENTS or (not known and id not in (_SEGMENT, _CLUSTER)):
            raise refuse(name, _DAMAGED)
        yield Element(id, head, start, stop, known)
        at = stop


def _number(
    content: bytes, at: int, end: int, longest: int, name: str, *, keep: bool
) -> tuple[int, int]:
    """A number whose first bits say how long it is; `keep` leaves that mark in it."""
    first = content[at] if at < end else 0
    length = 9 - first.bit_length()
    if not first or length > longest or at + length > end:
        raise refuse(name, _DAMAGED)
    number = int.from_bytes(content[at : at + length], "big")
    return number if keep else number & ~(1 << (7 * length)), at + length
