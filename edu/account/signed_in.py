"""Who is signed in, and who may enter."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, g, redirect, request, session
from flask.typing import ResponseReturnValue

from edu.account.signed_out import words_back
from edu.doors import address, afterwards, db
from edu.pages.cookies import drop_cookie, read_cookie, set_cookie
from edu.partners.actors import Actor, actor_on_device
from edu.partners.roles import Right
from edu.partners.second_step import has_second_step, is_required
from edu.partners.sessions import LONGEST, is_from_elsewhere, touch, wants_touch
from edu.server.choices import choices

COOKIE = "staff"
#: A device on which somebody signed in before keeps tries of its own, so that a stranger who
#: guesses at her name cannot lock her out.
KNOWN = "known"
_KNOWN_FOR = 180 * 86400

View = Callable[..., ResponseReturnValue]


def token() -> str:
    """The secret of this device's session; empty when there is none."""
    return read_cookie(request, COOKIE) or ""


def actor() -> Actor | None:
    """Who acts in this request."""
    if "actor" not in g:
        g.actor = actor_on_device(db(), token()) if token() else None
    found: Actor | None = g.actor
    return found


def staff(*rights: Right, unfinished: bool = False) -> Callable[[View], View]:
    """Say who may enter: whoever is signed in, or has one of these rights. The actor comes as
    first argument. `unfinished`: also somebody who has yet to choose her second step."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            found = actor()
            if found is None:
                return words_back() or redirect(address("staff", "sign-in"), 303)
            if not unfinished and must_choose(found):
                return redirect(address("staff", "account", "second-step"), 303)
            if rights and not any(found.may(right) for right in rights):
                abort(403)
            _touch(found)
            return view(found, *args, **kwargs)

        guarded.rights = rights  # type: ignore[attr-defined]
        return guarded

    return guard


def must_choose(found: Actor) -> bool:
    """Whether she may go on only with a second step, and has none yet: none of ours, and none
    at the house that signed her in."""
    if is_from_elsewhere(token()):
        return False
    return is_required(choices(db()), found.member) and not has_second_step(db(), found.member)


def _touch(found: Actor) -> None:
    if wants_touch(found.device):
        kept = found.device.digest
        # Afterwards: a reading request writes nothing itself, and a form may be refused.
        afterwards(lambda session: touch(session, kept), needed=False)


def keep_signed_in(response: Response, secret: str) -> Response:
    """Remember a member on this device for a working day, and the device for longer."""
    set_cookie(request, response, COOKIE, secret, seconds=LONGEST)
    return response


def know_device(response: Response, mark: str) -> Response:
    """Remember that somebody has signed in on this device."""
    set_cookie(request, response, KNOWN, mark, seconds=_KNOWN_FOR)
    return response


def sign_off(response: Response) -> Response:
    """Nobody is signed in on this device any more; the browser clears what it kept."""
    session.clear()
    drop_cookie(request, response, COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
