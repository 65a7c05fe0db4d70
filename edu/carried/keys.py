"""The server's two keys for what is carried: one signs what goes out, one opens what comes back.

Neither is stored. Both follow from the server's own secret, so a copy of the database alone signs
nothing and opens no answers, and a restored server with its old secret goes on with both.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import TYPE_CHECKING

# `cryptography` is loaded where it is used: a server that hands nothing out never pays for it.
if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

#: How many points there are on the curve P-256: a secret number is smaller than that.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@lru_cache(maxsize=4)
def signing_key(secret: str) -> "Ed25519PrivateKey":
    """The key with which a server signs what it hands out."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_derived(secret, b"carried: signing", 32))


@lru_cache(maxsize=4)
def sealing_key(secret: str) -> "EllipticCurvePrivateKey":
    """The key that opens answers. P-256, because old phones know no other curve."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

    # 48 bytes, so that no number is more likely than another by anything that counts.
    number = int.from_bytes(_derived(secret, b"carried: sealing", 48), "big")
    return derive_private_key(number % (_ORDER - 1) + 1, SECP256R1())


def signing_public(secret: str) -> bytes:
    """The 32 bytes by which anybody can check a signature of this server."""
    return signing_key(secret).public_key().public_bytes_raw()


def sealing_public(secret: str) -> bytes:
    """The 65 bytes to which a phone seals answers."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = sealing_key(secret).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def mark_of(public: bytes) -> bytes:
    """Four bytes by which a server knows what was sealed to it."""
    return hashlib.sha256(public).digest()[:4]


def _derived(secret: str, what: bytes, length: int) -> bytes:
    # HMAC in counter mode: as many bytes as are asked for, each block over its number and use.
    blocks = range(1, -(-length // 32) + 1)
    key = secret.encode()
    made = b"".join(hmac.digest(key, bytes([each]) + what, hashlib.sha256) for each in blocks)
    return made[:length]
