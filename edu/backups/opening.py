"""Open a backup that may come from anybody, and believe nothing of it that was not counted."""

import hashlib
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

import pyrage

from edu.backups.pack import MANIFEST, Manifest, Part, Unusable, read_manifest
from edu.backups.values import LONGEST_ROW

_ZIP, _AGE = b"PK\x03\x04", b"age-encryption.org/v1"
#: More than any backup has; each table is one member.
_MEMBERS = 300
_DIRECTORY = 64 * 1024
_MANIFEST_SIZE = 1024 * 1024
#: Rows of JSON pack well, but never this well; what unpacks to more is a trap.
_RATIO, _RATIO_FROM = 200, 64 * 1024 * 1024
_STEP = 1024 * 1024
#: Everything that a damaged zip file makes Python's reader raise.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


@dataclass(frozen=True)
class Opened:
    """A backup whose every byte was read once and found to be what its manifest says."""

    archive: zipfile.ZipFile
    manifest: Manifest

    def lines(self, member: str) -> Iterator[bytes]:
        """The rows of a table, one by one. Raises Unusable."""
        with self._reading(), self.archive.open(member) as source:
            while line := source.readline(LONGEST_ROW + 1):
                if len(line) > LONGEST_ROW or not line.endswith(b"\n"):
                    raise Unusable(f"{member} has a row that is too long, or is cut off.")
                yield line

    def content(self, member: str) -> bytes:
        """A small member whole."""
        with self._reading():
            return self.archive.read(member)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            raise Unusable("The backup cannot be read to its end.") from error


@contextmanager
def opened(file: Path, key: Path | None, scratch: Path) -> Iterator[Opened]:
    """A backup, decrypted where it must be, and checked in full. Raises Unusable.

    What is decrypted lies in a file without a name in `scratch`, and is gone with this block.
    """
    try:
        with open(file, "rb") as source, _plain(source, key, scratch) as readable:
            yield _checked(readable)
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror or error}") from error


@contextmanager
def _plain(source: BinaryIO, key: Path | None, scratch: Path) -> Iterator[BinaryIO]:
    start = source.read(len(_AGE))
    source.seek(0)
    if start.startswith(_ZIP):
        yield source
        return
    if start != _AGE:
        raise Unusable("This is not a backup of Daraja, or its beginning is damaged.")
    if key is None:
        raise Unusable("This backup is encrypted. Say where its secret key is: --key FILE")
    with tempfile.TemporaryFile(dir=scratch) as target:
        try:
            pyrage.decrypt_io(source, target, identities(key))
        except (pyrage.DecryptError, OSError) as error:
            # A stream that is cut off or bent is an OSError too; only the disk's own has a number.
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise Unusable(
                "This key does not open this backup, or the backup is damaged. Try your other keys"
                " and your other copies."
            ) from error
        target.seek(0)
        if target.read(len(_ZIP)) != _ZIP:
            raise Unusable("What was encrypted is not a backup of Daraja.")
        target.seek(0)
        yield target


def identities(key: Path) -> list[pyrage.x25519.Identity]:
    """The secret keys in a file, as `flask backup-key` and age-keygen write them."""
    try:
        text = key.read_text(encoding="utf-8")
        # Typed from paper, a key may have spaces, small letters and several lines.
        lines = ["".join(line.split()).upper() for line in text.splitlines()]
        found = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line.startswith("AGE-SECRET-KEY-1")
        ]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise Unusable(
            f"{key} cannot be read as a secret key. Look for a typing mistake."
        ) from error
    if not found:
        raise Unusable(f"{key} holds no secret key; it begins with AGE-SECRET-KEY-1")
    return found


def _checked(source: BinaryIO) -> Opened:
    size = os.fstat(source.fileno()).st_size
    try:
        _refuse_long_directory(source, size)
        archive = zipfile.ZipFile(source)
        members = archive.infolist()
        _refuse_traps(members, size)
        with archive.open(MANIFEST) as member:
            content = member.read(_MANIFEST_SIZE + 1)
        manifest = read_manifest(content)
        names = [member.filename for member in members]
        if sorted(names) != sorted([MANIFEST, *manifest.parts]):
            raise Unusable("The backup does not hold what its list of contents names.")
        for name, part in manifest.parts.items():
            with archive.open(name) as member:
                _refuse_other_than(part, member, name)
    except _BROKEN as error:
        raise Unusable("The backup is damaged or cut off. Use another copy.") from error
    return Opened(archive, manifest)


def _refuse_long_directory(source: BinaryIO, size: int) -> None:
    """Python reads the whole list of members at once; ours is short."""
    tail = min(size, 22 + 20 + 56)
    source.seek(size - tail)
    end = source.read(tail)
    source.seek(0)
    if end[-22:-18] != b"PK\x05\x06":
        raise Unusable("The backup is cut off at its end. Use another copy.")
    count, length = struct.unpack("<HL", end[-12:-6])
    if end[-42:-38] == b"PK\x06\x07":
        if end[-98:-94] != b"PK\x06\x06":
            raise Unusable("The backup's list of members is not where it should be.")
        count = max(count, struct.unpack("<Q", end[-66:-58])[0])
        length = max(length, struct.unpack("<Q", end[-58:-50])[0])
    if count > _MEMBERS or length > _DIRECTORY:
        raise Unusable("The backup has more members than any backup of ours.")


def _refuse_traps(members: list[zipfile.ZipInfo], size: int) -> None:
    names = {member.filename for member in members}
    if len(names) != len(members) or len(members) > _MEMBERS:
        raise Unusable("The backup holds a member twice.")
    if any(member.flag_bits & 0x1 for member in members):
        raise Unusable("The backup's members are locked with a password; ours never are.")
    total = sum(member.file_size for member in members)
    if total > _RATIO_FROM and total > _RATIO * size:
        raise Unusable("The backup would unpack to far more than it holds.")


def _refuse_other_than(part: Part, member: IO[bytes], name: str) -> None:
    digest, size, rows = hashlib.sha256(), 0, 0
    while size <= part.size and (piece := member.read(_STEP)):
        digest.update(piece)
        size += len(piece)
        rows += piece.count(b"\n") if part.columns else 0
    if (digest.hexdigest(), size, rows) != (part.sha256, part.size, part.rows):
        raise Unusable(f"{name} in the backup is not what was written into it. Use another copy.")
