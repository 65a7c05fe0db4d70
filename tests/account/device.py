"""A device that makes passkeys and shows them, as a phone does, without a phone.

It follows WebAuthn by itself and not by way of the library that reads its answers, so that the two
are compared. Each way in which an answer may be false is a field to be changed.
"""

import hashlib
import html
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from werkzeug.test import TestResponse

from tests.people import PASSWORD, StaffPerson, fields_of

PASSKEYS = "/en/staff/account/passkeys"
SIGN_IN = "/en/staff/sign-in"
BY_PASSKEY = "/en/staff/sign-in/passkey"
SECOND = "/en/staff/sign-in/second"
BY_PASSKEY_SECOND = "/en/staff/sign-in/second/passkey"

_PRESENT, _VERIFIED, _HAS_KEY = 1, 4, 64

Wish = dict[str, Any]


def text(raw: bytes) -> str:
    """Bytes as they travel: base64url without its end."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(travelled: str) -> bytes:
    """The bytes of such a text."""
    return urlsafe_b64decode(travelled + "=" * (-len(travelled) % 4))


@dataclass(frozen=True)
class Device:
    """A device with one key. `count` None: it does not count."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    count: int = 1
    origin: str = "http://localhost"
    host: str = "localhost"
    verifies: bool = True
    present: bool = True
    handle: bytes | None = None

    def but(self, **changes: Any) -> "Device":
        """The same device, a little otherwise."""
        return replace(self, **changes)

    def makes(self, wish: Wish) -> str:
        """What it answers when it is asked to make a passkey."""
        assert wish["authenticatorSelection"]["userVerification"] == "required"
        credential = (
            bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + self._public()
        )
        attested = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._seen(_HAS_KEY) + credential,
        }
        return self._answer(
            {
                "clientDataJSON": self._said("webauthn.create", wish),
                "attestationObject": cbor2.dumps(attested),
            },
            transports=["internal", "hybrid", "made up"],
        )

    def shows(self, wish: Wish) -> str:
        """What it answers when it is asked to show its passkey."""
        assert wish["userVerification"] == "required"
        said, seen = self._said("webauthn.get", wish), self._seen()
        signed = self.key.sign(seen + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {"clientDataJSON": said, "authenticatorData": seen, "signature": signed},
            userHandle=None if self.handle is None else text(self.handle),
        )

    def _answer(self, parts: dict[str, bytes], **further: Any) -> str:
        response = {name: text(part) for name, part in parts.items()} | further
        known = text(self.credential)
        return json.dumps({"id": known, "rawId": known, "type": "public-key", "response": response})

    def _said(self, kind: str, wish: Wish) -> bytes:
        told = {"type": kind, "challenge": wish["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _seen(self, flags: int = 0) -> bytes:
        flags |= _PRESENT * self.present | _VERIFIED * self.verifies
        counted = self.count.to_bytes(4, "big")
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + counted

    def _public(self) -> bytes:
        point = self.key.public_key().public_numbers()
        x, y = (each.to_bytes(32, "big") for each in (point.x, point.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})


def asked_to_make(person: StaffPerson, name: str = "My phone") -> tuple[Wish, dict[str, str]]:
    """She asks for a new passkey: what her device is told, and the form that takes its answer."""
    page = person.fills(f"{PASSKEYS}/add", name=name, now=PASSWORD)
    found = re.search(r'data-options="([^"]*)"', page.text)
    assert found is not None, page.text
    wish = json.loads(html.unescape(found[1]))
    hidden = fields_of(page).hidden
    return wish, {name: hidden[name] for name in ("csrf_token", "name")}


def adds(person: StaffPerson, device: Device | None = None, name: str = "My phone") -> Device:
    """She adds a passkey, and has a device that can show it."""
    device = device or Device()
    wish, form = asked_to_make(person, name)
    page = person.sends(f"{PASSKEYS}/keep", passkey=device.makes(wish), **form)
    assert f"<bdi>{html.escape(name)}</bdi>" in page.text, page.text
    return device.but(count=device.count + 1, handle=raw(wish["user"]["id"]))


def asked_to_show(person: StaffPerson, at: str = BY_PASSKEY) -> Wish:
    """Her device is asked for a passkey."""
    page = SECOND if at == BY_PASSKEY_SECOND else SIGN_IN
    token = fields_of(person.opens(page)).hidden["csrf_token"]
    answer = person.sends(f"{at}/begin", csrf_token=token)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: Wish = answer.json
    return found


def sends(person: StaffPerson, answer: str, at: str = BY_PASSKEY, **values: str) -> TestResponse:
    """Her browser sends what a device answered."""
    page = SECOND if at == BY_PASSKEY_SECOND else SIGN_IN
    token = fields_of(person.opens(page)).hidden["csrf_token"]
    return person.sends(at, follow=False, csrf_token=token, passkey=answer, **values)


def shows(person: StaffPerson, device: Device, at: str = BY_PASSKEY, **values: str) -> TestResponse:
    """She shows a passkey."""
    return sends(person, device.shows(asked_to_show(person, at)), at, **values)
