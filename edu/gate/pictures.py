"""Pictures from strangers: painted anew from their pixels, so that nothing else is left in them.

Where and when a picture was taken, with which telephone, its thumbnail, comments and colour
profile, and whatever was glued behind it: none of that is a pixel, so none of it comes along.
How the telephone was held is turned into the pixels first.
"""

import io

from PIL import Image, ImageOps

from edu.gate.refused import refuse
from edu.lessons.words import N_

#: The largest picture that is opened, in pixels: what a good telephone takes.
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 12_000

#: How each kind begins, by the name that the painter has for it.
_FORMATS = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".avif": "AVIF",
}
_MODES = {
    "JPEG": ("RGB", "L"),
    "PNG": ("RGB", "RGBA", "L", "LA", "P", "1"),
    "WEBP": ("RGB", "RGBA"),
    "AVIF": ("RGB", "RGBA"),
}


def clean_picture(content: bytes, name: str, ending: str) -> tuple[bytes, int, int]:
    """The same picture without anything about its making, with its width and height in pixels."""
    wanted = _FORMATS[ending]
    if format_of(content) != wanted:
        raise refuse(name, N_("This is no %(kind)s file, whatever its name says."), kind=wanted)
    upright = opened(content, name, wanted)
    lossless = wanted == "WEBP" and content[12:16] == b"VP8L"
    return _painted(upright, wanted, lossless=lossless), *upright.size


def opened(content: bytes, name: str, wanted: str) -> Image.Image:
    """A still picture of this format, turned as it was held, with all its pixels read; Refused
    where it is too large, moves, or is damaged."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked below, before a pixel is read
    try:
        picture = Image.open(io.BytesIO(content), formats=[wanted])
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            most = MOST_PIXELS // 1_000_000
            raise refuse(name, N_("The picture is larger than %(most)s million pixels."), most=most)
        # What telephones glue behind a JPEG for finer screens does not make it move.
        if getattr(picture, "n_frames", 1) > 1 and wanted != "JPEG":
            raise refuse(name, N_("The picture moves. Only still pictures are taken."))
        upright = ImageOps.exif_transpose(picture)
        upright.load()
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise refuse(name, N_("The picture is damaged or cut off.")) from None
    return upright


def format_of(content: bytes) -> str:
    """What a picture is by its first bytes; an empty text for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:12] in (b"ftypavif", b"ftypmif1"):
        return "AVIF"
    return ""


def _painted(picture: Image.Image, wanted: str, *, lossless: bool) -> bytes:
    """The picture's pixels in a new file; the same pixels give the same bytes."""
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    if picture.mode not in _MODES[wanted] or (wanted != "PNG" and transparent):
        alpha = transparent and wanted != "JPEG"
        picture = picture.convert("RGBA" if alpha else "RGB")
    # A fresh picture: what is not copied here does not exist in it.
    fresh = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        fresh.putpalette(picture.getpalette("RGB") or [], "RGB")
    fresh.paste(picture)
    more: dict[str, object] = {}
    if picture.mode == "P" and "transparency" in picture.info:
        more["transparency"] = picture.info["transparency"]
    if wanted == "JPEG":
        more = {"quality": 88, "optimize": True, "progressive": True}
    elif wanted == "WEBP":
        more = {"quality": 88, "lossless": lossless}
    elif wanted == "AVIF":
        more = {"quality": 75}
    else:
        more["optimize"] = True
    made = io.BytesIO()
    fresh.save(made, wanted, **more)
    return made.getvalue()
