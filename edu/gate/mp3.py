"""MP3 recordings: the frames of sound one behind another, and nothing before or behind them.

Tags (ID3, APE, Lyrics) stand around the frames, so only the frames are kept.
Source: ISO/IEC 11172-3 and 13818-3, section 2.4.2.3; the informal ID3 standards.
"""

import math

from edu.gate.refused import refuse
from edu.lessons.words import N_

_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_BITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_LAYER_3 = 1
#: Fewer frames in a row than this may be chance in any file.
_FEWEST = 3


def clean_mp3(content: bytes, name: str) -> bytes:
    """The same sound without tags."""
    at, end = _behind_tags(content, name), len(content)
    frames = []
    while at < end:
        length = _frame(content, at)
        if not length or at + length > end:
            break
        frames.append(content[at : at + length])
        at += length
    if len(frames) < _FEWEST:
        raise refuse(name, N_("This is no %(kind)s file, whatever its name says."), kind="MP3")
    rest = content[at:]
    cut_off = _frame(rest, 0) > len(rest)
    if rest.strip(b"\0") and not cut_off and not _is_tag(rest):
        raise refuse(
            name, N_("The recording is damaged, or something is glued to it (byte %(at)s)."), at=at
        )
    return b"".join(frames)


def _behind_tags(content: bytes, name: str) -> int:
    """Where the ID3 tags at the head end: each says its length in four times seven bits."""
    at = 0
    while content[at : at + 3] == b"ID3":
        size = content[at + 6 : at + 10]
        if len(size) < 4 or any(byte > 127 for byte in size):
            raise refuse(name, N_("The recording is damaged or cut off."))
        footer = 10 if content[at + 5] & 0x10 else 0
        at += 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]) + footer
    while at < len(content) and content[at] == 0:
        at += 1
    return at


def _is_tag(rest: bytes) -> bool:
    """Whether what is left are tags alone: APE or Lyrics, and then ID3 of the old kind."""
    if rest[:3] == b"TAG" and len(rest) == 128:
        return True
    if rest[:8] == b"APETAGEX" and len(rest) >= 32:
        header = int.from_bytes(rest[20:24], "little") >> 29 & 1
        length = 32 + int.from_bytes(rest[12:16], "little") if header else 32
        return length <= len(rest) and (len(rest) == length or _is_tag(rest[length:]))
    if rest[:11] == b"LYRICSBEGIN":
        end = rest.find(b"LYRICS200")
        return end > 0 and (len(rest) == end + 9 or _is_tag(rest[end + 9 :]))
    return False


def seconds_of_mp3(clean: bytes) -> int:
    """How long a recording without tags is."""
    at, seconds = 0, 0.0
    while length := _frame(clean, at):
        version, rate = clean[at + 1] >> 3 & 3, clean[at + 2] >> 2 & 3
        seconds += (1152 if version == 3 else 576) / _RATES[version][rate]
        at += length
    return max(1, math.ceil(seconds))


def _frame(content: bytes, at: int) -> int:
    """The length of the frame that begins here, in bytes; 0 where none begins."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != _LAYER_3 or bits in (0, 15) or rate == 3:
        return 0
    kilobits = (_BITS_1 if version == 3 else _BITS_2)[bits]
    samples = 144 if version == 3 else 72
    return samples * kilobits * 1000 // _RATES[version][rate] + padding
