"""WAV recordings: plain samples, and nothing of what else such a file may carry.

Source: Microsoft/IBM, Multimedia Programming Interface and Data Specifications 1.0 (RIFF).
"""

import struct

from edu.gate.refused import refuse
from edu.lessons.words import N_

_PLAIN = 1
_HEAD = struct.Struct("<HHLLHH")
_MOST_CHUNKS = 1000
_DAMAGED = N_("The recording is damaged or cut off.")


def clean_wav(content: bytes, name: str) -> bytes:
    """The same samples with a head of our own; titles, days and pictures stay behind."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise refuse(name, N_("This is no %(kind)s file, whatever its name says."), kind="WAV")
    chunks = _chunks(content, name)
    head, samples = chunks.get(b"fmt "), chunks.get(b"data")
    if head is None or not samples or len(head) < _HEAD.size:
        raise refuse(name, _DAMAGED)
    kind, channels, rate, _bytes, width, bits = _HEAD.unpack_from(head)
    if kind != _PLAIN or channels not in (1, 2) or bits not in (8, 16, 24, 32):
        raise refuse(name, N_("Only plain samples are taken in a WAV file."))
    if not 8000 <= rate <= 192_000 or width != channels * bits // 8:
        raise refuse(name, _DAMAGED)
    whole = samples[: len(samples) // width * width]
    told = _HEAD.pack(_PLAIN, channels, rate, rate * width, width, bits)
    body = b"fmt " + struct.pack("<L", len(told)) + told
    body += b"data" + struct.pack("<L", len(whole)) + whole + b"\0" * (len(whole) % 2)
    return b"RIFF" + struct.pack("<L", len(body) + 4) + b"WAVE" + body


def _chunks(content: bytes, name: str) -> dict[bytes, bytes]:
    """The first chunk of each kind; Refused where one reaches beyond the file."""
    found: dict[bytes, bytes] = {}
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(content):
            return found
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if at + 8 + size > len(content):
            raise refuse(name, _DAMAGED)
        found.setdefault(kind, content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    raise refuse(name, _DAMAGED)
