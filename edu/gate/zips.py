"""Zip files from strangers, by rules of our own: the directory first, then each entry.

A zip says everything twice, and programs differ in which they believe. Here both must agree:
the entries lie one behind the other from the first byte to the directory, none inside another,
nothing before, between or behind them. What an entry unpacks to is counted while it unpacks.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from edu.gate.names import alike, path_problem, shown
from edu.gate.refused import Refused, refuse

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_UNIX = 3
_ENCRYPTED, _DESCRIBED_BEHIND, _UTF8, _HIDDEN = 1, 8, 0x800, 0x2000
_PIECE = 64 * 1024
#: What a data descriptor behind an entry may take, in bytes, with and without its mark.
_DESCRIPTORS = (12, 16)


@dataclass(frozen=True)
class Rules:
    """What a zip may hold; sizes in bytes, `ratio` is unpacked size to packed size.

    `also` are paths that are allowed although their names keep no rule of ours.
    """

    endings: tuple[str, ...]
    also: frozenset[str] = frozenset()
    entries: int = 500
    unpacked: int = 100 * 1024 * 1024
    largest: int = 20 * 1024 * 1024
    ratio: int = 200


@dataclass(frozen=True)
class Entry:
    """One file in a zip, as both its heads describe it; sizes and places in bytes."""

    path: str
    method: int
    packed: int
    size: int
    checksum: int
    start: int
    flags: int
    end: int = 0


def read_directory(file: BinaryIO, name: str, rules: Rules) -> list[Entry]:
    """The files in a zip, in the order in which they lie; Refused unless all rules are kept.

    `file` can be sought in; `name` is the zip's as it may be shown. Nothing is unpacked yet.
    """
    length = file.seek(0, 2)
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise refuse(name, "This is not a zip file, or something stands before its beginning.")
    count, start = _end_of_directory(file, length, name)
    if count > rules.entries:
        raise refuse(name, f"The pack holds more than {rules.entries} files.")
    file.seek(start)
    listed = sorted(_listed(file, count, name), key=lambda entry: entry.start)
    if file.tell() != length - _END.size:
        raise refuse(name, "The pack's list of files is not where it should end.")
    _check_names(listed, name, rules)
    _check_sizes(listed, name, rules)
    placed = list(_placed(file, listed, start, name))
    return [entry for entry in placed if not entry.path.endswith("/")]


def unpack(file: BinaryIO, entry: Entry, name: str) -> Iterator[bytes]:
    """The pieces of one file; Refused as soon as it is more, less or other than it said."""
    where = f"{name}/{shown(entry.path)}"
    file.seek(entry.end - entry.packed)
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    left, size, checksum = entry.packed, 0, 0
    while True:
        waiting = engine.unconsumed_tail
        read = waiting or file.read(min(_PIECE, left))
        left -= 0 if waiting else len(read)
        try:
            piece = read if entry.method == _STORED else engine.decompress(read, _PIECE)
        except zlib.error:
            raise refuse(where, "This file in the pack is damaged.") from None
        if not (read or piece):
            break
        size, checksum = size + len(piece), zlib.crc32(piece, checksum)
        if size > entry.size:
            raise refuse(where, "This file in the pack is larger than the pack says.")
        yield piece
    whole = entry.method == _STORED or (engine.eof and not engine.unused_data)
    if left or not whole or size != entry.size or checksum != entry.checksum:
        raise refuse(where, "This file in the pack is damaged.")


def unpacked(file: BinaryIO, name: str, rules: Rules) -> dict[str, bytes]:
    """Every file in a zip by its path; all of them, or Refused."""
    entries = read_directory(file, name, rules)
    return {entry.path: b"".join(unpack(file, entry, name)) for entry in entries}


def _end_of_directory(file: BinaryIO, length: int, name: str) -> tuple[int, int]:
    """How many entries there are, and where their list begins."""
    if length < _END.size:
        raise refuse(name, "The zip file is cut off.")
    file.seek(length - _END.size)
    mark, disk, first, here, count, size, start, comment = _END.unpack(file.read(_END.size))
    if mark != b"PK\x05\x06" or comment:
        raise refuse(name, "Something stands behind the end of the zip file, or it is cut off.")
    if (disk, first) != (0, 0) or here != count:
        raise refuse(name, "The zip file is a part of several.")
    if count == 0:
        raise refuse(name, "The pack is empty.")
    if count == 0xFFFF or 0xFFFFFFFF in (size, start):
        raise refuse(name, "The zip file is of the kind for very large files (zip64).")
    if start + size != length - _END.size:
        raise refuse(name, "The pack's list of files is not where it should be.")
    return count, start


def _listed(file: BinaryIO, count: int, name: str) -> Iterator[Entry]:
    for _ in range(count):
        head = file.read(_ENTRY.size)
        if len(head) != _ENTRY.size or head[:4] != b"PK\x01\x02":
            raise refuse(name, "The pack's list of files is damaged.")
        fields = _ENTRY.unpack(head)
        made_by, _needed, flags, method = fields[1:5]
        checksum, packed, size, named, extra, comment, disk = fields[7:14]
        attributes, start = fields[15:]
        path = _path(file.read(named), flags, name)
        file.seek(extra + comment, 1)
        where = f"{name}/{shown(path)}"
        if flags & (_ENCRYPTED | _HIDDEN):
            raise refuse(where, "This file in the pack is locked with a password.")
        if method not in (_STORED, _DEFLATED):
            raise refuse(where, "This file is packed in a way that is not read here (deflate is).")
        kind = stat.S_IFMT(attributes >> 16) if made_by >> 8 == _UNIX else 0
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise refuse(where, "The pack holds a link or a device; only plain files are taken.")
        if disk or (kind == stat.S_IFDIR) > path.endswith("/"):
            raise refuse(where, "This entry of the pack is damaged.")
        yield Entry(path, method, packed, size, checksum, start, flags)


def _path(written: bytes, flags: int, name: str) -> str:
    if not flags & _UTF8 and not written.isascii():
        raise refuse(name, "A name in the pack is not marked as UTF-8. Pack it with another tool.")
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        raise refuse(name, "A name in the pack is not UTF-8.") from None


def _check_names(entries: list[Entry], name: str, rules: Rules) -> None:
    seen: set[str] = set()
    wrong = []
    for entry in entries:
        folder = entry.path.endswith("/")
        path = entry.path.removesuffix("/")
        where = f"{name}/{shown(path)}"
        problem = path_problem(path, () if folder else rules.endings)
        if problem and entry.path not in rules.also:
            wrong.append(refuse(where, problem))
        elif alike(path) in seen:
            wrong.append(refuse(where, "Two files in the pack have this name, or one alike."))
        seen.add(alike(path))
    # A file cannot lie where another entry needs a folder.
    files = {alike(entry.path) for entry in entries if not entry.path.endswith("/")}
    for path in sorted(seen):
        parents = {path[:at] for at, sign in enumerate(path) if sign == "/"}
        if parents & files:
            wrong.append(refuse(f"{name}/{shown(path)}", "A file of the pack is also a folder."))
    if wrong:
        raise Refused([mistake for each in wrong for mistake in each.mistakes])


def _check_sizes(entries: list[Entry], name: str, rules: Rules) -> None:
    total = sum(entry.size for entry in entries)
    if total > rules.unpacked:
        most = rules.unpacked // 1024**2
        raise refuse(name, f"The pack unpacks to more than {most} MB.")
    for entry in entries:
        where = f"{name}/{shown(entry.path)}"
        if entry.size > rules.largest:
            most = rules.largest // 1024**2
            raise refuse(where, f"This file in the pack is larger than {most} MB.")
        if entry.size > rules.ratio * max(entry.packed, 1024):
            raise refuse(where, "This file unpacks to far more than it was: it looks like a trap.")
        if entry.method == _STORED and entry.size != entry.packed:
            raise refuse(where, "This file in the pack gives two sizes.")
        if entry.path.endswith("/") and entry.size:
            raise refuse(where, "A folder in the pack holds bytes of its own.")


def _placed(file: BinaryIO, entries: list[Entry], directory: int, name: str) -> Iterator[Entry]:
    """Each entry with the place where its bytes end, as its own head says it."""
    at = 0
    for number, entry in enumerate(entries):
        where = f"{name}/{shown(entry.path)}"
        if entry.start != at:
            raise refuse(where, "Bytes in the pack belong to two files or to none.")
        end = _end_by_own_head(file, entry, where)
        at = entries[number + 1].start if number + 1 < len(entries) else directory
        behind = at - end
        described = entry.flags & _DESCRIBED_BEHIND
        if behind not in ((0, *_DESCRIPTORS) if described else (0,)):
            raise refuse(where, "Bytes in the pack belong to two files or to none.")
        yield Entry(**{**entry.__dict__, "end": end})


def _end_by_own_head(file: BinaryIO, entry: Entry, where: str) -> int:
    file.seek(entry.start)
    head = file.read(_LOCAL.size)
    if len(head) != _LOCAL.size or head[:4] != b"PK\x03\x04":
        raise refuse(where, "This entry of the pack is damaged.")
    _, _needed, flags, method, _time, _day, *said, named, extra = _LOCAL.unpack(head)
    path = file.read(named)
    known = [entry.checksum, entry.packed, entry.size]
    agree = said == known or (flags & _DESCRIBED_BEHIND and said == [0, 0, 0])
    if not agree or (flags, method) != (entry.flags, entry.method):
        raise refuse(where, "The pack says two different things about this file.")
    if path != entry.path.encode():
        raise refuse(where, "The pack gives this file two names.")
    return entry.start + _LOCAL.size + named + extra + entry.packed
