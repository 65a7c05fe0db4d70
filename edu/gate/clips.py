"""Films as a telephone records them: looked at when they come, and packed small by a job.

A first look tells at once what cannot be taken. Packing decodes everything and writes it anew, as
H.264 and AAC in an MP4 that every telephone with a browser plays, so nothing of the original is
left: no place, no day, no name of a telephone. Both run in the gate's child process alone, on one
thread, because decoders read what a stranger made.
"""

import io
import math
from typing import Any

from edu.gate.mp4 import check_boxes
from edu.gate.refused import refuse
from edu.gate.transcoding import can_transcode
from edu.gate.webm import clean_webm
from edu.lessons.words import N_

#: The longest film, in seconds: stories work best between one minute and three.
LONGEST = 180
#: The largest picture of a film that is decoded, in pixels.
_MOST_PIXELS = 4096 * 2304
_DECODERS = frozenset(
    {"h264", "hevc", "vp8", "vp9", "libvpx", "libvpx-vp9", "libdav1d", "av1", "mpeg4", "h263"}
)
_SOUNDS = frozenset({"aac", "opus", "libopus", "vorbis", "libvorbis", "mp3", "mp3float"})
_SOUNDS_OF_OLD = frozenset({"amrnb", "amr_nb", "libopencore_amrnb"})
_DAMAGED = N_("The film is damaged or cut off.")


def read_clip(content: bytes, name: str) -> int:
    """Look at a film; Refused for what cannot be packed. Its length in seconds, as far as its
    head tells."""
    import av

    kind = container_of(content, name)
    if not can_transcode():
        raise refuse(name, N_("This server cannot pack films."))
    try:
        with av.open(io.BytesIO(content), "r", format=kind) as source:
            video, _sound = tracks(source, name)
            first = next(source.decode(video), None)
            seconds = math.ceil((source.duration or 0) / av.time_base)
    except av.FFmpegError:
        raise refuse(name, _DAMAGED) from None
    if first is None:
        raise refuse(name, _DAMAGED)
    too_long(seconds, name)
    return seconds


def container_of(content: bytes, name: str) -> str:
    """Which container a film comes in, by its bytes; no other is tried on it."""
    if content.startswith(b"\x1aE\xdf\xa3"):
        clean_webm(content, name, "film")
        return "webm"
    if content[4:8] == b"ftyp":
        check_boxes(content, name)
        return "mp4"
    raise refuse(name, N_("This is no film in MP4 or WEBM, whatever its name says."))


def too_long(seconds: float, name: str) -> None:
    """Refused for more than the longest film; a second more is a matter of counting."""
    if seconds > LONGEST + 1:
        raise refuse(
            name,
            N_("The film is longer than %(minutes)s minutes. Cut it shorter."),
            minutes=LONGEST // 60,
        )


def tracks(source: Any, name: str) -> tuple[Any, Any]:
    """The one picture track, and the first of sound or None; each is decoded on one thread."""
    if not source.streams.video:
        raise refuse(name, N_("The film has no pictures."))
    video = source.streams.video[0]
    sound = next(iter(source.streams.audio), None)
    known = video.codec_context.name in _DECODERS
    if sound is not None:
        known = known and sound.codec_context.name in _SOUNDS | _SOUNDS_OF_OLD
    if not known:
        raise refuse(
            name, N_("The film is packed in a way that is not taken here. Save it as MP4.")
        )
    size = video.codec_context.width * video.codec_context.height
    if not 0 < size <= _MOST_PIXELS:
        raise refuse(
            name, N_("The pictures of the film are too large. Record it with fewer pixels.")
        )
    for each in filter(None, (video, sound)):
        each.codec_context.thread_count = 1
        each.codec_context.thread_type = "NONE"
    return video, sound
