"""Pages that ask somebody to wait: after too many tries, and while everybody signs in at once."""

import math

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.exceptions import TooManyRequests

from edu.doors import show
from edu.partners.passwords import Busy

#: Seconds after which a core is free again.
_SOON = 10


def join_waiting(app: Flask) -> None:
    """Show these pages wherever somebody has to wait."""
    app.register_error_handler(TooManyRequests, _too_often)
    app.register_error_handler(Busy, _busy)


def _too_often(error: TooManyRequests) -> ResponseReturnValue:
    seconds = error.retry_after if isinstance(error.retry_after, int) else 60
    minutes = math.ceil(seconds / 60)
    advice = ngettext(
        "Wait one minute, then try again.", "Wait %(num)d minutes, then try again.", minutes
    )
    return _page(_("This was tried too often"), advice), 429, {"Retry-After": str(seconds)}


def _busy(_error: Busy) -> ResponseReturnValue:
    heading = _("Many people are signing in at this moment")
    advice = _("Nothing was changed. Wait half a minute, go back, and try again.")
    return _page(heading, advice), 503, {"Retry-After": str(_SOON)}


def _page(heading: str, advice: str) -> str:
    return show("error.html", heading=heading, advice=advice, fields=[])
