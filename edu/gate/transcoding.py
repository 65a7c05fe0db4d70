"""Speech packed anew, small: every sound is decoded and written by us, so nothing else is left.

Runs in the gate's child process alone, because decoders read what a stranger made. It needs PyAV,
which not every machine has; without it only what is small already is taken.
"""

import io
import math
from array import array
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from edu.gate.refused import refuse
from edu.lessons.words import N_

#: One voice, and no more of it than a slow phone can load: bits a second.
OPUS_BITS, MP3_BITS = 16_000, 32_000
#: Samples a second: both formats know this rate, and it holds all of a voice.
RATE = 24_000
#: The loudest sample of a recording in which nothing can be heard, of 32,768.
_SILENCE = 200
_DECODERS = frozenset({"opus", "libopus", "vorbis", "libvorbis", "mp3", "mp3float", "aac"})


def can_transcode() -> bool:
    """Whether this machine can decode sound at all."""
    return find_spec("av") is not None


def packed(content: bytes, kind: str, name: str, longest: int) -> tuple[dict[str, bytes], int]:
    """The sound as Ogg Opus and as MP3, and its length in seconds, at most `longest`.

    `kind` is how the container is called (`webm`, `ogg`, `mp4`, `mp3`, `wav`): no other is tried.
    """
    import av

    opus, mp3 = io.BytesIO(), io.BytesIO()
    try:
        with (
            av.open(io.BytesIO(content), "r", format=kind) as source,
            av.open(opus, "w", format="ogg") as small,
            av.open(
                mp3, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}
            ) as plain,
        ):
            writers = [_opus_in(small), _mp3_in(plain)]
            samples, loudest = _copy(_frames(source, name), writers, name, longest)
    except av.FFmpegError:
        raise refuse(name, N_("The recording is damaged or cut off.")) from None
    if loudest < _SILENCE:
        raise refuse(
            name, N_("Nothing can be heard in this recording. Is the microphone switched on?")
        )
    return {"opus": opus.getvalue(), "mp3": mp3.getvalue()}, max(1, math.ceil(samples / RATE))


def _opus_in(container: Any) -> tuple[Any, Any]:
    options = {"application": "voip", "vbr": "on", "frame_duration": "60"}
    stream = container.add_stream("libopus", rate=RATE, layout="mono", options=options)
    stream.bit_rate = OPUS_BITS
    return container, stream


def _mp3_in(container: Any) -> tuple[Any, Any]:
    stream = container.add_stream("libmp3lame", rate=RATE, layout="mono")
    stream.bit_rate = MP3_BITS
    return container, stream


def _frames(source: Any, name: str) -> Iterator[Any]:
    """The decoded sound: one voice at our rate."""
    import av

    if len(source.streams) != 1 or not source.streams.audio:
        raise refuse(name, N_("The recording holds more than one track, or no sound."))
    stream = source.streams.audio[0]
    codec = stream.codec_context.name
    if codec not in _DECODERS and not codec.startswith("pcm_"):
        raise refuse(name, N_("The recording is packed in a way that is not taken here."))
    narrow = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    for frame in source.decode(stream):
        frame.pts = None
        yield from narrow.resample(frame)
    yield from narrow.resample(None)


def _copy(
    frames: Iterator[Any], writers: list[tuple[Any, Any]], name: str, longest: int
) -> tuple[int, int]:
    """Write all frames; how many samples there were, and the loudest of them."""
    samples, loudest = 0, 0
    for frame in frames:
        heard = array("h", bytes(frame.planes[0])[: 2 * frame.samples])
        loudest = max(loudest, *(abs(each) for each in (max(heard), min(heard)))) if heard else 0
        frame.pts = samples
        samples += frame.samples
        if samples > longest * RATE:
            raise refuse(
                name, N_("The recording is longer than %(minutes)s minutes."), minutes=longest // 60
            )
        for container, stream in writers:
            container.mux(stream.encode(frame))
    for container, stream in writers:
        container.mux(stream.encode(None))
    return samples, loudest
