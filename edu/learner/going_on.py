"""Going on with questions in another language: only then, for a short time and on this phone, does
a page show what was ticked. Nobody who opens the questions later, or with the card on another
phone, sees an answer that was given."""

import hashlib

from flask import Response, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from edu.doors import settings
from edu.learner.phone import COOKIE
from edu.learning.models import Sitting
from edu.pages.cookies import drop_cookie, read_cookie, set_cookie

_GOES_ON = "on"
_SECONDS = 900


def goes_on(response: Response, sitting: Sitting) -> Response:
    """The next pages with these questions show what was ticked."""
    token = _signer().dumps(_told(sitting))
    set_cookie(request, response, _GOES_ON, token, seconds=_SECONDS)
    return response


def stops(response: Response) -> Response:
    """From now on no page shows it."""
    drop_cookie(request, response, _GOES_ON)
    return response


def is_going_on(sitting: Sitting) -> bool:
    """Whether these questions are being gone on with at this moment, on this phone."""
    try:
        told = _signer().loads(read_cookie(request, _GOES_ON) or "", max_age=_SECONDS)
    except BadSignature:
        return False
    return bool(told == _told(sitting))


def _told(sitting: Sitting) -> list[str]:
    # Bound to her session here: the next person's is another one.
    phone = read_cookie(request, COOKIE) or ""
    return [sitting.id, hashlib.sha256(phone.encode("utf-8", "replace")).hexdigest()]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt="going on")
