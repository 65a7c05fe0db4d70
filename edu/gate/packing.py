"""A film packed small for phones: as MP4 with a still, from whatever a telephone recorded.

The numbers are those of a slow line: three minutes stay under eight megabytes.
"""

import io
import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from PIL import Image

from edu.gate.clips import container_of, too_long, tracks
from edu.gate.mp4 import clean_mp4, head_first
from edu.gate.refused import refuse
from edu.lessons.words import N_

#: The longer and the shorter side of what is kept, in pixels.
_LONG, _SHORT = 640, 360
_RATE = 24
_SOUND_RATE, _SOUND_BITS = 32_000, 40_000
_PICTURES = {
    "preset": "fast",
    "profile": "baseline",
    "level": "3.0",
    "crf": "30",
    "maxrate": "290k",
    "bufsize": "580k",
    "g": "96",
    "threads": "1",
    "x264-params": "threads=1:lookahead-threads=1:sync-lookahead=0",
}
_STILL_AT, _STILL_WIDTH = 1.0, 320
_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


@dataclass
class _Making:
    """A film that is being written: the containers' streams, and how far they have come."""

    target: Any
    begins: float
    name: str
    picture: Any = None
    sound: Any = None
    last: int = -1
    samples: int = 0
    still: bytes = b""
    size: tuple[int, int] = (0, 0)
    narrow: Any = field(default=None)


def pack_clip(content: bytes, name: str) -> tuple[dict[str, bytes], int, int, int]:
    """The `film` and its `still`, its width and height in pixels, its length in seconds."""
    import av

    kind = container_of(content, name)
    made = io.BytesIO()
    try:
        with (
            av.open(io.BytesIO(content), "r", format=kind) as source,
            av.open(made, "w", format="mp4", options={"fflags": "+bitexact"}) as target,
        ):
            video, sound = tracks(source, name)
            making = _Making(target, _begin(source), name)
            _add_streams(making, video, with_sound=sound is not None)
            for frame in source.decode(*filter(None, (video, sound))):
                _take(making, frame)
            _finish(making)
    except av.FFmpegError:
        raise refuse(name, N_("The film is damaged or cut off.")) from None
    if making.last < 0:
        raise refuse(name, N_("The film has no pictures."))
    # What we wrote ourselves passes the same walk: it leaves out the name of the encoder.
    film = clean_mp4(head_first(made.getvalue(), name), name, "film")
    seconds = max(1, math.ceil((making.last + 1) / _RATE))
    return {"film": film, "still": making.still}, *making.size, seconds


def _begin(source: Any) -> float:
    import av

    return float(source.start_time or 0) / av.time_base


def _add_streams(making: _Making, video: Any, *, with_sound: bool) -> None:
    import av

    making.picture = making.target.add_stream("libx264", rate=_RATE, options=dict(_PICTURES))
    making.picture.pix_fmt = "yuv420p"
    making.picture.codec_context.thread_count = 1
    making.picture.codec_context.time_base = Fraction(1, _RATE)
    if with_sound:
        making.sound = making.target.add_stream("aac", rate=_SOUND_RATE, layout="mono")
        making.sound.bit_rate = _SOUND_BITS
        making.narrow = av.AudioResampler(format="fltp", layout="mono", rate=_SOUND_RATE)


def _take(making: _Making, frame: Any) -> None:
    at = (frame.time or 0.0) - making.begins
    too_long(at, making.name)
    if hasattr(frame, "samples"):
        _hear(making, frame, at)
    else:
        _see(making, frame, at)


def _see(making: _Making, frame: Any, at: float) -> None:
    """Write one picture, unless another stands at its place already."""
    import av

    place = round(at * _RATE)
    if place <= making.last:
        return
    small = _small(frame)
    if not making.size[0]:
        making.size = (small.width, small.height)
        making.picture.width, making.picture.height = making.size
    if (small.width, small.height) != making.size:
        small = small.reformat(*making.size, threads=1)
    if not making.still or (at >= _STILL_AT and making.last < _STILL_AT * _RATE):
        making.still = _still(small)
    small = small.reformat(format="yuv420p", threads=1)
    small.pts, small.time_base = place, Fraction(1, _RATE)
    small.pict_type = av.video.frame.PictureType.NONE
    making.last = place
    making.target.mux(making.picture.encode(small))


def _small(frame: Any) -> Any:
    """The picture as it was held, within the sides that are kept; both sides are even."""
    import av

    long, short = max(frame.width, frame.height), min(frame.width, frame.height)
    part = min(1.0, _LONG / long, _SHORT / short)
    width, height = (max(2, round(side * part / 2) * 2) for side in (frame.width, frame.height))
    small = frame.reformat(width, height, format="yuv420p", threads=1)
    turn = _TURNS.get(round(frame.rotation) % 360)
    if turn is None:
        return small
    turned: Any = av.VideoFrame
    return turned.from_image(small.to_image(threads=1).transpose(turn))


def _still(frame: Any) -> bytes:
    picture = frame.to_image(threads=1)
    picture.thumbnail((_STILL_WIDTH, _STILL_WIDTH), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    made = io.BytesIO()
    fresh.save(made, "JPEG", quality=64, optimize=True, progressive=True)
    return made.getvalue()


def _hear(making: _Making, frame: Any, at: float) -> None:
    if not making.samples:
        # A sound that begins later than the picture keeps its distance.
        making.samples = max(0, round(at * _SOUND_RATE))
    frame.pts = None
    _write_sound(making, making.narrow.resample(frame))


def _write_sound(making: _Making, frames: Any) -> None:
    for each in frames:
        each.pts, each.time_base = making.samples, Fraction(1, _SOUND_RATE)
        making.samples += each.samples
        making.target.mux(making.sound.encode(each))


def _finish(making: _Making) -> None:
    if making.sound is not None and making.samples:
        _write_sound(making, making.narrow.resample(None))
        making.target.mux(making.sound.encode(None))
    if making.last >= 0:
        making.target.mux(making.picture.encode(None))
