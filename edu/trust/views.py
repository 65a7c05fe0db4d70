"""How to trust a village server: its authority to fetch, and what to compare before."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, make_response, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Request

from edu.doors import address, public_address, settings, show
from edu.pages.qr import qr_picture
from edu.trust.authority import Authority, authority

#: The file's name is the same in every language: it stands on posters.
FILE = "/ca.crt"
_LOOPBACK = ("127.", "::1")

bp = Blueprint("trust", __name__, url_prefix="/<tag>")


def join(app: Flask) -> None:
    """Open the door, and let every page ask whether its words travel in the clear."""
    app.register_blueprint(bp)
    app.add_url_rule(FILE, "authority", _file)
    app.jinja_env.globals["in_the_clear"] = lambda: in_the_clear(request)


def in_the_clear(asked: Request) -> bool:
    """Whether others in the network can read what goes over this connection. On the server's own
    machine nobody can."""
    nearby = (asked.remote_addr or "127.0.0.1").startswith(_LOOPBACK)
    return not asked.is_secure and not nearby


@bp.get("/trust")
def trust() -> ResponseReturnValue:
    """How a phone is told to trust this server; printed, it is the poster beside the door."""
    found = _own()
    where = plain_address() + address("trust")
    return show(
        "trust/certificate.html",
        fingerprint=found.fingerprint,
        where=where,
        qr=Markup(qr_picture(where)),  # noqa: S704, our own drawing
        here="/trust",
    )


def plain_address() -> str:
    """Where the server is reached before it is trusted: without encryption."""
    parts = urlsplit(public_address())
    if parts.scheme == "http":
        return f"http://{parts.netloc}"
    return f"http://{parts.hostname}"


def _file() -> ResponseReturnValue:
    response: Response = make_response(_own().der)
    response.headers["Content-Type"] = "application/x-x509-ca-cert"
    response.headers["Content-Disposition"] = 'attachment; filename="ca.crt"'
    return response


def _own() -> Authority:
    return authority(settings().instance) or abort(404)
