"""Packs from strangers: each trick is refused with a reason, and nothing is written anywhere."""

import io
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.gate.gate import admit
from edu.gate.kinds import IN_A_PACK
from edu.gate.refused import Refused
from edu.gate.zips import Rules, unpacked
from tests.gate.made import deflated, pack, picture, told_picture
from tests.gate.refusing import reasons

ROOT = Path(__file__).resolve().parents[2]
_TEXT = b"We are many.\n"


def with_name(name: str, *, flag: int = 0x800) -> bytes:
    """A pack whose one file has this name in both heads, byte by byte."""
    written = name.encode("utf-8", "surrogatepass")
    return one(name=written, flags=flag)


def one(
    name: bytes = b"a.md",
    content: bytes = _TEXT,
    *,
    method: int = 0,
    flags: int = 0,
    size: int | None = None,
    packed: bytes | None = None,
    checksum: int | None = None,
    attributes: int = 0,
    made_by: int = 0,
    local: bytes | None = None,
    start: int = 0,
) -> bytes:
    """A pack with one entry, each field of which may lie."""
    body = content if packed is None else packed
    summed = zlib.crc32(content) if checksum is None else checksum
    size = len(content) if size is None else size
    inner = name if local is None else local
    head = struct.pack(
        "<4s5H3L2H", b"PK\3\4", 20, flags, method, 0, 33, summed, len(body), size, len(inner), 0
    )
    first = head + inner + body
    listed = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", made_by, 20, flags, method, 0, 33, summed, len(body), size,
        len(name), 0, 0, 0, 0, attributes, start,
    ) + name  # fmt: skip
    return first + listed + end(1, len(listed), len(first))


def end(count: int, size: int, start: int, comment: bytes = b"") -> bytes:
    return (
        struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, start, len(comment)) + comment
    )


def overlapping() -> bytes:
    """Two names in the list for the bytes of one file."""
    content = pack({"a.md": _TEXT})
    directory = content.index(b"PK\1\2")
    listed = content[directory : content.index(b"PK\5\6")]
    second = listed.replace(b"a.md", b"b.md")
    return content[:directory] + listed + second + end(2, len(listed) * 2, directory)


def special(kind: int) -> bytes:
    return one(made_by=3 << 8, attributes=(kind | 0o777) << 16, content=b"/etc/passwd")


def zip64() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened, opened.open("a.md", "w", force_zip64=True) as file:
        file.write(_TEXT)
    content = made.getvalue()
    return content[: content.index(b"PK\5\6")] + end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


def hostile() -> dict[str, bytes]:
    """Packs that each try one thing."""
    good = pack({"a.md": _TEXT, "b.md": _TEXT})
    many = {f"f{at}.md": b"x" for at in range(501)}
    zeros = bytes(30 * 1024 * 1024)
    bomb = deflated(zeros)
    return {
        "up": with_name("../a.md"),
        "up within": with_name("a/../../a.md"),
        "absolute": with_name("/etc/a.md"),
        "drive": with_name("C:/a.md"),
        "backslash": with_name("..\\a.md"),
        "network path": with_name("//server/a.md"),
        "this folder": with_name("./a.md"),
        "no name": with_name(""),
        "NUL in the name": with_name("a.md\0.exe"),
        "a direction in the name": with_name("a\u202edm.md"),
        "loose accents": with_name("e\u0301.md"),
        "a surrogate in the name": with_name("\ud800.md"),
        "not UTF-8": one(name=b"\xff\xfe.md", flags=0x800),
        "old code page": one(name=b"\x82.md"),
        "device name": with_name("con.md"),
        "long name": with_name("a" * 300 + ".md"),
        "deep": with_name("a/" * 40 + "a.md"),
        "program": with_name("a.exe"),
        "page": with_name("a.html"),
        "drawing": with_name("a.svg"),
        "hidden": with_name(".htaccess"),
        "pack in a pack": pack({"a.md": _TEXT, "b.zip": pack({"c.md": _TEXT})}),
        "workbook in a pack": pack({"b.xlsx": pack({"c.xml": b"<a/>"})}),
        "pack named as text": pack({"a.md": pack({"c.md": _TEXT})}),
        "twice": twice("a.md", "a.md"),
        "twice by case": twice("a.md", "A.MD"),
        "twice by sharp s": twice("ß.md", "ss.md"),
        "twice by accents": twice("é.md", "e\u0301.md"),
        "file and folder": twice("a.md", "a.md/b.md"),
        "link": special(stat.S_IFLNK),
        "device": special(stat.S_IFBLK),
        "pipe": special(stat.S_IFIFO),
        "socket": special(stat.S_IFSOCK),
        "locked": one(flags=1),
        "hidden heads": one(flags=0x2000),
        "bzip2": one(method=12),
        "lzma": one(method=14),
        "deflate64": one(method=9),
        "no method": one(method=99),
        "bomb": one(content=zeros, method=8, packed=bomb),
        "bomb that says it is small": one(size=10, method=8, packed=bomb, checksum=0),
        "says more than it is": one(size=10_000, method=8, packed=deflated(_TEXT)),
        "stored in two sizes": one(size=5),
        "wrong checksum": one(checksum=1),
        "damaged": one(method=8, packed=b"\xff" * 40),
        "cut off within": one(method=8, packed=deflated(_TEXT)[:-3]),
        "more behind the end": one(method=8, packed=deflated(_TEXT) + b"more"),
        "too many": pack(many),
        "too much": pack({f"f{at}.md": bytes(19 << 20) for at in range(6)}),
        "bomb by far": pack({"a.md": bytes(15 << 20)}),
        "empty file": pack({"a.md": b""}),
        "too large": b"PK\3\4" + bytes(21 << 20),
        "two names": one(local=b"b.md"),
        "begins elsewhere": one(start=4),
        "overlapping": overlapping(),
        "bytes before": b"#!/bin/sh\n" + good,
        "picture before": picture("PNG") + good,
        "bytes behind": good + b"more",
        "comment": good[:-2] + struct.pack("<H", 4) + b"more",
        "gap": good.replace(b"PK\1\2", b"gapsPK\1\2", 1),
        "another end within": good + end(0, 0, len(good)),
        "list says fewer": good.replace(struct.pack("<2H", 2, 2), struct.pack("<2H", 1, 1)),
        "list says more": good.replace(struct.pack("<2H", 2, 2), struct.pack("<2H", 3, 3)),
        "part of several": good.replace(b"PK\5\6\0\0", b"PK\5\6\1\0"),
        "zip64": zip64(),
        "empty": end(0, 0, 0),
        "cut off": good[: len(good) // 2],
        "only the mark": b"PK\3\4",
        "text": b"Hello",
        "gzip": b"\x1f\x8b\x08" + bytes(40),
        "RAR": b"Rar!\x1a\x07\x00" + bytes(40),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(40),
        "folder with bytes": one(name=b"a.md/", content=_TEXT),
    }


def twice(first: str, second: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr(first, _TEXT)
        info = zipfile.ZipInfo("zz" + second[2:] if first == second else second)
        opened.writestr(info, _TEXT)
    if first == second:
        return made.getvalue().replace(b"zz" + second[2:].encode(), second.encode())
    return made.getvalue()


def test_every_hostile_pack_is_refused_with_a_reason_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answers = {name: reasons("zip", content, "pack.zip") for name, content in hostile().items()}
    assert [name for name, answer in answers.items() if not answer] == []
    assert [
        line for answer in answers.values() for line in answer if not line.startswith("pack.zip")
    ] == []
    assert list(tmp_path.iterdir()) == []
    assert len(answers) >= 62


def test_no_pack_makes_the_child_large() -> None:
    # In a process of its own, whose children are the gate's and nobody else's.
    program = (
        "import resource\n"
        "from tests.gate.test_zips import hostile, reasons\n"
        "for content in hostile().values(): reasons('zip', content, 'pack.zip')\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    # In kB: the limit would allow 512 MB.
    assert 1024 < int(said.stdout) < 300 * 1024


def test_the_entry_is_named_where_it_is_one_entry_that_is_wrong() -> None:
    assert reasons("zip", pack({"m1/a.md": b"fine\n", "m1/b.md": b"one\n\n\xff\n"}), "p.zip") == [
        "p.zip/m1/b.md:3: This is not UTF-8. Save the file as UTF-8."
    ]


def test_one_bad_file_keeps_the_whole_pack_outside() -> None:
    good = {f"m1/{at}.md": b"fine\n" for at in range(20)}
    with pytest.raises(Refused):
        admit("zip", pack(good | {"m1/last.toml": b"a = ["}), "p.zip")


def test_a_good_pack_comes_out_file_by_file_and_its_pictures_clean() -> None:
    admitted = admit("zip", pack({"m1/a.md": b"Hi.\n", "m1/media/x.jpg": told_picture()}), "p.zip")
    assert sorted(admitted.files) == ["m1/a.md", "m1/media/x.jpg"]
    assert admitted.files["m1/a.md"] == b"Hi.\n"
    assert (b"Exif" in told_picture(), b"Exif" in admitted.files["m1/media/x.jpg"]) == (True, False)
    assert admitted.content == b""


_NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}(?:/[a-z][a-z0-9]{0,8}){0,2}\.md", fullmatch=True)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(_NAMES, st.binary(max_size=3000), min_size=1, max_size=8), st.booleans())
def test_what_was_packed_comes_out_again(files: dict[str, bytes], packed: bool) -> None:
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    content = io.BytesIO(pack(files, method))
    folders = {path.rpartition("/")[0] for path in files}
    if not any(f"{folder}.md" in files for folder in folders):
        assert unpacked(content, "p.zip", Rules(endings=tuple(IN_A_PACK))) == files


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_pack_with_one_byte_changed_holds_the_same_or_is_refused(at: int, byte: int) -> None:
    files = {"a.md": b"We are many.\n" * 20, "b/c.md": b"We are here.\n"}
    content = bytearray(pack(files))
    content[at % len(content)] = byte
    try:
        found = unpacked(io.BytesIO(bytes(content)), "p.zip", Rules(endings=(".md",)))
    except Refused:
        return
    assert sorted(found.values()) == sorted(files.values())
