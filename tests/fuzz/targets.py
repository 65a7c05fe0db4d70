"""One function for each reader: what it may raise for a stranger's bytes, and what must hold."""

import io
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from edu.gate.captions import check_captions
from edu.gate.mp3 import clean_mp3
from edu.gate.mp4 import clean_mp4
from edu.gate.names import alike, name_problem, path_problem, shown
from edu.gate.ogg import clean_ogg
from edu.gate.po import check_po
from edu.gate.refused import Refused
from edu.gate.tables import read_csv
from edu.gate.values import check_json, check_toml
from edu.gate.webm import clean_webm
from edu.gate.xml import check_xml
from edu.gate.zips import Rules, unpacked
from edu.learning.codes import make_code, read_code
from edu.lessons.checks import check_lesson, check_page
from edu.lessons.mistakes import Broken
from edu.lessons.render import english, render_blocks, render_fragment
from edu.quizzes.answers import decode, encode
from edu.quizzes.load import load_instrument
from edu.segments import markdown as segmented
from edu.segments.catalogue import read_po, write_po
from edu.segments.structure import StructureChanged
from tests.gate import made
from tests.gate.allowed import faults

_ROOT = Path(__file__).resolve().parents[1] / "tiny"
_SHORT = b"---\ntitle: Us\n---\n\n::: check\n1. Which?\n   - [x] This.\n     > Yes.\n:::\n"
_FEELINGS = _ROOT / "quizzes/feelings.toml"
_INSTRUMENT = load_instrument(_FEELINGS)[0]
_FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-toml-")
_PLACE = Path(_FOLDER.name) / "feelings.toml"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def po(data: bytes) -> None:
    """A catalogue is read without an exception, and what was read can be written and read."""
    try:
        check_po(data, "a.po")
    except Refused:
        return
    read = read_po(data, "a.po")
    again = read_po(write_po(read).encode(), "a.po")
    assert again.mistakes == ()
    assert [entry.key for entry in again.entries] == [entry.key for entry in read.entries]


def lesson(data: bytes) -> None:
    """A text is rendered without an exception, and no markup gets through."""
    text = _text(data)
    page = render_fragment(text)
    assert faults(page, outside=True) == []
    for block in render_blocks(text, english):
        assert faults(block.html) == []


def checks(data: bytes) -> None:
    """A text is checked without an exception, whatever stands in it."""
    text = _text(data)
    check_lesson(text, "a.md", "m1.1", {"m1.1"})
    check_page(text, "a.md", "pages.a", {"m1.1"})


def weaving(data: bytes) -> None:
    """A text in which nothing is translated comes back as it was."""
    text = _text(data)
    try:
        assert segmented.weave(text, lambda _: None) == text
        segmented.weave(text, lambda segment: segment.text + "!")
    except (Broken, StructureChanged):
        return


def translation(data: bytes) -> None:
    """Words put in the place of every segment leave a page without markup, or are refused."""
    words = _text(data)
    try:
        woven = segmented.weave(_SHORT.decode(), lambda _: words)
    except (Broken, StructureChanged):
        return
    for block in render_blocks(woven, english):
        assert faults(block.html) == []


def xml(data: bytes) -> None:
    try:
        check_xml("xliff", data, "a.xlf")
    except Refused:
        return


def zips(data: bytes) -> None:
    """What comes out of a pack is named plainly, and each name stands once."""
    try:
        files = unpacked(io.BytesIO(data), "a.zip", Rules(endings=(".md",), unpacked=1 << 20))
    except Refused:
        return
    assert len({alike(path) for path in files}) == len(files)
    assert [path for path in files if path_problem(path, (".md",))] == []


def csv(data: bytes) -> None:
    try:
        rows, _ = read_csv(data, "a.csv")
    except Refused:
        return
    assert len({len(row) for row in rows if row}) <= 1


def toml(data: bytes) -> None:
    """An instrument is read without an exception, whatever stands in the file."""
    _PLACE.write_bytes(data)
    load_instrument(_PLACE)


def values(data: bytes) -> None:
    for check in (check_toml, check_json):
        try:
            check(data, "a")
        except (Refused, RecursionError):
            continue


def answers(data: bytes) -> None:
    """What can be decoded is what was encoded."""
    assert _INSTRUMENT is not None
    try:
        found = decode(_INSTRUMENT, _text(data))
    except ValueError:
        return
    assert decode(_INSTRUMENT, encode(_INSTRUMENT, found)) == found


def codes(data: bytes) -> None:
    """What somebody typed is twelve digits, or nothing."""
    code = read_code(_text(data))
    assert code is None or (len(code) == 12 and code.isascii() and code.isdigit())


def names(data: bytes) -> None:
    name = _text(data)
    shown(name).encode("utf-8")
    assert name_problem(name) or "/" not in name


def captions(data: bytes) -> None:
    try:
        check_captions(data, "a.vtt")
    except Refused:
        return


def _walker(clean: Callable[[bytes], bytes]) -> Callable[[bytes], None]:
    def walk(data: bytes) -> None:
        """What was cleaned once is clean."""
        try:
            once = clean(data)
        except Refused:
            return
        assert clean(once) == once

    return walk


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "answers": answers,
    "captions": captions,
    "checks": checks,
    "codes": codes,
    "csv": csv,
    "lesson": lesson,
    "mp3": _walker(lambda data: clean_mp3(data, "a.mp3")),
    "mp4": _walker(lambda data: clean_mp4(data, "a.m4a", "sound")),
    "names": names,
    "ogg": _walker(lambda data: clean_ogg(data, "a.ogg")),
    "po": po,
    "toml": toml,
    "translation": translation,
    "values": values,
    "weaving": weaving,
    "webm": _walker(lambda data: clean_webm(data, "a.webm")),
    "xml": xml,
    "zip": zips,
}

#: What each begins with: good files, so that it need not find out what a file looks like.
SEEDS: Mapping[str, list[bytes]] = {
    "answers": [b"1:1,3,?,-", b"1:/,!,~,#"],
    "captions": [b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Hi\n"],
    "checks": [_SHORT, b"[a](m1.1) ![b](media/a.png)\n\n| a |\n|---|\n| b |\n"],
    "codes": [make_code("secret", "key").encode(), "١٢٣٤ ٥٦٧٨ ٩٠١٢".encode()],
    "csv": [b'a,b\n1,"2\n3"\n', b"a;b\r\n=1;x\r\n"],
    "lesson": [_SHORT, b"[a](m1.1) ![b](media/a.png)\n\n| a |\n|---|\n| b |\n"],
    "mp3": [made.mp3(made.id3("A"), b"TAG" + bytes(125))],
    "mp4": [made.mp4(tags=made.place_of_mp4())],
    "names": [b"a/b.md", "Gĩkũyũ.po".encode()],
    "ogg": [made.opus("A=B"), made.vorbis("A=B")],
    "po": [made.PO_HEAD.encode() + b'#, fuzzy\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n'],
    "toml": [_FEELINGS.read_bytes()],
    "translation": [b"Habari", b"- a\n- b", b"[a](m1.1)"],
    "values": [b"a = [1]\n[b]\nc = 'd'\n", b'{"a": [1, null]}'],
    "weaving": [_SHORT, b"- a\n  - b\n\n> c\n"],
    "webm": [made.webm(), made.webm(streamed=True)],
    "xml": [made.XLIFF.encode(), b"<!DOCTYPE a><a/>"],
    "zip": [made.pack({"a.md": b"hi" * 50, "b/c.md": b"x"})],
}
