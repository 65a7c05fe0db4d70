"""Texts read aloud, from a browser's recorder or from a file: looked through, then packed small.

The container is first walked through by our own rules, as for every recording. Then the sound is
packed anew for phones: as Ogg Opus, and as MP3 for telephones that know nothing newer. Where this
machine cannot do that, Opus and MP3 that are small already are taken as they are.
"""

import struct
from collections.abc import Callable
from math import ceil
from pathlib import PurePosixPath

from edu.gate.mp3 import clean_mp3, seconds_of_mp3
from edu.gate.mp4 import clean_mp4
from edu.gate.ogg import clean_ogg
from edu.gate.refused import refuse
from edu.gate.transcoding import can_transcode, packed
from edu.gate.wav import clean_wav
from edu.gate.webm import clean_webm
from edu.lessons.words import N_

#: The longest recording of one text, in seconds.
LONGEST = 10 * 60
#: Bytes for each second, and some for the head: more is not small.
_SMALL, _HEAD = 6_000, 8_000

_CONTAINERS: dict[str, tuple[str, Callable[[bytes, str], bytes]]] = {
    ".webm": ("webm", lambda content, name: clean_webm(content, name, "sound")),
    ".ogg": ("ogg", clean_ogg),
    ".opus": ("ogg", clean_ogg),
    ".mp3": ("mp3", clean_mp3),
    ".m4a": ("mp4", lambda content, name: clean_mp4(content, name, "sound")),
    ".wav": ("wav", clean_wav),
}


def read_speech(content: bytes, name: str) -> tuple[dict[str, bytes], int]:
    """The sound by its formats (`opus`, `mp3`), and its length in seconds."""
    kind, walk = _CONTAINERS[PurePosixPath(name).suffix.lower()]
    clean = walk(content, name)
    if not can_transcode():
        return _as_it_is(clean, kind, name)
    sounds, seconds = packed(clean, kind, name, LONGEST)
    # What we wrote ourselves passes the same walk: it leaves out the name of the encoder.
    return {
        "opus": clean_ogg(sounds["opus"], name),
        "mp3": clean_mp3(sounds["mp3"], name),
    }, seconds


def _as_it_is(clean: bytes, kind: str, name: str) -> tuple[dict[str, bytes], int]:
    if kind == "ogg" and b"OpusHead" in clean[:64]:
        found, seconds = "opus", _seconds_of_opus(clean, name)
    elif kind == "mp3":
        found, seconds = "mp3", seconds_of_mp3(clean)
    else:
        raise refuse(
            name,
            N_("This server cannot pack recordings. Send Ogg Opus or MP3 that is small already."),
        )
    if seconds > LONGEST:
        raise refuse(
            name, N_("The recording is longer than %(minutes)s minutes."), minutes=LONGEST // 60
        )
    if len(clean) > _HEAD + _SMALL * seconds:
        raise refuse(
            name,
            N_(
                "This recording is too large for a slow phone, and this server cannot pack it"
                " smaller. Save it with 48 kbit a second or less, in one channel."
            ),
        )
    return {found: clean}, seconds


def _seconds_of_opus(content: bytes, name: str) -> int:
    """From the time of the last page, which counts 48,000 to a second (RFC 7845, section 4)."""
    at = content.rfind(b"OggS")
    (last,) = struct.unpack_from("<q", content, at + 6)
    (skipped,) = struct.unpack_from("<H", content, content.index(b"OpusHead") + 10)
    if last <= skipped:
        raise refuse(name, N_("The recording is damaged or cut off."))
    return max(1, ceil((last - skipped) / 48_000))
