"""The folder of finished pages: each one written whole, already compressed."""

import hashlib
import os
import shutil
import zlib
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import brotli

#: Encodings by the ending of the file that holds them, the smallest first.
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
#: Recordings and pictures are packed already; packing them again only costs.
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".vtt", ".webmanifest")


#: How many pages are packed at once, and how many more may wait drawn for it.
_HANDS = min(os.cpu_count() or 1, 8)
_AHEAD = 32


@dataclass(frozen=True)
class Page:
    """One finished file of the site: its address without the leading slash, and its bytes."""

    path: str
    body: bytes

    @property
    def file(self) -> str:
        """Where it lies: an address that ends in a slash is an index."""
        return self.path + "index.html" if self.path.endswith("/") or not self.path else self.path


def publish(folder: Path, pages: Iterable[Page]) -> int:
    """Make the folder hold exactly these pages; returns how many had to be written.

    A page whose bytes did not change is left alone, because compressing well costs far more
    than rendering. A page is never seen half written.
    """
    written = 0
    kept: set[Path] = set()
    waiting: deque[Future[bool]] = deque()
    # Packing lets go of the interpreter, and a disk lets wait: meanwhile the next page is drawn.
    with ThreadPoolExecutor(_HANDS, thread_name_prefix="pages") as hands:
        for page in pages:
            file = folder / page.file
            kept.update(_forms_of(file))
            waiting.append(hands.submit(_write_if_new, file, page.body))
            if len(waiting) > _AHEAD:
                written += waiting.popleft().result()
        written += sum(each.result() for each in waiting)
    _remove_others(folder, kept)
    return written


def _forms_of(file: Path) -> list[Path]:
    """The plain file, and its packed forms where packing helps."""
    endings = ("", ".br", ".gz") if file.suffix in _TEXT else ("",)
    return [file.with_name(file.name + ending) for ending in endings]


def _is_same(file: Path, body: bytes) -> bool:
    try:
        return file.read_bytes() == body and all(form.exists() for form in _forms_of(file))
    except OSError:
        return False


def _write_if_new(file: Path, body: bytes) -> bool:
    if _is_same(file, body):
        return False
    _write(file, body)
    return True


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # The plain file comes last: its sameness vouches for the other two.
    if file.suffix in _TEXT:
        _replace(file.with_name(file.name + ".br"), brotli.compress(body, quality=11))
        _replace(file.with_name(file.name + ".gz"), gzip(body))
    _replace(file, body)


def gzip(body: bytes) -> bytes:
    """The smallest gzip stream, without a time in it: the same page gives the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


def _replace(file: Path, body: bytes) -> None:
    new = file.with_name(f".{file.name}.{os.getpid()}")
    with open(new, "wb") as handle:
        handle.write(body)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(new, file)


def _remove_others(folder: Path, kept: set[Path]) -> None:
    for file in [each for each in folder.rglob("*") if each.is_file() and each not in kept]:
        file.unlink()
    for empty in sorted((each for each in folder.rglob("*") if each.is_dir()), reverse=True):
        if not any(empty.iterdir()):
            shutil.rmtree(empty)


def etag(body: bytes) -> str:
    """A strong ETag's value for these bytes."""
    return hashlib.sha256(body).hexdigest()[:24]
