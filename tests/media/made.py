"""Pictures and films made by code, as telephones send them."""

import io
import math
from array import array
from fractions import Fraction
from functools import cache
from typing import Any

import av
from PIL import Image

#: Where a telephone says it stood, and what it is called: none of it may come through.
SECRETS = (b"Nairobi", b"Fairphone")


def photo(width: int = 900, height: int = 600, format: str = "JPEG", **more: Any) -> bytes:
    """A picture of three stripes, with what a telephone writes into it."""
    picture = Image.new("RGB", (width, height), "white")
    for at, colour in enumerate(("#0a5", "#fc3", "#c42")):
        picture.paste(colour, (0, at * height // 3, width, height))
    notes = Image.Exif()
    notes[0x010F], notes[0x010E] = "Fairphone", "Nairobi"
    made = io.BytesIO()
    picture.save(made, format, exif=notes, **more)
    return made.getvalue()


def drawing(**size: int) -> bytes:
    """A drawing on nothing: what is not drawn is transparent."""
    made = io.BytesIO()
    Image.new("RGBA", (size.get("width", 200), size.get("height", 200)), (0, 0, 0, 0)).save(
        made, "PNG"
    )
    return made.getvalue()


@cache
def film(kind: str = "mp4", seconds: int = 1, width: int = 320, height: int = 180) -> bytes:
    """A bright ball on a dark ground, with a tone."""
    made = io.BytesIO()
    codec, sound = ("libx264", "aac") if kind == "mp4" else ("libvpx", "libopus")
    with av.open(made, "w", format=kind) as target:
        target.metadata.update({"title": "Nairobi", "comment": "Fairphone"})
        video: Any = target.add_stream(codec, rate=12)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        audio: Any = target.add_stream(sound, rate=48_000, layout="mono")
        for at in range(12 * seconds):
            frame = Image.new("RGB", (width, height), "#223")
            frame.paste("#fd8", (at * 8 % width, 20, at * 8 % width + 40, 60))
            target.mux(video.encode(_frame(frame)))
        target.mux(video.encode(None))
        narrow = av.AudioResampler(
            format="fltp" if sound == "aac" else "flt", layout="mono", rate=48_000
        )
        for at in range(0, 48_000 * seconds, 960):
            for piece in narrow.resample(_tone(at)):
                target.mux(audio.encode(piece))
        target.mux(audio.encode(None))
    return made.getvalue()


def _frame(picture: Image.Image) -> Any:
    frames: Any = av.VideoFrame
    return frames.from_image(picture)


def _tone(at: int) -> Any:
    frame: Any = av.AudioFrame(format="s16", layout="mono", samples=960)
    heard = (int(8_000 * math.sin(2 * math.pi * 300 * (at + k) / 48_000)) for k in range(960))
    frame.planes[0].update(array("h", heard).tobytes())
    frame.sample_rate, frame.pts, frame.time_base = 48_000, at, Fraction(1, 48_000)
    return frame
