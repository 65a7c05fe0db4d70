"""Error pages in the reader's language: what happened, what to do, and nothing typed is lost."""

from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from edu.admin.wording import number_words
from edu.doors import SAFE, show
from edu.health.logs import places, start_logging
from edu.health.storage import is_closed
from edu.languages import SOURCE, normalise
from edu.pages.serve import is_damaged
from edu.pages.speaking import speak
from edu.sqlite import kind_of

#: Seconds after which trying again is worth it.
_AGAIN_IN = "30"
#: Bytes from which on a form was made for a file, and not for words alone.
_A_FILE = 1_000_000

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]


def join_errors(app: Flask) -> None:
    """Show our own pages for every error, and log each in our own way."""
    start_logging()
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)
    # Flask's own line holds the address, which may hold a group's code, and the fault's words.
    app.log_exception = _log_nothing  # type: ignore[assignment, method-assign]


def _log_nothing(_error: Any) -> None:
    """What there is to log is logged where the page is made."""


def _http_error(error: HTTPException) -> Answer:
    # A commit that fails comes as such: by then the view is over.
    original = getattr(error, "original_exception", None)
    if isinstance(original, Exception):
        return _unexpected(original)
    code = error.code or 500
    if code == 404 and is_damaged(request.environ):
        heading, advice = _words_when_closed(retry=False)
        return _page(heading, advice), 503, {"Retry-After": _AGAIN_IN}
    heading, advice = _words(code)
    return _page(heading, advice), code


def _unexpected(error: Exception) -> Answer:
    # The kind and the place of the fault, never its message: a database names values in it,
    # and they may be somebody's answers.
    kind, where = type(error).__name__, places(error.__traceback__)
    closed = is_closed(error)
    current_app.logger.error(
        "%s in %s\n%s",
        kind,
        request.endpoint,
        "\n".join(where),
        extra={
            "event": "cannot be kept" if closed else "fault",
            "kind": kind_of(getattr(error, "orig", None)) or kind,
            "endpoint": request.endpoint,
            "place": where,
        },
    )
    _forget_session()
    retry = request.method not in SAFE
    if isinstance(error, IntegrityError):
        # Two people did the same in one moment, and the other one was first.
        heading, advice = _words(409)
        return _page(heading, advice, retry=retry), 409
    if not closed:
        heading, advice = _words(500)
        return _page(heading, advice, retry=retry), 500
    # What was to be written after this request cannot be written either.
    for waiting in ("counted", "afterwards"):
        g.pop(waiting, None)
    _speak_without_database()
    heading, advice = _words_when_closed(retry)
    return _page(heading, advice, retry=retry), 503, {"Retry-After": _AGAIN_IN}


def _speak_without_database() -> None:
    """Speak the language of the address, or the browser's, without asking what is on offer."""
    if "offered" in g:
        return
    g.offered = []
    wanted = [g.get("tag"), *(each for each, _quality in request.accept_languages)]
    known = (normalise(each) for each in wanted if each)
    speak(next((each for each in known if each is not None), SOURCE))


def _words_when_closed(retry: bool) -> tuple[str, str]:
    if not retry:
        return _("This page cannot be shown now"), _(
            "The lessons can still be read. Try this page again in a few minutes."
        )
    if _is_secret():
        return _("This was not saved"), _(
            "Nothing can be saved at the moment. Go back, and try again in a few minutes."
        )
    return _("This was not saved"), _(
        "Nothing can be saved at the moment. Keep this page open, and press the button in a "
        "minute. If it still does not work, tell whoever leads your group."
    )


def _words(code: int) -> tuple[str, str]:
    if code == 404:
        return _("This page is not here"), _(
            "The address may have a mistake in it, or the page was moved."
        )
    if code == 403:
        return _("This is not for you to see"), _(
            "You may need to sign in, or ask whoever leads your organisation."
        )
    if code == 413:
        return _("That was too much at once"), _too_much()
    if code == 400 and "csrf_token" in request.form:
        # Mostly a page that stood open for longer than its token holds.
        return _("That did not work"), _("Go back, load that page again, and try once more.")
    if code < 500:
        return _("That did not work"), _("Go back, look at what you sent, and try again.")
    return _("Something went wrong on our side"), _(
        "Nothing you sent was half kept. Wait a moment and try again."
    )


def _too_much() -> str:
    most = request.max_content_length
    if most is None or most < _A_FILE:
        return _("Send less, please. Nothing was kept.")
    return _(
        "Nothing was kept. At most %(size)s MB can be sent at once. Go back, and choose a smaller"
        " file.",
        size=number_words(most // 1024**2),
    )


def _page(heading: str, advice: str, *, retry: bool = False) -> str:
    if "tag" not in g:
        speak("en")
    fields = list(request.form.items(multi=True)) if retry and not _is_secret() else []
    try:
        return show("error.html", heading=heading, advice=advice, fields=fields)
    except Exception:
        # Not even the database answers: the plainest page there is.
        _forget_session()
        g.offered = []
        return show("error.html", heading=heading, advice=advice, fields=fields)


def _is_secret() -> bool:
    """Whether what was sent must not be written into a page again."""
    return any("password" in name or name == "now" for name in request.form)


def _forget_session() -> None:
    session = g.pop("session", None)
    if session is not None:
        try:
            session.rollback()
        finally:
            session.close()
