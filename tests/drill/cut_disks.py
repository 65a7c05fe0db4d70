"""A disk that remembers what was flushed, so that a power cut can be played at any moment.

SQLite writes through a recording layer (a VFS, as its authors call it). At a cut, everything
that was flushed is there, and of the rest any pieces of 512 bytes, as a real disk would have it.
"""

import random
from dataclasses import dataclass, field
from pathlib import Path

import apsw

_PIECE = 512


@dataclass(frozen=True)
class Operation:
    """One thing done to a file: `write`, `truncate`, `flush` or `delete`."""

    kind: str
    file: str
    place: int = 0
    data: bytes = b""


_Name = str | apsw.URIFilename | None


class _File(apsw.VFSFile):
    def __init__(self, log: list[Operation], name: _Name, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._log = log
        whole = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name = Path(whole or "").name

    def xWrite(self, data: bytes, offset: int) -> None:
        self._log.append(Operation("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._log.append(Operation("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._log.append(Operation("flush", self._name))
        super().xSync(flags)


class RecordingDisk(apsw.VFS):
    """Passes everything on to the real disk and writes down what would change it."""

    def __init__(self, name: str) -> None:
        self.log: list[Operation] = []
        super().__init__(name, "")

    def xOpen(self, name: _Name, flags: list[int]) -> apsw.VFSFile:
        return _File(self.log, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.log.append(Operation("delete", Path(filename).name))
        super().xDelete(filename, syncdir)


@dataclass
class CutDisk:
    """What is on the disk for certain, and what is still on its way, by file."""

    flushed: dict[str, bytearray]
    waiting: dict[str, list[Operation]] = field(default_factory=dict)

    def do(self, operation: Operation) -> None:
        """The next operation of the log."""
        if operation.kind == "delete":
            self.flushed.pop(operation.file, None)
            self.waiting.pop(operation.file, None)
        elif operation.kind == "flush":
            content = self.flushed.setdefault(operation.file, bytearray())
            for each in self.waiting.pop(operation.file, ()):
                _apply(content, each)
        else:
            self.waiting.setdefault(operation.file, []).append(operation)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files as they may be found afterwards: of what was on its way, any pieces."""
        share = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        found = {name: bytearray(content) for name, content in self.flushed.items()}
        for name, operations in self.waiting.items():
            if name not in found and chance.random() > share:
                continue
            content = found.setdefault(name, bytearray())
            for operation in operations:
                for piece in _pieces(operation):
                    if chance.random() < share:
                        _apply(content, piece)
        return {name: bytes(content) for name, content in found.items()}


def _apply(content: bytearray, operation: Operation) -> None:
    if operation.kind == "truncate":
        del content[operation.place :]
        return
    end = operation.place + len(operation.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[operation.place : end] = operation.data


def _pieces(operation: Operation) -> list[Operation]:
    """A write cut where the disk's pieces of 512 bytes begin; a truncation is one piece."""
    if operation.kind != "write":
        return [operation]
    pieces = []
    start, end = operation.place, operation.place + len(operation.data)
    while start < end:
        stop = min(end, (start // _PIECE + 1) * _PIECE)
        data = operation.data[start - operation.place : stop - operation.place]
        pieces.append(Operation("write", operation.file, start, data))
        start = stop
    return pieces
