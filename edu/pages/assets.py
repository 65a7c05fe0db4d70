"""Our stylesheets, under names that hold their digests, and our small scripts, put into pages.

A script in the page costs a lesson no further request. The Content-Security-Policy names each
one by its digest, so that no other script runs, whatever a text may hold. A finished page names
only the scripts it has: each digest costs a slow phone as much as a sentence.
"""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from edu.pages.store import Page, etag

FOLDER = Path(__file__).resolve().parent.parent / "static"
#: For every page, and what others need besides: a learner's phone loads the first, and the last
#: with her own maps.
STYLESHEETS = ("daraja.css", "staff.css", "desk.css", "paper.css", "room.css", "maps.css")


@lru_cache(maxsize=len(STYLESHEETS))
def stylesheet(name: str = "daraja.css") -> str:
    """The address of a stylesheet; it changes whenever the file does."""
    stem, dot, ending = name.rpartition(".")
    digest = etag((FOLDER / name).read_bytes())[:10]
    return f"/static/{stem}.{digest}{dot}{ending}"


def asset_pages() -> list[Page]:
    """What is published beside the pages."""
    return [Page(stylesheet(name)[1:], (FOLDER / name).read_bytes()) for name in STYLESHEETS]


@lru_cache(maxsize=16)
def script(name: str) -> Markup:
    """A script of ours for a `<script>` element, without its comments and indentation."""
    return Markup(plain_script(FOLDER / name))  # noqa: S704 (our own file)


def plain_script(file: Path) -> str:
    """A script of ours without its comments and indentation."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@lru_cache(maxsize=1)
def _digests() -> dict[bytes, str]:
    """Our scripts as they stand in a page, and the digest of each."""
    found = {}
    for name in sorted(file.name for file in FOLDER.glob("*.js")):
        text = script(name).encode()
        digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
        found[b"<script>%b</script>" % text] = f"'sha256-{digest}'"
    return found


def script_digests() -> tuple[str, ...]:
    """The digests by which the Content-Security-Policy knows our scripts."""
    return tuple(_digests().values())


def scripts_on(page: bytes) -> tuple[str, ...]:
    """The digests of those of our scripts that stand in this page. Only ours: whatever else a
    page may hold is not made a script by standing there."""
    return tuple(digest for element, digest in _digests().items() if element in page)
