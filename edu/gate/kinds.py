"""Every kind of file that may come in: how it may be named, and how much of it is read.

This is the one place for the limits; docs/security/imports.md tells them to people.
"""

from dataclasses import dataclass
from types import MappingProxyType

KB = 1024
MB = 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """`largest` is in bytes as sent; `memory` in bytes and `seconds` of computing for the child."""

    name: str
    endings: tuple[str, ...]
    largest: int
    memory: int = 512 * MB
    seconds: int = 20


_ALL = (
    Kind("markdown", (".md",), 100 * KB),
    Kind("po", (".po",), 5 * MB, seconds=40),
    Kind("xliff", (".xlf", ".xliff"), 2 * MB),
    Kind("tmx", (".tmx",), 2 * MB),
    Kind("tbx", (".tbx",), 2 * MB),
    Kind("csv", (".csv",), 5 * MB),
    Kind("xlsx", (".xlsx",), 5 * MB, seconds=40),
    Kind("toml", (".toml",), 200 * KB),
    Kind("json", (".json",), 1 * MB),
    Kind("picture", (".jpg", ".jpeg", ".png", ".webp", ".avif"), 8 * MB),
    Kind("sound", (".opus", ".ogg", ".mp3", ".m4a"), 3 * MB),
    Kind("film", (".mp4", ".webm"), 8 * MB),
    Kind("captions", (".vtt",), 300 * KB),
    # A text read aloud, as a browser or a telephone records it; it is packed anew.
    Kind("speech", (".webm", ".ogg", ".opus", ".m4a", ".mp3", ".wav"), 24 * MB, seconds=90),
    # For lessons, known by what they hold: pictures painted anew, films looked at and packed anew.
    Kind("photo", (), 16 * MB),
    Kind("clip", (), 60 * MB, memory=1024 * MB, seconds=30),
    Kind("packing", (), 60 * MB, memory=1536 * MB, seconds=900),
    Kind("zip", (".zip",), 20 * MB, seconds=120),
    # What was handed out where there is no network, and what comes back from there.
    Kind("carried", (".html", ".htm"), 24 * MB),
    Kind("answers", (".txt",), 1 * MB),
    Kind("backup", (".zip", ".age"), 64 * MB, memory=1024 * MB, seconds=120),
)
KINDS = MappingProxyType({kind.name: kind for kind in _ALL})

#: What a pack may hold, by the ending of the name: a pack in a pack is not among them.
IN_A_PACK = MappingProxyType(
    {
        ending: kind.name
        for kind in _ALL
        for ending in kind.endings
        if kind.name not in ("zip", "backup", "xlsx", "speech", "carried", "answers")
    }
)


def limit_for(kind: str) -> int:
    """The most bytes that a file of this kind may have when it is sent."""
    return KINDS[kind].largest


def kind_of(name: str) -> str | None:
    """The kind that the ending of a name promises, or None; a .zip is a pack of content."""
    lower = name.lower()
    for kind in _ALL:
        if lower.endswith(kind.endings):
            return kind.name
    return None
