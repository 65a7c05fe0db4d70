"""Ogg recordings (Opus and Vorbis): every page checked, the words about the recording left out.

An Ogg file is a row of pages. Those at the head hold what a player must know, and the comments:
title, artist, place, picture, whatever a telephone or a person wrote. The pages are written
anew with empty comments; the pages of sound keep every byte of sound.
Source: RFC 3533 (pages), RFC 7845 (Opus), the Vorbis I specification, section 5.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from edu.gate.refused import refuse
from edu.lessons.words import N_

_HEAD = struct.Struct("<4sBBqLLLB")
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_DAMAGED = N_("The recording is damaged or cut off.")


@dataclass(frozen=True)
class Page:
    """One page: its marks, the time it ends at, its place in the row, and pieces of packets."""

    marks: int
    time: int
    serial: int
    number: int
    lacing: bytes
    body: bytes


def clean_ogg(content: bytes, name: str) -> bytes:
    """The same sound without comments."""
    pages = list(_pages(content, name))
    if not pages:
        raise refuse(name, _DAMAGED)
    if len({page.serial for page in pages}) > 1:
        raise refuse(name, N_("The recording holds more than one track, or no sound."))
    if [page.number for page in pages] != list(range(len(pages))) or not pages[0].marks & _FIRST:
        raise refuse(name, _DAMAGED)
    if any(page.marks & _FIRST for page in pages[1:]):
        raise refuse(name, N_("The recording holds one behind another."))
    codec = _codec(pages[0].body)
    if not codec:
        raise refuse(name, N_("Only Opus and Vorbis sound is taken in an Ogg file."))
    wanted = 1 if codec == "opus" else 2
    packets, used = _head_packets(pages, wanted, name)
    if not packets[0].startswith(b"OpusTags" if codec == "opus" else b"\x03vorbis"):
        raise refuse(name, _DAMAGED)
    packets[0] = _no_comments(codec)
    row = [pages[0], *_paged(packets, pages[0].serial), *pages[used:]]
    return b"".join(_written(replace(page, number=at)) for at, page in enumerate(row))


def _codec(body: bytes) -> str:
    if body.startswith(b"OpusHead"):
        return "opus"
    return "vorbis" if body.startswith(b"\x01vorbis") else ""


def _no_comments(codec: str) -> bytes:
    empty = struct.pack("<LL", 0, 0)
    return b"OpusTags" + empty if codec == "opus" else b"\x03vorbis" + empty + b"\x01"


def _pages(content: bytes, name: str) -> Iterator[Page]:
    at = 0
    while at < len(content):
        if len(content) < at + _HEAD.size or content[at : at + 5] != b"OggS\0":
            raise refuse(name, _DAMAGED)
        _, _, marks, time, serial, number, checksum, pieces = _HEAD.unpack_from(content, at)
        start = at + _HEAD.size + pieces
        lacing = content[at + _HEAD.size : start]
        body = content[start : start + sum(lacing)]
        page = Page(marks, time, serial, number, lacing, body)
        if len(lacing) != pieces or len(body) != sum(lacing) or _sum_of(page) != checksum:
            raise refuse(name, _DAMAGED)
        yield page
        at = start + len(body)


def _head_packets(pages: list[Page], wanted: int, name: str) -> tuple[list[bytes], int]:
    """The packets that follow the first page's, and how many pages they and it take."""
    packets: list[bytes] = []
    current = b""
    for used, page in enumerate(pages[1:], start=2):
        at = 0
        for length in page.lacing:
            if len(packets) == wanted:
                raise refuse(name, _DAMAGED)  # sound must begin on a page of its own
            current += page.body[at : at + length]
            at += length
            if length < 255:
                packets.append(current)
                current = b""
        if len(packets) == wanted:
            return packets, used
    raise refuse(name, _DAMAGED)


def _paged(packets: list[bytes], serial: int) -> Iterator[Page]:
    lacing, body = b"", b"".join(packets)
    for packet in packets:
        lacing += b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])
    for start in range(0, len(lacing), 255):
        pieces = lacing[start : start + 255]
        marks = _CONTINUED if start and lacing[start - 1] == 255 else 0
        time = -1 if pieces.count(255) == len(pieces) else 0
        yield Page(marks, time, serial, 0, pieces, body[: sum(pieces)])
        body = body[sum(pieces) :]


def _written(page: Page) -> bytes:
    return _head(page, _sum_of(page)) + page.lacing + page.body


def _head(page: Page, checksum: int) -> bytes:
    return _HEAD.pack(
        b"OggS", 0, page.marks, page.time, page.serial, page.number, checksum, len(page.lacing)
    )


def _sum_of(page: Page) -> int:
    """The checksum of a page, RFC 3533 section 6: as in zlib, but with each byte mirrored."""
    content = (_head(page, 0) + page.lacing + page.body).translate(_MIRRORED)
    mirrored = zlib.crc32(content, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
