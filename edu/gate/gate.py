"""The one way in for files from elsewhere: `admit` gives a clean file, or raises Refused.

A stranger's file is never read by the program that serves. Its name, its length and its first
bytes are looked at here; everything else happens in a child process with little memory, little
time and nothing to lose. Nothing is written: what passed is handed back, to be kept by the
caller in one transaction, and a refusal carries every reason as `file:line: message`.
"""

from pathlib import Path

from edu.gate.kinds import KINDS, kind_of, limit_for
from edu.gate.names import name_problem, shown
from edu.gate.refused import Admitted, Refused, refuse
from edu.gate.running import run
from edu.gate.text import read_text
from edu.lessons.mistakes import Mistake
from edu.lessons.words import N_

__all__ = [
    "Admitted",
    "Refused",
    "admit",
    "admit_path",
    "check_media",
    "clean_media",
    "limit_for",
    "read_own",
]

# A page of the web or a drawing can hold a program, whatever the name says it is.
_PROGRAMS = (b"<svg", b"<!doctype", b"<html", b"<script", b"\x7fELF", b"#!", b"%PDF")
_TEXTS = frozenset({"markdown", "po", "csv", "toml", "json", "captions", "xliff", "tmx", "tbx"})
# A page that was handed out begins like any page; nothing but its last line is read on.
_PAGES = frozenset({"carried"})


def admit(kind: str, content: bytes, name: str) -> Admitted:
    """Let a file in: `kind` is one of `kinds.KINDS`, `name` as its sender gave it.

    Raises Refused with every reason. The name in them is safe to show.
    """
    called = shown(name)
    if problem := name_problem(name, KINDS[kind].endings):
        raise refuse(called, problem)
    if len(content) > limit_for(kind):
        raise refuse(called, N_("The file is larger than %(most)s."), most=_size(limit_for(kind)))
    if not content:
        raise refuse(called, N_("The file is empty."))
    head = content.lstrip()[:16].lower()
    # Whoever sends a drawing for a picture is told inside what to send instead.
    drawn = kind == "photo" and head.startswith(b"<svg")
    if kind not in _TEXTS | _PAGES and not drawn and head.startswith(_PROGRAMS):
        raise refuse(called, N_("This is a page or a program, whatever its name says."))
    return run(kind, content, called)


def admit_path(kind: str, path: Path) -> Admitted:
    """The same for a file on the disk; no more of it is read than its kind may have.

    Reasons name the whole path, because whoever gave it knows where it lies.
    """
    with path.open("rb") as opened:
        content = opened.read(limit_for(kind) + 1)
    try:
        return admit(kind, content, path.name)
    except Refused as refused:
        raise Refused(
            [Mistake(str(path), each.line, each.message) for each in refused.mistakes]
        ) from refused


def read_own(kind: str, path: Path) -> bytes:
    """A text of whoever has the command line: no longer than its kind may be, and in UTF-8.

    What it holds is read by its own reader, here in this process. Raises Refused.
    """
    with path.open("rb") as opened:
        content = opened.read(limit_for(kind) + 1)
    if len(content) > limit_for(kind):
        raise refuse(
            str(path), N_("The file is larger than %(most)s."), most=_size(limit_for(kind))
        )
    read_text(content, str(path), longest_line=limit_for(kind))
    return content


def check_media(content: Path) -> list[Mistake]:
    """What is wrong with the pictures and recordings of all modules in the folder `content`.

    A file whose name promises no picture, recording or captions has no place there.
    """
    found: list[Mistake] = []
    for path in sorted(content.glob("*/media/*")):
        file = f"{content.name}/{path.relative_to(content).as_posix()}"
        try:
            clean_media(path)
        except Refused as refused:
            found += [Mistake(file, each.line, each.message) for each in refused.mistakes]
    return found


def clean_media(path: Path) -> bytes:
    """A picture or recording as it may be served: without the data about its making."""
    kind = kind_of(path.name)
    if kind not in ("picture", "sound", "film", "captions"):
        raise refuse(
            shown(path.name), N_("Only pictures, recordings and captions stand in media/.")
        )
    return admit_path(kind, path).content


def _size(largest: int) -> str:
    return f"{largest // 1024**2} MB" if largest >= 1024**2 else f"{largest // 1024} kB"
