"""Another house that signs people in: OpenID Connect on this machine, honest or not."""

import hashlib
import hmac
import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "daraja", "a secret: with/signs"
BACK = "https://learn.example.org/oidc/callback"


@dataclass
class OtherHouse:
    """What it knows, and in which way it is evil today."""

    issuer: str = ""
    subject: str = "amara-7"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    #: Claims that are put into the token over what would be right; None takes one away.
    claims: dict[str, Any] = field(default_factory=dict)
    #: What is signed with, when not its own key; or "none", or "HS256".
    signs: Any = None
    #: What its description says otherwise.
    described: dict[str, Any] = field(default_factory=dict)
    #: How it answers for a code, when otherwise than rightly.
    answers: Response | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        self.asked.append(f"{request.method} {request.path}")
        answer = {
            "/.well-known/openid-configuration": self._describe,
            "/token": self._give_token,
            "/keys": self._give_keys,
        }.get(request.path, lambda _request: Response(status=404))(request)
        return answer(environ, start_response)

    def signs_in(self, way: str) -> str:
        """Somebody signs in here, having come by this way; the way back."""
        parts = urlsplit(way)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert f"{parts.scheme}://{parts.netloc}" == self.issuer
        assert asked["response_type"] == "code"
        assert (asked["client_id"], asked["redirect_uri"]) == (CLIENT, BACK)
        assert (asked["scope"], asked["code_challenge_method"]) == ("openid", "S256")
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return "/oidc/callback?" + urlencode({"code": code, "state": asked["state"]})

    def _describe(self, _request: Request) -> Response:
        return _json(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
            | self.described
        )

    def _give_keys(self, _request: Request) -> Response:
        return _json({"keys": [self.key.as_dict(private=False)]})

    def _give_token(self, request: Request) -> Response:
        if self.answers is not None:
            return self.answers
        form = request.form
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked["code_challenge"] != proof
            or form.get("redirect_uri") != BACK
            or not _is_client(request)
        ):
            return Response(status=400)
        return _json({"token_type": "Bearer", "access_token": "x", "id_token": self._token(asked)})

    def _token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.signs == "none":
            return _by_hand({"alg": "none"}, claims, b"")
        if self.signs == "HS256":
            return _by_hand({"alg": "HS256", "kid": "k1"}, claims, self.key.as_pem(private=False))
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.signs or self.key)


def _by_hand(header: dict[str, str], claims: dict[str, Any], secret: bytes) -> str:
    """A token that no honest library would make: unsigned, or signed with what everybody knows."""
    parts = [json.dumps(each).encode() for each in (header, claims)]
    said = b".".join(urlsafe_b64encode(each).rstrip(b"=") for each in parts)
    proof = hmac.digest(secret, said, hashlib.sha256) if secret else b""
    return (said + b"." + urlsafe_b64encode(proof).rstrip(b"=")).decode()


def _is_client(request: Request) -> bool:
    kind, _, pair = request.headers.get("Authorization", "").partition(" ")
    given = b64decode(pair).decode() if kind == "Basic" else ""
    login, _, secret = given.partition(":")
    return (unquote(login), unquote(secret)) == (CLIENT, SECRET)


def _json(said: dict[str, Any]) -> Response:
    return Response(json.dumps(said), mimetype="application/json")


@contextmanager
def other_house() -> Iterator[OtherHouse]:
    """Another house on a free port."""
    found = OtherHouse()
    server = make_server("127.0.0.1", 0, found, threaded=True)
    found.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
