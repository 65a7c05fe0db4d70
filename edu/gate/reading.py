"""What the child does with a file of each kind. Everything here sees bytes from a stranger."""

import io
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any

from edu.gate.kinds import IN_A_PACK, KINDS
from edu.gate.refused import Admitted, refuse
from edu.lessons.words import N_

# Each kind's reader is loaded when it is asked for: a child lives for one file, and most of its
# time would go into loading what that file does not need.
Reader = Callable[[bytes, str, str], Admitted]


def read(kind: str, content: bytes, name: str, path: str | None = None) -> Admitted:
    """Look through a file; Refused (or Broken) with the reasons. `path` is for a database alone."""
    if kind == "sqlite":
        look = _part("sqlite_copy", "look")
        return Admitted(kind, name, b"", facts={"reasons": look(path, content)})
    if len(content) > KINDS[kind].largest:
        raise refuse(name, N_("The file is larger than %(most)s."), most=_most(kind))
    if not content:
        raise refuse(name, N_("The file is empty."))
    return _READERS[kind](content, kind, name)


def _most(kind: str) -> str:
    largest = KINDS[kind].largest
    return f"{largest // 1024**2} MB" if largest >= 1024**2 else f"{largest // 1024} kB"


def _part(module: str, function: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module(f"edu.gate.{module}"), function)
    return found


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _checked(module: str, function: str, counted: str, *, with_kind: bool = False) -> Reader:
    """A reader that looks through a file, keeps its bytes, and tells a count."""

    def reader(content: bytes, kind: str, name: str) -> Admitted:
        first = (kind,) if with_kind else ()
        count = _part(module, function)(*first, content, name)
        return Admitted(kind, name, content, facts={counted: count})

    return reader


def _picture(content: bytes, kind: str, name: str) -> Admitted:
    body, width, height = _part("pictures", "clean_picture")(content, name, _ending(name))
    return Admitted(kind, name, body, facts={"width": width, "height": height})


def _recording(content: bytes, kind: str, name: str) -> Admitted:
    ending = _ending(name)
    if ending in (".opus", ".ogg"):
        body = _part("ogg", "clean_ogg")(content, name)
    elif ending == ".mp3":
        body = _part("mp3", "clean_mp3")(content, name)
    elif ending == ".webm":
        body = _part("webm", "clean_webm")(content, name)
    else:
        body = _part("mp4", "clean_mp4")(content, name, kind)
    return Admitted(kind, name, body)


def _speech(content: bytes, kind: str, name: str) -> Admitted:
    sounds, seconds = _part("speech", "read_speech")(content, name)
    return Admitted(kind, name, b"", sounds, facts={"seconds": seconds})


def _photo(content: bytes, kind: str, name: str) -> Admitted:
    files, width, height = _part("photos", "read_photo")(content, name)
    return Admitted(kind, name, b"", files, facts={"width": width, "height": height})


def _clip(content: bytes, kind: str, name: str) -> Admitted:
    # Sixty megabytes are not handed back: nothing in them has changed, and nothing is kept of them.
    return Admitted(kind, name, b"", facts={"seconds": _part("clips", "read_clip")(content, name)})


def _packing(content: bytes, kind: str, name: str) -> Admitted:
    files, width, height, seconds = _part("packing", "pack_clip")(content, name)
    told = {"width": width, "height": height, "seconds": seconds}
    return Admitted(kind, name, b"", files, facts=told)


def _csv(content: bytes, kind: str, name: str) -> Admitted:
    rows, advice = _part("tables", "read_csv")(content, name)
    return Admitted(kind, name, content, tables={"": rows}, advice=tuple(advice))


def _xlsx(content: bytes, kind: str, name: str) -> Admitted:
    tables, advice = _part("xlsx", "read_xlsx")(content, name)
    return Admitted(kind, name, content, tables=tables, advice=tuple(advice))


def _pack(content: bytes, kind: str, name: str) -> Admitted:
    """A pack of content: each file in it goes through its own kind's reader."""
    rules = _part("zips", "Rules")(endings=tuple(IN_A_PACK))
    found: Mapping[str, bytes] = _part("zips", "unpacked")(io.BytesIO(content), name, rules)
    files = {
        path: read(IN_A_PACK[_ending(path)], body, f"{name}/{path}").content
        for path, body in found.items()
    }
    return Admitted(kind, name, b"", files, facts={"files": len(files)})


def _backup(content: bytes, kind: str, name: str) -> Admitted:
    if content.startswith(b"age-encryption.org/v1\n"):
        _part("backup", "check_encrypted")(content, name)
        return Admitted(kind, name, content, facts={"encrypted": True})
    listed = _part("backup", "check_pack")(io.BytesIO(content), name)
    return Admitted(kind, name, content, facts={"encrypted": False, "files": listed})


def _carried(content: bytes, kind: str, name: str) -> Admitted:
    line, facts = _part("carried", "look_at_page")(content, name)
    return Admitted(kind, name, line, facts=facts)


_xml = _checked("xml", "check_xml", "elements", with_kind=True)
_READERS: Mapping[str, Reader] = {
    "markdown": _checked("markdown", "check_lesson_text", "characters"),
    "toml": _checked("values", "check_toml", "values"),
    "json": _checked("values", "check_json", "values"),
    "carried": _carried,
    "answers": _checked("carried", "look_at_answers", "lines"),
    "po": _checked("po", "check_po", "entries"),
    "xliff": _xml,
    "tmx": _xml,
    "tbx": _xml,
    "csv": _csv,
    "xlsx": _xlsx,
    "picture": _picture,
    "sound": _recording,
    "film": _recording,
    "speech": _speech,
    "photo": _photo,
    "clip": _clip,
    "packing": _packing,
    "captions": _checked("captions", "check_captions", "captions"),
    "zip": _pack,
    "backup": _backup,
}
