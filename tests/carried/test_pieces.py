"""Sealed answers survive a camera, a keyboard and a heap of files, or are refused with a reason."""

import random
import re

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.carried.keys import sealing_public, signing_public
from edu.carried.pieces import ALPHABET, CUT, LONGEST, cut, gather, read_piece, written
from edu.carried.sealing import Damaged, Elsewhere, open_letter
from tests.carried.phone import seal

SECRET = "a test's secret"
letters = st.lists(st.binary(min_size=0, max_size=3 * CUT + 7), min_size=1, max_size=4, unique=True)


def test_the_longest_piece_fits_one_picture() -> None:
    pieces = cut(bytes(range(256)) * 2)
    assert max(map(len, pieces)) == LONGEST == 178
    assert [re.sub(f"[{ALPHABET}]", "", each) for each in pieces] == [""] * 6


@settings(max_examples=60, deadline=None)
@given(letters, st.randoms(use_true_random=False), st.data())
def test_pieces_in_any_order_come_together_or_say_what_is_missing(
    whole: list[bytes], chance: random.Random, data: st.DataObject
) -> None:
    """Lost ones are told by their numbers, damaged ones by their line, and doubles do no harm."""
    pieces = [(n, k, line) for n, each in enumerate(whole) for k, line in enumerate(cut(each), 1)]
    lost = data.draw(st.sets(st.sampled_from(pieces)))
    kept = [each for each in pieces if each not in lost]
    lines = [line for *_rest, line in kept] * 2
    chance.shuffle(lines)
    found = gather([_as_typed(line, chance) for line in lines])
    gaps = {n: [k for m, k, _line in sorted(lost) if m == n] for n in range(len(whole))}
    seen = {n for n, *_rest in kept}
    assert sorted(found.letters) == sorted(whole[n] for n, missing in gaps.items() if not missing)
    assert sorted(found.missing.values()) == sorted(gaps[n] for n in seen if gaps[n])
    assert found.unread == []


def _as_typed(line: str, chance: random.Random) -> str:
    """As a hand writes it: small letters, blanks, a letter for a digit."""
    typed = line.lower() if chance.random() < 0.5 else line
    typed = typed.replace("0", "O").replace("1", "l") if chance.random() < 0.5 else typed
    return " " + re.sub("(.{6})", r"\1 ", typed) if chance.random() < 0.5 else typed


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=250), st.data())
def test_a_piece_with_a_wrong_sign_is_no_piece(letter: bytes, data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(cut(letter)))
    at = data.draw(st.integers(0, len(line) - 1))
    sign = data.draw(st.sampled_from(ALPHABET.replace(line[at], "")))
    assert read_piece(line) is not None
    assert read_piece(line[:at] + sign + line[at + 1 :]) is None
    assert gather([line[:at] + sign + line[at + 1 :]]).unread == [1]


def test_pieces_of_two_letters_under_one_name_make_none() -> None:
    """Somebody who can reckon digests may forge pieces; she gets nothing but a refusal."""
    first, second = cut(b"a" * 150), cut(b"a" * 100 + b"b" * 50)
    body = read_piece(second[1])
    assert body is not None
    forged = [first[0], _forged(first[1], body.body)]
    assert gather(forged).letters == []
    assert gather(forged).unread == [2]


def _forged(like: str, body: bytes) -> str:
    """A piece that stands in for another one of the same letter."""
    piece = read_piece(like)
    assert piece is not None
    return written(piece.name, piece.number, piece.of, body)


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=0, max_size=300).filter(lambda text: not text.endswith(b" ")), st.data())
def test_a_sealed_letter_opens_whole_or_not_at_all(text: bytes, data: st.DataObject) -> None:
    letter = seal(text, sealing_public(SECRET))
    assert open_letter(letter, SECRET) == text
    at = data.draw(st.integers(0, len(letter) * 8 - 1))
    flipped = bytearray(letter)
    flipped[at // 8] ^= 1 << at % 8
    shorter = letter[: data.draw(st.integers(0, len(letter) - 1))]
    for damaged in (bytes(flipped), shorter):
        try:
            opened = open_letter(damaged, SECRET)
        except (Damaged, Elsewhere):
            continue
        raise AssertionError(opened)


def test_letters_tell_nothing_not_even_how_much_is_in_them() -> None:
    public = sealing_public(SECRET)
    first, second = seal(b"m" * 3, public), seal(b"m" * 60, public)
    assert len(first) == len(second)
    assert first[5:] != seal(b"m" * 3, public)[5:]
    assert b"mmm" not in first


def test_another_server_opens_nothing_and_says_so() -> None:
    letter = seal(b"answers", sealing_public(SECRET))
    try:
        open_letter(letter, "another secret")
    except Elsewhere:
        return
    raise AssertionError("opened")


def test_the_keys_follow_from_the_secret_alone() -> None:
    """A changed derivation would close every file that is out: these must stay as they are."""
    assert signing_public(SECRET) == signing_public(SECRET) != signing_public("another")
    assert sealing_public(SECRET) == sealing_public(SECRET) != sealing_public("another")
    EllipticCurvePublicKey.from_encoded_point(SECP256R1(), sealing_public(SECRET))
    assert signing_public(SECRET).hex()[:16] == "747d18f71f361133"
    assert sealing_public(SECRET).hex()[:16] == "04dee81970087d00"
