"""Recordings from strangers: each container is walked through, and tells nothing of its making."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.gate.gate import admit
from edu.gate.reading import read
from edu.lessons.mistakes import Broken
from tests.gate.made import (
    PLACE,
    WHO,
    box,
    element,
    id3,
    mp3,
    mp4,
    ogg_page,
    opus,
    pack,
    picture,
    place_of_mp4,
    vorbis,
    webm,
)
from tests.gate.refusing import reasons

_TAG = b"TAG" + WHO.encode().ljust(125, b"\0")
_APE = b"APETAGEX" + (2000).to_bytes(4, "little") + (32).to_bytes(4, "little") + bytes(16)
_UUID = box(b"uuid", bytes(16) + WHO.encode())
_LONG = "x" * 70_000
_TAGS = element(0x1254C367, PLACE.encode())
_SECRETS = (WHO.encode(), PLACE.encode(), b"Telephone", b"Phone", _LONG.encode(), b"\xd1" * 8)

TOLD: dict[str, tuple[str, str, bytes, bytes]] = {
    # kind, name, what tells, what the same is without it (empty: of the same length)
    "opus": ("sound", "a.opus", opus(f"ARTIST={WHO}", f"LOCATION={PLACE}"), b""),
    "opus with a picture": ("sound", "a.opus", opus(f"METADATA_BLOCK_PICTURE={_LONG}"), b""),
    "vorbis": ("sound", "a.ogg", vorbis(f"ARTIST={WHO}"), b""),
    "ID3": ("sound", "a.mp3", mp3(id3(WHO)), mp3()),
    "two ID3": ("sound", "a.mp3", mp3(id3(WHO) + id3(PLACE)), mp3()),
    "old ID3": ("sound", "a.mp3", mp3(behind=_TAG), mp3()),
    "APE": ("sound", "a.mp3", mp3(behind=_APE + _TAG), mp3()),
    "ID3 on both sides": ("sound", "a.mp3", mp3(id3(WHO), _TAG), mp3()),
    "place in M4A": ("sound", "a.m4a", mp4(tags=place_of_mp4()), b""),
    "uuid in M4A": ("sound", "a.m4a", mp4() + _UUID, b""),
    "free space in M4A": ("sound", "a.m4a", mp4() + box(b"free", WHO.encode()), b""),
    "place in MP4": ("film", "a.mp4", mp4(b"vide", b"isom", place_of_mp4()), b""),
    "WebM": ("film", "a.webm", webm(), b""),
    "tags in WebM": ("film", "a.webm", webm(element(0x1254C367, WHO.encode() * 30)), b""),
    "file in WebM": ("film", "a.webm", webm(element(0x1941A469, WHO.encode())), b""),
    "streamed WebM": (
        "film",
        "a.webm",
        webm(element(0x1254C367, PLACE.encode()), streamed=True),
        b"",
    ),
}


@pytest.mark.parametrize("name", TOLD)
def test_nothing_about_the_making_is_left(name: str) -> None:
    kind, called, told, without = TOLD[name]
    clean = admit(kind, told, called).content
    for secret in (
        WHO.encode(),
        PLACE.encode(),
        b"Telephone",
        b"Phone",
        _LONG.encode(),
        b"\xd1" * 8,
    ):
        assert secret not in clean
    if without:
        assert clean == without
    elif called.endswith(("m4a", "mp4", "webm")):
        assert len(clean) == len(told)


@pytest.mark.parametrize("name", TOLD)
def test_what_is_clean_stays_as_it_is(name: str) -> None:
    kind, called, told, _ = TOLD[name]
    clean = read(kind, told, called).content
    assert read(kind, clean, called).content == clean


def test_every_byte_of_sound_is_kept() -> None:
    clean = admit("sound", opus(f"ARTIST={WHO}"), "a.opus").content
    assert clean.count(b"OggS") == 5
    assert [bytes([at + 1]) * 300 in clean for at in range(3)] == [True] * 3
    assert b"\x05vorbis" + b"s" * 3000 in admit("sound", vorbis(f"A={WHO}"), "a.ogg").content


_HEAD = b"OpusHead" + bytes(11)
HOSTILE = {
    "zeros": ("sound", "a.opus", b"OggS" + bytes(2044)),
    "wrong sum": ("sound", "a.opus", opus()[:-1] + b"\0"),
    "bytes behind": ("sound", "a.opus", opus() + pack({"a.md": b"x"})),
    "cut off": ("sound", "a.opus", opus()[:-10]),
    "two tracks": ("sound", "a.opus", opus() + ogg_page(5, [b"x"], serial=8)),
    "one behind another": ("sound", "a.opus", opus() + opus()),
    "another codec": ("sound", "a.ogg", ogg_page(0, [b"\x7fFLAC"], 2) + ogg_page(1, [b"x"])),
    "film in Ogg": ("sound", "a.ogg", ogg_page(0, [b"\x80theora"], 2) + ogg_page(1, [b"x"])),
    "no comments": ("sound", "a.opus", ogg_page(0, [_HEAD], 2) + ogg_page(1, [b"xxxxxxxx"])),
    "sound among the comments": (
        "sound", "a.opus", ogg_page(0, [_HEAD], 2) + ogg_page(1, [b"OpusTags" + bytes(8), b"x"]),
    ),
    "comments without an end": ("sound", "a.opus", ogg_page(0, [_HEAD], 2)),
    "MP3 by name": ("sound", "a.mp3", opus()),
    "Ogg by name": ("sound", "a.ogg", mp3()),
    "one frame": ("sound", "a.mp3", mp3(frames=1)),
    "glued": ("sound", "a.mp3", mp3(behind=b"<script>alert(1)</script>")),
    "glued pack": ("sound", "a.mp3", mp3(behind=pack({"a.md": b"x"}))),
    "tag that lies": ("sound", "a.mp3", b"ID3\4\0\0\xff\xff\xff\xff" + mp3()),
    "long tag": ("sound", "a.mp3", b"ID3\4\0\0\x7f\x7f\x7f\x7f" + mp3()),
    "noise": ("sound", "a.mp3", bytes(range(256)) * 20),
    "track of places": ("film", "a.mp4", mp4(b"meta", b"isom")),
    "track of hints": ("film", "a.mp4", mp4(b"hint", b"isom")),
    "no track": ("sound", "a.m4a", mp4().replace(b"hdlr", b"hdlX")),
    "pictures in a sound": ("sound", "a.m4a", mp4(b"vide")),
    "film without pictures": ("film", "a.mp4", mp4(b"soun", b"isom")),
    "picture as sound": ("sound", "a.m4a", mp4(brand=b"heic")),
    "QuickTime": ("film", "a.mp4", mp4(b"vide", b"qt  ")),
    "box too long": ("sound", "a.m4a", mp4() + b"\xff\xff\xff\xfffree"),
    "box too short": ("sound", "a.m4a", mp4() + b"\0\0\0\4free"),
    "half a box": ("sound", "a.m4a", mp4() + b"\0\0"),
    "unknown box": ("sound", "a.m4a", mp4() + box(b"evil", b"x")),
    "two heads": ("sound", "a.m4a", mp4() + mp4()),
    "many boxes": ("sound", "a.m4a", mp4() + box(b"free") * 60_000),
    "deep boxes": ("sound", "a.m4a", mp4(tags=box(b"trak", box(b"trak", b"") * 1)) + b"\0"),
    "Matroska": ("film", "a.webm", webm().replace(b"webm", b"mkvv")),
    "codec of another kind": ("film", "a.webm", webm(codec=b"V_UNCOMPRESSED")),
    "subtitles with code": ("film", "a.webm", webm(codec=b"S_TEXT/ASS")),
    "unknown element": ("film", "a.webm", webm(element(0x1A2B3C4D, b"x"))),
    "no end": ("film", "a.webm", webm()[:-20]),
    "bytes behind WebM": ("film", "a.webm", webm() + b"x"),
    "WebM by name": ("film", "a.webm", mp4(b"vide", b"isom")),
    "picture": ("sound", "a.mp3", picture()),
    "page": ("sound", "a.mp3", b"<html><script>1</script>"),
    "WAV": ("sound", "a.mp3", b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(400)),
    "another ending": ("sound", "a.wav", b"RIFF"),
    "too large": ("sound", "a.mp3", mp3(frames=8000)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_plain_recording_is_refused(name: str) -> None:
    kind, called, content = HOSTILE[name]
    answers = reasons(kind, content, called)
    assert [each for each in answers if each.startswith(called)] == answers != []


WALKERS: list[tuple[str, str, Callable[[], bytes]]] = [
    ("sound", "a.opus", opus),
    ("sound", "a.ogg", vorbis),
    ("sound", "a.mp3", lambda: mp3(id3(WHO), _TAG)),
    ("sound", "a.m4a", lambda: mp4(tags=place_of_mp4())),
    ("film", "a.webm", lambda: webm(element(0x1254C367, WHO.encode()))),
]


@pytest.mark.parametrize(("kind", "name", "make"), WALKERS)
@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 100_000), byte=st.integers(0, 255), cut=st.booleans())
def test_a_recording_with_a_byte_changed_is_clean_or_refused(
    kind: str, name: str, make: Callable[[], bytes], at: int, byte: int, cut: bool
) -> None:
    content = bytearray(make())
    at %= len(content)
    content[at] = byte
    try:
        clean = read(kind, bytes(content[:at] if cut else content), name).content
    except Broken:
        return
    assert read(kind, clean, name).content == clean
