"""Who is learning on this phone, and keeping strangers' pages from acting in her name."""

import re
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, g, make_response, redirect, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from edu.doors import SAFE, address, db, settings, show, today
from edu.learner.outbox import Told, tell
from edu.learning.journeys import current_journey, journey_called
from edu.learning.learners import SESSION_DAYS, learner_on_phone, leave_phone, remember, spend_key
from edu.learning.models import Journey, Learner
from edu.pages.cookies import drop_cookie, read_cookie, set_cookie

#: The name says nothing about what the site is.
COOKIE = "sid"
#: Says that several people use this phone, and nothing of any of them.
_SHARED = "shared"
_SHARED_SECONDS = 400 * 86400
_ONCE_MORE_SECONDS = 3600
_ONCE_MORE_COOKIE = "once"
_KEY = re.compile(r"[\w-]{20,64}", re.ASCII)


def learner() -> Learner | None:
    """The learner of this request."""
    if "learner" not in g:
        token = read_cookie(request, COOKIE)
        g.learner = learner_on_phone(db(), token) if token else None
    found: Learner | None = g.learner
    return found


def journey() -> Journey | None:
    """Her journey under way."""
    found = learner()
    return current_journey(found) if found is not None else None


def journey_meant() -> Journey | None:
    """The journey of a form: the one it was filled in on, if that is one of hers, and otherwise
    the one under way. A form of somebody else, who left it in this browser, is nobody's here."""
    way = request.form.get("way", "") if request.method not in SAFE else ""
    if not way:
        return journey()
    found = learner()
    mine = found.journeys if found is not None else []
    meant = next((each for each in mine if each.id == way), None)
    if meant is None:
        tell(Told.NOBODY if journey_called(db(), way) is not None else Told.GONE)
    return meant


def with_journey(
    view: Callable[..., ResponseReturnValue],
) -> Callable[..., ResponseReturnValue]:
    """For views that need a journey: without one, the way there is shown instead."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        current = journey_meant()
        if current is None:
            g.setdefault("told", Told.NOBODY)
            return redirect(address("my"), 303)
        return view(current, *args, **kwargs)

    return guarded


def welcome(response: Response, person: Learner) -> Response:
    """Remember her on this phone, in place of whoever was there before."""
    old = read_cookie(request, COOKIE)
    if old:
        leave_phone(db(), old)
    g.learner = person
    set_cookie(request, response, COOKIE, remember(db(), person), seconds=SESSION_DAYS * 86400)
    return response


def farewell(response: Response) -> Response:
    """Nobody is learning on this phone any more; the browser clears what it kept."""
    token = read_cookie(request, COOKIE)
    person = learner()
    if person is not None and person in db():
        spend_key(db(), person, today())
    if token:
        leave_phone(db(), token)
    g.learner = None
    drop_cookie(request, response, COOKIE)
    return clear_browser(response)


def clear_browser(response: Response) -> Response:
    """Let the browser forget everything it kept of us. Cookies go one by one: the word for all of
    them would also sign people out of other sites under the same domain."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def is_shared() -> bool:
    """Whether this phone was marked as one that several people use."""
    return read_cookie(request, _SHARED) is not None


def mark_shared(response: Response, *, shared: bool = True) -> Response:
    """Mark this phone so, or take the mark away."""
    if shared:
        set_cookie(request, response, _SHARED, "yes", seconds=_SHARED_SECONDS)
    else:
        drop_cookie(request, response, _SHARED)
    return response


def form_key() -> str:
    """The one-time key of a form of ours; a form without one is none of ours."""
    key = request.form.get("key", "")
    if _KEY.fullmatch(key) is None:
        abort(400)
    return key


def refuse_strangers() -> ResponseReturnValue | None:
    """Learners' pages are the same bytes for everybody, so no token is in them: the browser's
    own word says whether a form came from our site. One that says nothing is asked once more."""
    if request.method in SAFE:
        return None
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None:
        return None if site in ("same-origin", "none") else abort(403)
    if origin is not None and origin != "null":
        return None if urlsplit(origin).netloc == request.host else abort(403)
    return None if _asked_once_more() else _ask_once_more()


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt="once more")


def _asked_once_more() -> bool:
    """Whether this browser was shown the page that asks, for this very address."""
    try:
        told = _signer().loads(request.form.get("once_more", ""), max_age=_ONCE_MORE_SECONDS)
    except BadSignature:
        return False
    return bool(told == [request.path, read_cookie(request, _ONCE_MORE_COOKIE)])


def _ask_once_more() -> ResponseReturnValue:
    fields = [pair for pair in request.form.items(multi=True) if pair[0] != "once_more"]
    # The token is this browser's own: a stranger's page could fetch one, but not the cookie.
    nonce = read_cookie(request, _ONCE_MORE_COOKIE) or secrets.token_urlsafe(16)
    token = _signer().dumps([request.path, nonce])
    response = make_response(show("learner/confirm.html", token=token, fields=fields))
    set_cookie(request, response, _ONCE_MORE_COOKIE, nonce, seconds=_ONCE_MORE_SECONDS)
    return response
