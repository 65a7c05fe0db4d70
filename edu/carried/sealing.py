"""Sealed letters: what a phone puts its answers into, so that only the server can read them.

A letter is a version, the mark of the server's key, a public key made for this letter alone, and
the text, encrypted with AES-256 in GCM under a key that both public keys lead to. Every letter has
a key of its own, so its nonce may be nothing but zeros. Blanks behind the text hide how long it is.
"""

import hashlib

from edu.carried.keys import mark_of, sealing_key, sealing_public

VERSION = 1
_MARK, _POINT, _TAG = 4, 33, 16
#: What stands before the encrypted text.
HEAD = 1 + _MARK + _POINT
SHORTEST = HEAD + _TAG
NONCE = bytes(12)


class Elsewhere(Exception):
    """It was sealed to another server, or before this one got a new secret."""


class Damaged(Exception):
    """It is not as a phone sealed it."""


def open_letter(letter: bytes, secret: str) -> bytes:
    """What is in a sealed letter. Raises Elsewhere, or Damaged."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ec import ECDH, SECP256R1, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(letter) < SHORTEST or letter[0] != VERSION:
        raise Damaged
    public = sealing_public(secret)
    if letter[1 : 1 + _MARK] != mark_of(public):
        raise Elsewhere
    point = letter[1 + _MARK : HEAD]
    try:
        theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError as error:
        raise Damaged from error
    shared = sealing_key(secret).exchange(ECDH(), theirs)
    try:
        text = AESGCM(key_of(shared, point, public)).decrypt(NONCE, letter[HEAD:], letter[:HEAD])
    except InvalidTag as error:
        raise Damaged from error
    return text.rstrip(b" ")


def key_of(shared: bytes, point: bytes, public: bytes) -> bytes:
    """The key of one letter (the one-step derivation of NIST SP 800-56C, with SHA-256)."""
    return hashlib.sha256(b"\0\0\0\1" + shared + point + public).digest()
