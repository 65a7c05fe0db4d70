"""Signing in with an account of another house: OpenID Connect, with a code and PKCE.

Only the house in the settings is ever asked, over TLS, and no redirect is followed. Of what it
says one thing is used: a signed token that names somebody. Nobody's name or address is asked for.
"""

import http.client
import json
import secrets
import time
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from edu.settings import LOOPBACK

#: Seconds for each answer, and the most bytes of one.
_PATIENCE, _MOST = 10.0, 256 * 1024
#: For how many seconds the house's own description, and its keys, are believed.
_KEPT = 3600
#: After a failure it is left alone for so long, so that nobody's thread waits for it in vain.
_LEFT_ALONE = 30
#: By how many seconds its clock and ours may differ.
_LEEWAY = 60
#: Signatures with a key pair: never none, and never one made with a secret that both know.
_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
#: What houses say when somebody has shown two things (RFC 8176, REFEDS, PAPE, OpenID EAP).
_TWO_STEPS = frozenset(
    {
        "https://refeds.org/profile/mfa",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
        "phr",
        "phrh",
    }
)


class Refused(Exception):
    """Nobody is signed in. The reason is a fixed word of ours, for the log."""


@dataclass(frozen=True)
class Client:
    """What this server is at the other house."""

    issuer: str
    id: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Asked:
    """What one sign-in has to match; kept in the browser that began it."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Known:
    """Whom the other house knows."""

    subject: str
    two_steps: bool


def new_question() -> Asked:
    """Three fresh secrets."""
    return Asked(*(secrets.token_urlsafe(32) for _ in range(3)))


class House:
    """The other house. What it says of itself is asked for at most once an hour."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._described: tuple[float, dict[str, Any]] = (-_KEPT, {})
        self._keys: tuple[float, Any] = (-_KEPT, None)
        self._failed = -float(_LEFT_ALONE)

    @property
    def name(self) -> str:
        """What people may call it: the host of its address."""
        return urlsplit(self.client.issuer).hostname or ""

    def way_there(self, asked: Asked, back: str) -> str:
        """The address at which somebody signs in there, to come back to `back`. Raises Refused."""
        # Only where it is installed; see the setting OIDC_ISSUER.
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        where = self._address("authorization_endpoint")
        said = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": back,
            "scope": "openid",
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": create_s256_code_challenge(asked.verifier),
            "code_challenge_method": "S256",
            # Whoever sat here before may still be signed in there.
            "prompt": "login",
        }
        return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(said)}"

    def who(self, asked: Asked, code: str, back: str) -> Known:
        """Who signed in there, by the code with which she came back. Raises Refused."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self.client.id,
            "code_verifier": asked.verifier,
        }
        where = self._address("token_endpoint")
        answer = _fetch(where, self.client.issuer, form, self._proof(form))
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise Refused("no token")
        return self._believed(token, asked.nonce)

    def _proof(self, form: dict[str, str]) -> dict[str, str]:
        """How we show the house that it is us; added to the form where it wants it there."""
        if not self.client.secret:
            return {}
        ways = self._description().get("token_endpoint_auth_methods_supported")
        if isinstance(ways, list) and "client_secret_basic" not in ways:
            form["client_secret"] = self.client.secret
            return {}
        pair = f"{quote(self.client.id, safe='')}:{quote(self.client.secret, safe='')}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}

    def _believed(self, token: str, nonce: str) -> Known:
        # Only where it is installed; see the setting OIDC_ISSUER.
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import JoseError

        try:
            read = self._opened(token)
            client = self.client
            claims = CodeIDToken(
                read.claims,
                read.header,
                options={"iss": {"value": client.issuer}, "aud": {"value": client.id}},
                params={"nonce": nonce, "client_id": client.id},
            )
            claims.validate(leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise Refused(f"token: {type(error).__name__}") from error
        subject = read.claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise Refused("token: no subject")
        return Known(f"{client.issuer}|{subject}", _shows_two_steps(read.claims))

    def _opened(self, token: str) -> Any:
        """A token whose signature is one of the house's keys'. They are asked for once more when
        it is none of those we have: houses change their keys."""
        from joserfc import jwt
        from joserfc.errors import BadSignatureError, InvalidKeyIdError

        try:
            return jwt.decode(token, self._key_set(), algorithms=_SIGNATURES)
        except (BadSignatureError, InvalidKeyIdError):
            if self._keys[0] > time.monotonic() - _LEEWAY:
                raise
        self._keys = (-_KEPT, None)
        return jwt.decode(token, self._key_set(), algorithms=_SIGNATURES)

    def _key_set(self) -> Any:
        from joserfc.jwk import KeySet

        if self._keys[0] <= time.monotonic() - _KEPT:
            said = _fetch(self._address("jwks_uri"), self.client.issuer)
            self._keys = (time.monotonic(), KeySet(_pairs(said.get("keys"))))
        return self._keys[1]

    def _address(self, name: str) -> str:
        where = self._description().get(name)
        if not isinstance(where, str):
            raise Refused("description: no address")
        return _checked(where, self.client.issuer)

    def _description(self) -> dict[str, Any]:
        now = time.monotonic()
        if self._described[0] > now - _KEPT:
            return self._described[1]
        if self._failed > now - _LEFT_ALONE:
            raise Refused("description: failed a moment ago")
        issuer = self.client.issuer
        self._failed = now
        said = _fetch(issuer.rstrip("/") + "/.well-known/openid-configuration", issuer)
        if said.get("issuer") != issuer:
            raise Refused("description: another issuer")
        self._described, self._failed = (now, said), -float(_LEFT_ALONE)
        return said


def _pairs(found: object) -> list[Any]:
    """The public keys by which the house signs; others, and those we cannot read, are left out."""
    from joserfc.errors import JoseError
    from joserfc.jwk import import_key

    keys = []
    for each in found if isinstance(found, list) else []:
        if not isinstance(each, dict) or each.get("use") not in (None, "sig"):
            continue
        if each.get("kty") in ("RSA", "EC"):
            with suppress(JoseError, ValueError, TypeError, KeyError):
                keys.append(import_key(each))
    return keys


def _shows_two_steps(claims: dict[str, Any]) -> bool:
    methods = claims.get("amr")
    return (isinstance(methods, list) and "mfa" in methods) or claims.get("acr") in _TWO_STEPS


def _checked(where: str, issuer: str) -> str:
    """An address that may be asked: encrypted, unless the whole house is this machine."""
    parts = urlsplit(where)
    here = urlsplit(issuer).scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and here)):
        raise Refused("address: not encrypted")
    return where


def _fetch(
    where: str,
    issuer: str,
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    """What the house answers, as an object of JSON; a redirect is no answer. Raises Refused."""
    parts = urlsplit(_checked(where, issuer))
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=_PATIENCE)
    sent = {"Accept": "application/json", **(headers or {})}
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        if form is None:
            line.request("GET", path, headers=sent)
        else:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            line.request("POST", path, urlencode(form), sent)
        answer = line.getresponse()
        said = _read(answer) if answer.status == 200 else b""
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Refused(f"not reached: {type(error).__name__}") from error
    finally:
        line.close()
    return _object(said)


def _read(answer: http.client.HTTPResponse) -> bytes:
    """The whole answer, if it is short and comes soon."""
    read, latest = bytearray(), time.monotonic() + _PATIENCE
    while part := answer.read1(_MOST):
        read += part
        if len(read) > _MOST or time.monotonic() > latest:
            raise ValueError("too long")
    return bytes(read)


def _object(said: bytes) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise Refused("answer: not JSON") from error
    if not isinstance(found, dict):
        raise Refused("answer: not an object")
    return found
