"""The way to another house and back: what this browser keeps meanwhile, signed, for some minutes.

Coming back is a GET and so writes nothing. Who came back is kept in the browser until somebody
presses the button that goes on.
"""

import hmac
import logging
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from edu.doors import count, let_go, public_address, settings, show, spend
from edu.pages.cookies import drop_cookie, read_cookie, set_cookie
from edu.pages.speaking import spoken
from edu.partners.openid import Asked, House, Known, Refused, new_question

#: Where the other house sends people back: without a language, because it knows it by heart.
BACK = "/oidc/callback"
#: What somebody went there for.
SIGN_IN, LINK, JOIN = "sign in", "link", "join"

_COOKIE = "elsewhere"
_SECONDS = 600
_THERE, _BACK = "on the way there", "on the way back"

_log = logging.getLogger("edu.elsewhere")


def house() -> House:
    """The other house."""
    found: House = current_app.extensions["house"]
    return found


def way_there(purpose: str, given: str = "") -> tuple[str, str]:
    """The address at which to sign in there, and what this browser must `keep` meanwhile. `given`
    is what the purpose needs on the way back. Raises Refused."""
    let_go()
    asked = new_question()
    kept = _signer(_THERE).dumps(
        {
            "state": asked.state,
            "nonce": asked.nonce,
            "verifier": asked.verifier,
            "tag": spoken(),
            "purpose": purpose,
            "given": given,
        }
    )
    return house().way_there(asked, public_address() + BACK), str(kept)


def who_came_back(kept: dict[str, Any]) -> Known:
    """Whom the other house knows, by what its answer says. Raises Refused."""
    given = request.args
    if not hmac.compare_digest(given.get("state", "").encode(), kept["state"].encode()):
        raise Refused("state: another one")
    if given.get("iss", house().client.issuer) != house().client.issuer:
        raise Refused("issuer: another one")
    code = given.get("code", "")
    if not 0 < len(code) <= 4096:
        raise Refused("no code")
    # Each try asks the other house; a false one counts like a false link of ours.
    spend("wrong link")
    asked = Asked(kept["state"], kept["nonce"], kept["verifier"])
    known = house().who(asked, code, public_address() + BACK)
    count("wrong link", amount=-1)
    return known


def on_the_way_there() -> dict[str, Any] | None:
    """What this browser keeps of somebody who went there."""
    return _read(_THERE)


def came_back() -> dict[str, Any] | None:
    """What this browser keeps of somebody who came back: `subject`, `two_steps`, `purpose`,
    `given`."""
    return _read(_BACK)


def keep(response: Response, kept: str) -> Response:
    """Let this browser keep it."""
    set_cookie(request, response, _COOKIE, kept, seconds=_SECONDS)
    return response


def keep_known(response: Response, known: Known, kept: dict[str, Any]) -> Response:
    """Let this browser keep who came back, and what for."""
    told = {
        "subject": known.subject,
        "two_steps": known.two_steps,
        "purpose": kept["purpose"],
        "given": kept["given"],
    }
    return keep(response, str(_signer(_BACK).dumps(told)))


def forget(response: Response) -> Response:
    """Nothing is kept any more."""
    drop_cookie(request, response, _COOKIE)
    return response


def refused(error: Refused) -> ResponseReturnValue:
    """Nobody is signed in; the log says why, in a word of ours."""
    _log.warning("refused", extra={"event": "not signed in elsewhere", "kind": str(error)})
    response = current_app.make_response(show("account/elsewhere_refused.html"))
    response.status_code = 422
    return forget(response)


def _signer(salt: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt=salt)


def _read(salt: str) -> dict[str, Any] | None:
    try:
        found = _signer(salt).loads(read_cookie(request, _COOKIE) or "", max_age=_SECONDS)
    except BadData:
        return None
    return found if isinstance(found, dict) else None
