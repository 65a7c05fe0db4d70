"""Photographs and drawings for lessons: known by what they hold, painted anew, and made small.

Whatever a telephone wrote beside the pixels is left out by the painting. The name says nothing
here, because telephones name files as they like. Drawings in SVG are refused: they can hold
programs and ask other servers for more, and a drawing saved as PNG looks the same on a page.
"""

import io

from PIL import Image

from edu.gate.pictures import format_of, opened
from edu.gate.refused import refuse
from edu.lessons.words import N_

#: The widest forms that are kept, in pixels: for small phones, and for screens twice as fine.
SMALL, LARGE = 360, 720
#: How much higher than wide a picture may be before it is made narrower.
_TALLEST = 1.6
_LEAST = 120
_QUALITY = 76

_SVG = N_("This is an SVG drawing, which can hold programs. Save it as PNG, and send that.")
_HEIC = N_(
    "Only its own telephone knows this kind of picture (HEIC). Save it as JPEG, and send that."
)
_OTHER = N_("This is no picture in JPEG, PNG, WEBP or AVIF, whatever its name says.")


def read_photo(content: bytes, name: str) -> tuple[dict[str, bytes], int, int]:
    """The picture as JPEG: `small`, and `large` where it is fine enough; with the width and
    height of the largest form."""
    wanted = format_of(content)
    if not wanted:
        raise refuse(name, _what_else(content))
    upright = opened(content, name, wanted)
    if min(upright.size) < _LEAST:
        raise refuse(
            name, N_("The picture is too small: it needs %(least)s pixels each way."), least=_LEAST
        )
    plain = _on_white(upright)
    large, small = _fitted(plain, LARGE), _fitted(plain, SMALL)
    files = {"small": _jpeg(small)}
    if large.width > small.width:
        files["large"] = _jpeg(large)
    return files, *large.size


def _what_else(content: bytes) -> str:
    head = content[:1024].lower()
    if b"<svg" in head:
        return _SVG
    return _HEIC if content[4:12] in (b"ftypheic", b"ftypheix", b"ftyphevc") else _OTHER


def _on_white(picture: Image.Image) -> Image.Image:
    """Its pixels alone, where nothing is transparent: on white, as on a page."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen).convert("RGB")


def _fitted(picture: Image.Image, widest: int) -> Image.Image:
    """The picture no wider than this, and not much higher; never larger than it was."""
    part = min(1, widest / picture.width, widest * _TALLEST / picture.height)
    size = (max(1, round(picture.width * part)), max(1, round(picture.height * part)))
    return picture if part == 1 else picture.resize(size, Image.Resampling.LANCZOS)


def _jpeg(picture: Image.Image) -> bytes:
    """The pixels in a new file, from which nothing else can be read."""
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    made = io.BytesIO()
    fresh.save(made, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return made.getvalue()
