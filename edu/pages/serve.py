"""Serve finished pages before Flask wakes up: the same bytes for everybody, nothing personal."""

import gzip
import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from werkzeug.sansio.utils import host_is_trusted

from edu.pages.assets import scripts_on
from edu.pages.headers import FINISHED, ONLY_ENCRYPTED, SECURITY, policy
from edu.pages.ranges import PLAYED, part_of
from edu.pages.store import ENCODINGS, etag
from edu.pages.sums import Sums

#: What a file is, by the ending of its name.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt; charset=utf-8",
}
#: A lesson may be replaced by a newer release; an asset's name holds its digest.
FRESH = "max-age=300, stale-while-revalidate=86400"
_FOR_EVER = "public, max-age=31536000, immutable"

#: On pages that may be kept on a phone.
_KEEPS = b'rel="manifest"'

#: Left in the environment where a finished page is not what was written any more.
_DAMAGED = "daraja.damaged"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


@dataclass(frozen=True)
class _Kept:
    """A file in memory, as it was when its time of change was this."""

    changed: int
    body: bytes
    headers: list[tuple[str, str]]
    tag: str


class Published:
    """WSGI: a finished page if there is one for the address, otherwise the application.

    Files are kept in memory and checked against the disk on every request, so that a new
    release shows in every process at once.
    """

    def __init__(self, application: Any, folder: Path, hosts: Sequence[str] = ()) -> None:
        self.application = application
        self.hosts = list(hosts)
        self.folder = str(folder)
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._sums = Sums(folder)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # For a host that is not ours the application has the answer: no.
        ours = not self.hosts or host_is_trusted(environ.get("HTTP_HOST", ""), self.hosts)
        if ours and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            found = self._find(environ["PATH_INFO"], environ.get("HTTP_ACCEPT_ENCODING", ""))
            if found is not None:
                return _answer(found, environ, start_response)
            if self._is_folder(environ["PATH_INFO"]):
                return _add_slash(environ, start_response)
            environ[_DAMAGED] = self._is_there(environ["PATH_INFO"])
        answer: Iterable[bytes] = self.application(environ, start_response)
        return answer

    def _find(self, path: str, accepted: str) -> _Kept | None:
        # One spelling of each address, so that the memory holds each file once; and nothing
        # that could lead out of the folder. (WSGI hands addresses over in Latin-1.)
        if not path.startswith("/") or not path.isascii():
            return None
        if any(odd in path for odd in ("//", "/.", "\0", "\\")):
            return None
        name = path + "index.html" if path.endswith("/") else path
        encodings = _accepted(accepted)
        for encoding, ending in ENCODINGS:
            if encoding in encodings:
                found = self._file(name, ending, encoding)
                if found is not None:
                    return found
        return self._file(name, "", "")

    def _is_there(self, path: str) -> bool:
        """Whether there is a file for an address that cannot be shown, so it must be damaged."""
        name = path + "index.html" if path.endswith("/") else path
        return path.isascii() and "/." not in path and os.path.isfile(self.folder + name)

    def _is_folder(self, path: str) -> bool:
        """Whether only the slash at the end is missing."""
        if path.endswith("/"):
            return False
        return self._find(path + "/", "") is not None

    def _file(self, name: str, ending: str, encoding: str) -> _Kept | None:
        file = self.folder + name + ending
        try:
            status = os.stat(file)
        except OSError:
            return None
        kept = self._kept.get((name, encoding))
        if kept is not None and kept.changed == status.st_mtime_ns:
            return kept
        try:
            with open(file, "rb") as handle:
                body = handle.read()
        except OSError:
            return None
        if not self._sums.fits(name[1:] + ending, body, status.st_mtime_ns):
            return None
        try:
            kept = _Kept(status.st_mtime_ns, body, *_headers(name, encoding, body))
        except (brotli.error, zlib.error, OSError, EOFError):  # it cannot be unpacked any more
            return None
        self._kept[name, encoding] = kept
        return kept


def is_damaged(environ: Environ) -> bool:
    """Whether a finished page was asked for that a bad disk has changed."""
    return bool(environ.get(_DAMAGED))


def _add_slash(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    where = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"] + "/"
    if environ.get("QUERY_STRING"):
        where += "?" + environ["QUERY_STRING"]
    headers = [("Location", where), ("Cache-Control", FRESH), ("Content-Length", "0"), *SECURITY]
    if environ.get("wsgi.url_scheme") == "https":
        headers.append(ONLY_ENCRYPTED)
    start_response("308 Permanent Redirect", headers)
    return []


def _accepted(header: str) -> set[str]:
    """The encodings a browser takes; one with q=0 is one it refuses."""
    accepted = set()
    for part in header.split(","):
        name, _, quality = part.replace(" ", "").partition(";")
        if quality.rstrip("0") not in ("q=", "q=0."):
            accepted.add(name.lower())
    return accepted


def _headers(name: str, encoding: str, body: bytes) -> tuple[list[tuple[str, str]], str]:
    tag = f'"{etag(body)}"'
    kind = TYPES.get(os.path.splitext(name)[1], "application/octet-stream")
    headers = [
        ("Content-Type", kind),
        ("Cache-Control", _FOR_EVER if name.startswith("/static/") else FRESH),
        ("ETag", tag),
        ("Vary", "Accept-Encoding"),
        ("Content-Security-Policy", _policy(name, encoding, body)),
        *FINISHED,
    ]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    if kind.startswith(PLAYED):
        headers.append(("Accept-Ranges", "bytes"))
    return headers, tag


def _policy(name: str, encoding: str, body: bytes) -> str:
    """What a file may do: a page runs the scripts it has, and only the one on which lessons are
    kept on a phone asks for more, as its worker does; nothing else has a script."""
    if not name.endswith(".html"):
        return policy((), asks=name.endswith(".js"))
    page = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(body)
    return policy(scripts_on(page), asks=_KEEPS in page)


def _answer(found: _Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    headers = list(found.headers)
    if environ.get("wsgi.url_scheme") == "https":
        headers.append(ONLY_ENCRYPTED)
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    # Compared weakly, as the standard asks: a proxy that packs anew weakens our tags.
    known = [each.strip().removeprefix("W/") for each in asked.split(",")]
    if asked and (asked == "*" or found.tag in known):
        start_response("304 Not Modified", headers)
        return []
    same = environ.get("HTTP_IF_RANGE", found.tag) == found.tag
    if same and "HTTP_RANGE" in environ and ("Accept-Ranges", "bytes") in headers:
        return _part(found, headers, environ, start_response)
    start_response("200 OK", [*headers, ("Content-Length", str(len(found.body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [found.body]


def _part(
    found: _Kept, headers: list[tuple[str, str]], environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    """What a player asks for: it begins in the middle, or wants to know how long a sound is."""
    length, status = len(found.body), "206 Partial Content"
    try:
        first, end = part_of(environ["HTTP_RANGE"], length) or (0, length)
    except ValueError:
        first, end, status = 0, 0, "416 Range Not Satisfiable"
    if (first, end) == (0, length):
        status = "200 OK"
    else:
        told = f"{first}-{end - 1}" if end else "*"
        headers.append(("Content-Range", f"bytes {told}/{length}"))
    start_response(status, [*headers, ("Content-Length", str(end - first))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [found.body[first:end]]
