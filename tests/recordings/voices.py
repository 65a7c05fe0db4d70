"""Recordings made by code: tones in the shape of speech, packed as browsers and telephones do."""

import io
import math
from array import array
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import av

from edu.recordings.consent import Consent

#: How a browser or telephone packs sound: the container, the codec, the ending of the name.
PACKED: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "webm": ("webm", "libopus", "a.webm"),
        "ogg": ("ogg", "libopus", "a.ogg"),
        "opus": ("ogg", "libopus", "a.opus"),
        "m4a": ("mp4", "aac", "a.m4a"),
        "mp3": ("mp3", "libmp3lame", "a.mp3"),
        "wav": ("wav", "pcm_s16le", "a.wav"),
    }
)
_RATE = 48_000


def samples(seconds: float = 1.0, loudness: int = 9_000) -> "array[int]":
    """A voice that rises and falls, with pauses."""
    return array(
        "h",
        (
            int(
                loudness
                * math.sin(2 * math.pi * (180 + 40 * math.sin(at / 9_000)) * at / _RATE)
                * max(0.0, math.sin(2 * math.pi * 3 * at / _RATE))
            )
            for at in range(int(seconds * _RATE))
        ),
    )


def recorded(kind: str, sound: "array[int] | None" = None, **tags: str) -> bytes:
    """A recording as it would be sent."""
    container, codec, _name = PACKED[kind]
    sound = samples() if sound is None else sound
    made = io.BytesIO()
    with av.open(made, "w", format=container) as target:
        target.metadata.update(tags)
        stream = target.add_stream(codec, rate=_RATE, layout="mono")
        for at in range(0, len(sound), 4_800):
            piece = sound[at : at + 4_800]
            frame = av.AudioFrame(format="s16", layout="mono", samples=len(piece))
            frame.planes[0].update(piece.tobytes())
            frame.sample_rate, frame.pts = _RATE, at
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return made.getvalue()


def heard(sound: bytes, kind: str) -> tuple[float, int]:
    """How many seconds a packed sound has, and its channels."""
    with av.open(io.BytesIO(sound), "r", format=kind) as source:
        stream = source.streams.audio[0]
        rate, channels = stream.rate, stream.channels
        return sum(frame.samples for frame in source.decode(stream)) / rate, channels


def consent(**other: object) -> Consent:
    """A complete consent."""
    values: dict[str, object] = {
        "speaker": "Auntie Rudo",
        "on": date(2026, 11, 20),
        "uses": ("site",),
        "ends": None,
        "own_story": False,
        "agreed": True,
    }
    return Consent(**(values | other))  # type: ignore[arg-type]
