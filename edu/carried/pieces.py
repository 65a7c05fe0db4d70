"""Sealed letters cut into pieces that fit a picture for a camera, a line of a file, or a keyboard.

A piece is a version, four bytes of the letter's digest, its own number and how many there are, up
to 100 bytes of the letter, and four bytes of its own digest, all written in 32 letters and digits
that nobody mistakes for one another. One picture (QR code, version 7) holds the longest piece.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: Crockford's letters: no I, L, O or U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERSION = 1
CUT = 100
_NAME, _CHECK = 4, 4
_AROUND = 1 + _NAME + 2 + _CHECK
#: Signs of the longest piece; a picture of version 7 and medium correction takes 178.
LONGEST = -(-(_AROUND + CUT) * 8 // 5)
#: Nobody's answers need more pieces.
MOST_PIECES = 40

_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
#: What a hand writes for a digit.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = str.maketrans("", "", " \t-\u00a0\ufeff")


@dataclass(frozen=True)
class Piece:
    """One piece of a letter; `name` is of the whole letter, `number` counts from 1."""

    name: bytes
    number: int
    of: int
    body: bytes


@dataclass(frozen=True)
class Gathered:
    """What a heap of lines came to: whole letters; of others the numbers that are missing, by
    the name of the letter; and the lines that are no piece, by their numbers."""

    letters: Sequence[bytes]
    missing: Mapping[str, Sequence[int]]
    unread: Sequence[int]


def cut(letter: bytes) -> list[str]:
    """A letter as lines."""
    parts = [letter[start : start + CUT] for start in range(0, len(letter), CUT)] or [b""]
    name = _digest(letter)[:_NAME]
    return [written(name, number, len(parts), part) for number, part in enumerate(parts, start=1)]


def gather(lines: Iterable[str]) -> Gathered:
    """Letters from lines in any order, some of them twice. A letter of which all pieces are there
    and whose digest is another one is told as unread: its pieces cannot belong together."""
    found: dict[tuple[bytes, int], dict[int, bytes]] = {}
    where: dict[tuple[bytes, int], int] = {}
    unread = []
    for number, line in enumerate(lines, start=1):
        if not line.translate(_BETWEEN).strip():
            continue
        piece = read_piece(line)
        if piece is None:
            unread.append(number)
            continue
        found.setdefault((piece.name, piece.of), {})[piece.number] = piece.body
        where[piece.name, piece.of] = number
    letters, missing = [], {}
    for (name, of), bodies in found.items():
        gaps = [number for number in range(1, of + 1) if number not in bodies]
        letter = b"".join(bodies[number] for number in sorted(bodies))
        if gaps:
            missing[name.hex()] = gaps
        elif _digest(letter)[:_NAME] == name:
            letters.append(letter)
        else:
            unread.append(where[name, of])
    return Gathered(letters, missing, sorted(unread))


def read_piece(line: str) -> Piece | None:
    """A line as a piece; None where it is none, or a sign of it was mistaken."""
    raw = _bytes(line.translate(_BETWEEN).strip().upper().translate(_MEANT))
    if raw is None or not _AROUND <= len(raw) <= _AROUND + CUT or raw[0] != VERSION:
        return None
    inside, check = raw[:-_CHECK], raw[-_CHECK:]
    number, of = inside[1 + _NAME], inside[2 + _NAME]
    if _digest(inside)[:_CHECK] != check or not 1 <= number <= of <= MOST_PIECES:
        return None
    return Piece(inside[1 : 1 + _NAME], number, of, inside[3 + _NAME :])


def written(name: bytes, number: int, of: int, body: bytes) -> str:
    """A piece as a line."""
    inside = bytes([VERSION, *name, number, of]) + body
    raw = inside + _digest(inside)[:_CHECK]
    signs = -(-len(raw) * 8 // 5)
    value = int.from_bytes(raw, "big") << (signs * 5 - len(raw) * 8)
    return "".join(ALPHABET[value >> (5 * place) & 31] for place in reversed(range(signs)))


def _bytes(signs: str) -> bytes | None:
    """The bytes that signs stand for; None for a sign or a length that nothing is written with."""
    if len(signs) > LONGEST or any(sign not in _VALUES for sign in signs):
        return None
    value = 0
    for sign in signs:
        value = value << 5 | _VALUES[sign]
    length = len(signs) * 5 // 8
    spare = len(signs) * 5 - length * 8
    if spare >= 5 or value & ((1 << spare) - 1):
        return None
    return (value >> spare).to_bytes(length, "big")


def _digest(of: bytes) -> bytes:
    return hashlib.sha256(of).digest()
