"""Cookies that only their own site can set: over TLS their names begin with `__Host-`.

A browser takes a `__Host-` cookie only over TLS, for the whole site and for this host alone. So
neither a neighbour under the same domain nor somebody in the network, who can answer a plain
request in our name, can plant one. Over plain HTTP, as in a clinic's own network, there is no
such cookie: there the name is plain and the cookie is not `Secure`, because it would not be kept.
"""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSessionInterface


def cookie_name(base: str, secure: bool) -> str:
    """The name under which a cookie goes over an encrypted, or a plain, connection."""
    return f"__Host-{base}" if secure else base


def read_cookie(asked: Request, base: str) -> str | None:
    """What the browser keeps under this name. On an encrypted connection a plain name is not
    believed: anybody in the network could have set it."""
    return asked.cookies.get(cookie_name(base, asked.is_secure))


def set_cookie(asked: Request, answer: Response, base: str, value: str, *, seconds: int) -> None:
    """Let the browser keep a value for so long. No script reads it, and no other site's form
    carries it along."""
    answer.set_cookie(
        cookie_name(base, asked.is_secure),
        value,
        max_age=seconds,
        path="/",
        secure=asked.is_secure,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(asked: Request, answer: Response, base: str) -> None:
    """Let the browser forget a value."""
    answer.delete_cookie(
        cookie_name(base, asked.is_secure),
        path="/",
        secure=asked.is_secure,
        httponly=True,
        samesite="Lax",
    )


class HostCookieSession(SecureCookieSessionInterface):
    """Flask's own session, which ties a form's token to a browser, under the same rule."""

    def get_cookie_name(self, app: Flask) -> str:
        """Asked for within a request; the name follows its connection."""
        return cookie_name(super().get_cookie_name(app), request.is_secure)

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether only encrypted connections may carry it."""
        return request.is_secure
