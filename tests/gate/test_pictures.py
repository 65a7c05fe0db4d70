"""Pictures from strangers: their pixels come in, and nothing else that was in the file."""

import io
import struct
import zlib

import pytest
from PIL import Image

from edu.gate.gate import admit
from edu.gate.pictures import MOST_PIXELS
from tests.gate.made import PLACE, WHO, pack, picture, told_picture
from tests.gate.refusing import reasons

KINDS = [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp"), ("AVIF", "a.avif")]


def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">L", len(content))
        + kind
        + content
        + struct.pack(">L", zlib.crc32(kind + content))
    )


def png_with(*chunks: bytes) -> bytes:
    """A PNG with more chunks behind its head."""
    made = picture("PNG")
    return made[:33] + b"".join(chunks) + made[33:]


def flood(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def moving(kind: str) -> bytes:
    made = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    frames[0].save(made, kind, save_all=True, append_images=frames[1:])
    return made.getvalue()


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_nothing_about_the_making_is_left_and_the_picture_stands_upright(
    kind: str, name: str
) -> None:
    told = told_picture(kind)
    admitted = admit("picture", told, name)
    with Image.open(io.BytesIO(told)) as before, Image.open(io.BytesIO(admitted.content)) as after:
        assert dict(before.getexif()) != {}
        assert dict(after.getexif()) == {}
        assert (after.format, after.size) == (kind, (30, 40))
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                   "progressive", "progression", "loop", "background",
                                   "timestamp", "duration"}  # fmt: skip
        # Held sideways, the blue half of the left is now above.
        assert after.convert("RGB").getpixel((15, 5))[2] > 200
    for secret in (WHO, PLACE, "Telephone"):
        assert secret.encode() not in admitted.content


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_the_same_picture_becomes_the_same_bytes(kind: str, name: str) -> None:
    content = told_picture(kind)
    assert admit("picture", content, name).content == admit("picture", content, name).content


def test_what_is_glued_to_a_picture_is_left_behind() -> None:
    glued = picture() + pack({"a.md": b"hidden"}) + b"<script>alert(1)</script>"
    clean = admit("picture", glued, "a.jpg").content
    assert (b"script" in glued, b"script" in clean, b"PK" in clean) == (True, False, False)


def test_words_in_a_png_are_left_behind() -> None:
    told = png_with(chunk(b"tEXt", b"Author\0" + WHO.encode()), chunk(b"tIME", bytes(7)))
    clean = admit("picture", told, "a.png").content
    assert (WHO.encode() in told, WHO.encode() in clean, b"tIME" in clean) == (True, False, False)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
def test_a_png_of_any_kind_keeps_its_look(mode: str) -> None:
    made = io.BytesIO()
    Image.new(mode, (9, 9), 1 if mode in ("P", "1") else None).save(made, "PNG")
    with Image.open(io.BytesIO(admit("picture", made.getvalue(), "a.png").content)) as after:
        assert after.size == (9, 9)


def test_a_png_without_its_ground_stays_without_it() -> None:
    made = io.BytesIO()
    plain = Image.new("P", (4, 4), 0)
    plain.putpalette([255, 0, 0, 0, 0, 255])
    plain.save(made, "PNG", transparency=0)
    with Image.open(io.BytesIO(admit("picture", made.getvalue(), "a.png").content)) as after:
        assert after.convert("RGBA").getpixel((0, 0))[3] == 0


_GIF = picture("GIF")
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'

HOSTILE = {
    "pixel flood": ("a.png", flood(60_000, 60_000)),
    "a little too many": ("a.png", flood(MOST_PIXELS // 1000 + 1, 1000)),
    "a line": ("a.png", flood(100_000, 1)),
    "no width": ("a.png", flood(0, 10)),
    "too few pixels": ("a.png", flood(500, 500)),
    "moving PNG": ("a.png", moving("PNG")),
    "moving WebP": ("a.webp", moving("WEBP")),
    "GIF": ("a.png", _GIF),
    "GIF by name": ("a.gif", _GIF),
    "GIF and JPEG": ("a.jpg", _GIF + picture()),
    "JPEG as PNG": ("a.png", picture()),
    "PNG as JPEG": ("a.jpg", picture("PNG")),
    "WebP as JPEG": ("a.jpg", picture("WEBP")),
    "TIFF": ("a.jpg", picture("TIFF")),
    "BMP": ("a.png", picture("BMP")),
    "SVG": ("a.svg", _SVG),
    "SVG as PNG": ("a.png", _SVG),
    "SVG behind blanks": ("a.jpg", b"\n\n  " + _SVG),
    "page": ("a.jpg", b"<!DOCTYPE html><script>alert(1)</script>"),
    "script": ("a.jpg", b"#!/bin/sh\n"),
    "PDF": ("a.jpg", b"%PDF-1.7\n"),
    "PostScript": ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n"),
    "pack": ("a.png", pack({"a.md": b"x"})),
    "pack before": ("a.png", pack({"a.md": b"x"}) + picture("PNG")),
    "cut off": ("a.jpg", picture(size=(400, 400))[:900]),
    "cut off PNG": ("a.png", picture("PNG", (400, 400))[:200]),
    "cut off WebP": ("a.webp", picture("WEBP", (400, 400))[:100]),
    "only the mark": ("a.jpg", b"\xff\xd8\xff"),
    "only the PNG mark": ("a.png", b"\x89PNG\r\n\x1a\n"),
    "wrong sum": ("a.png", picture("PNG").replace(b"IDAT", b"IDAT\0", 1)),
    "words that unfold": (
        "a.png",
        png_with(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100 << 20), 9))),
    ),
    "colours that unfold": (
        "a.png",
        png_with(chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100 << 20), 9))),
    ),
    "nothing": ("a.png", b""),
    "too large": ("a.jpg", picture() + bytes(9 << 20)),
    "noise": ("a.jpg", b"\xff\xd8\xff" + bytes(range(256)) * 40),
    "two endings": ("a.html.jpg", picture()),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_still_picture_is_refused_or_comes_out_clean(name: str) -> None:
    called, content = HOSTILE[name]
    answers = reasons("picture", content, called)
    if name == "colours that unfold":  # the painter leaves such a profile aside
        assert answers == [] or answers[0].startswith(called)
        return
    assert [each for each in answers if each.startswith(called)] == answers != []
