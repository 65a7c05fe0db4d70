"""Whoever was signed out while she wrote gets her words back, so that none of them is lost."""

from urllib.parse import urlsplit

from flask import request
from flask.typing import ResponseReturnValue

from edu.doors import SAFE, show

#: What is never written into a page again; the token is of no use any more.
_SECRET = frozenset({"password", "now", "code", "passkey"})
_TOKEN = "csrf_token"  # noqa: S105 (a field's name)


def words_back() -> ResponseReturnValue | None:
    """A page with what was typed, from which it can be sent once more. None where nothing was
    typed, where it was secret, or where the form is not known to be one of ours: a stranger's
    words are not shown as hers."""
    if request.method in SAFE or not _is_ours() or _SECRET & request.form.keys():
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != _TOKEN]
    if not any(value.strip() for _name, value in fields):
        return None
    texts = [value for _name, value in fields if len(value.split()) > 1]
    return show("account/signed_out.html", fields=fields, texts=texts), 403


def _is_ours() -> bool:
    """What the browser says of where a form came from. Over plain HTTP it says only `Origin`."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc == request.host
