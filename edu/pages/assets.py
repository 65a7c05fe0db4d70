"""Our stylesheet and scripts, under names that hold their digest."""

from functools import lru_cache
from pathlib import Path

from edu.pages.store import Page, etag

FOLDER = Path(__file__).resolve().parent.parent / "static"


@lru_cache(maxsize=1)
def _digests() -> dict[str, str]:
    return {file.name: etag(file.read_bytes())[:10] for file in sorted(FOLDER.iterdir())}


def asset(name: str) -> str:
    """The address of an asset; it changes whenever the file does."""
    stem, dot, ending = name.rpartition(".")
    return f"/static/{stem}.{_digests()[name]}{dot}{ending}"


def asset_pages() -> list[Page]:
    """All assets as finished files of the site."""
    return [Page(asset(name)[1:], (FOLDER / name).read_bytes()) for name in _digests()]
