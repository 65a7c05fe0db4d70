"""What a form of staff makes is made once: a second tap, the button back, or the same form sent
again because the first answer was lost on its way, leads where the first one led."""

import json
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import make_response, redirect, request
from flask.typing import ResponseReturnValue

from edu.doors import SAFE, db, today
from edu.partners.actors import Actor
from edu.partners.digests import digest
from edu.partners.sent_forms import led, led_before, made_nothing

View = Callable[..., ResponseReturnValue]

#: What each page draws anew for a form of its own; see `token` in templates/forms.html.
KEY = "key"


def new_key() -> str:
    """A key for a form that makes something."""
    return secrets.token_urlsafe(16)


def once(view: View) -> View:
    """Keep what this view makes once for each form. Below `staff`, which says who is asking.

    The same page with something else in it is another form: whoever goes back to write the next
    one down loses nothing.
    """

    @wraps(view)
    def kept_once(by: Actor, *args: Any, **kwargs: Any) -> ResponseReturnValue:
        if request.method in SAFE or not request.form.get(KEY):
            return view(by, *args, **kwargs)
        mark = _digest(by)
        before = led_before(db(), mark, today())
        if before is not None:
            return redirect(before, 303)
        answer = make_response(view(by, *args, **kwargs))
        if answer.status_code == 303:
            led(db(), mark, answer.location or "")
        elif answer.status_code < 400:  # a refused form is undone as a whole
            made_nothing(db(), mark)
        return answer

    kept_once.once = True  # type: ignore[attr-defined]
    return kept_once


def _digest(by: Actor) -> str:
    """Of who sends, where to, and everything in the form but the token, which may be renewed."""
    held = sorted(
        (name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"
    )
    where = [by.member.id, by.organisation_id, request.endpoint, request.view_args]
    return digest(json.dumps([where, held]))
