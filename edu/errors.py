"""Error pages in the reader's language: what happened, what to do, and nothing typed is lost."""

from traceback import format_tb

from flask import Flask, current_app, g, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from edu.doors import SAFE, show
from edu.pages.speaking import speak


def join_errors(app: Flask) -> None:
    """Show our own pages for every error."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _http_error(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    heading, advice = _words(code)
    return _page(heading, advice), code


def _unexpected(error: Exception) -> tuple[str, int]:
    # The kind and the place of the fault, never its message: a database names values in it,
    # and they may be somebody's answers.
    where = "".join(format_tb(error.__traceback__))
    current_app.logger.error("%s in %s\n%s", type(error).__name__, request.endpoint, where)
    _forget_session()
    heading, advice = _words(500)
    return _page(heading, advice, retry=request.method not in SAFE), 500


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
        return _("That was too much at once"), _("Send less, please. Nothing was kept.")
    if code < 500:
        return _("That did not work"), _("Go back, look at what you sent, and try again.")
    return _("Something went wrong on our side"), _(
        "Nothing you sent was half kept. Wait a moment and try again."
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
    return any("password" in name for name in request.form)


def _forget_session() -> None:
    session = g.pop("session", None)
    if session is not None:
        try:
            session.rollback()
        finally:
            session.close()
