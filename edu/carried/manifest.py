"""What a file that is carried says of itself, signed, so that it can be known again.

The manifest stands in the file's last line, in a comment that no reader sees: what is in the file,
from which releases, made on which day, the digest of everything before that line, and what was
withdrawn by then. The signature is over the manifest.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from edu.carried.keys import signing_key, signing_public

FORMAT = 1
_LINE = re.compile(rb"<!--daraja ([A-Z2-7]+) ([A-Z2-7]+)-->")


@dataclass(frozen=True)
class Part:
    """A module in a file: which release of it, in which language. `id` is the release's own."""

    id: int
    module: str
    tag: str
    number: int


@dataclass(frozen=True)
class Manifest:
    """What a file says of itself. `file` is the random number of a group's file, or empty;
    `withdrawn` are releases (`en/m1/3`) and files that were withdrawn when it was made; `by` is
    the key that signed."""

    made_on: str
    parts: Sequence[Part]
    digest: str
    by: str
    file: str = ""
    withdrawn: Sequence[str] = field(default_factory=tuple)
    format: int = FORMAT

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return date.fromisoformat(self.made_on)

    @classmethod
    def read(cls, given: dict[str, Any]) -> Self:
        """From JSON. Raises ValueError, KeyError or TypeError for what is none."""
        found = cls(**(given | {"parts": tuple(Part(**each) for each in given["parts"])}))
        if found.format != FORMAT or not isinstance(found.digest, str):
            raise ValueError("another format")
        date.fromisoformat(found.made_on)
        return found


@dataclass(frozen=True)
class Signed:
    """A manifest as it came with a file: whether the signature fits its own key, and whether the
    file is still what was signed."""

    manifest: Manifest
    signed: bool
    whole: bool


def digest_of(body: bytes) -> str:
    """The digest of a file's body."""
    return hashlib.sha256(body).hexdigest()


def sign(body: bytes, secret: str, about: Manifest) -> bytes:
    """A file with its manifest as the last line. `about.digest` and `about.by` are filled in."""
    told = asdict(about) | {"digest": digest_of(body), "by": signing_public(secret).hex()}
    inside = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    signature = signing_key(secret).sign(inside)
    return body + b"<!--daraja " + _text(inside) + b" " + _text(signature) + b"-->\n"


def read_signed(line: bytes, digest: str) -> Signed | None:
    """The manifest in a file's last line, and whether it is of a body with this digest; None
    where it is none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    try:
        inside, signature = _bytes(found[1]), _bytes(found[2])
        manifest = Manifest.read(json.loads(inside))
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest.by))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    try:
        key.verify(signature, inside)
        signed = True
    except InvalidSignature:
        signed = False
    return Signed(manifest, signed, digest == manifest.digest)


def _text(raw: bytes) -> bytes:
    # A comment may not hold two hyphens in a row; this alphabet has none.
    return base64.b32encode(raw).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    try:
        return base64.b32decode(text + b"=" * (-len(text) % 8))
    except binascii.Error as error:
        raise ValueError("no base 32") from error
