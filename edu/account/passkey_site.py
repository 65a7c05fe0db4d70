"""Where a passkey can work, and what this browser keeps while a device is asked to show one."""

import ipaddress
from urllib.parse import urlsplit

from flask import Response, current_app, request

from edu.database import Database
from edu.doors import let_go, settings
from edu.pages.cookies import drop_cookie, read_cookie, set_cookie
from edu.partners import passkeys
from edu.partners.passkey_proof import Site
from edu.partners.passkeys import Asked, Purpose

_COOKIE = "passkey"
_SECONDS = int(passkeys.CHALLENGE_LASTS.total_seconds())
_PORTS = {"http": 80, "https": 443}


def site_here() -> Site | None:
    """What passkeys are made for at the address of this request; None where they cannot work.

    Browsers show one only to an encrypted page, or to one of their own machine, and only to a name:
    a bare number stands for nobody. Where the settings give the server an address, passkeys are for
    that one alone; what a request says about it is not believed unless it was checked."""
    asked = _site_of(request.host_url)
    wanted = settings().public_url
    if asked is None or not settings().knows_its_address:
        return None
    return asked if not wanted or _site_of(wanted) == asked else None


def address_for_passkeys() -> str:
    """The one address at which passkeys work; empty where the settings name none that would do."""
    found = _site_of(settings().public_url)
    return found.origin if found is not None else ""


def _site_of(url: str) -> Site | None:
    parts = urlsplit(url)
    host = _plain_host(parts.hostname or "")
    alone = host == "localhost" or host.endswith(".localhost")
    if not host or _is_number(host) or not (parts.scheme == "https" or alone):
        return None
    other_port = parts.port not in (None, _PORTS[parts.scheme])
    return Site(host, f"{parts.scheme}://{host}" + (f":{parts.port}" if other_port else ""))


def _plain_host(host: str) -> str:
    """A name as browsers send it, also where it was set in letters of another script."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def keep_asked(response: Response, token: str) -> Response:
    """Let this browser, and no other one, answer what was asked."""
    set_cookie(request, response, _COOKIE, token, seconds=_SECONDS)
    return response


def forget_asked(response: Response) -> Response:
    """What was asked is answered."""
    drop_cookie(request, response, _COOKIE)
    return response


def use_asked(purpose: Purpose) -> Asked | None:
    """What this browser was asked, for the one time that it may be answered. It is used up in a
    commit of its own: a false answer is no reason to be asked the same again. What this request
    wrote until now is undone."""
    let_go()
    database: Database = current_app.extensions["database"]
    with database.work() as session:
        return passkeys.use_up(session, read_cookie(request, _COOKIE) or "", purpose)
