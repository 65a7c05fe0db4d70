"""What a phone's outbox is told. It sends forms that were filled in without a network, and drops
each when it hears what became of it, and only then. So the word goes out with the answer that
follows the commit, and nobody else's answer can be taken for it: a café's sign-in page says none.
"""

from enum import StrEnum

from flask import Response, g, request

#: With this a phone says that its outbox asks, and in this it is told.
HEADER = "Outbox"


class Told(StrEnum):
    """What became of a form."""

    SAVED = "saved"
    #: Its questions are not open, or not any more: nothing of it was kept.
    CLOSED = "closed"
    #: Nobody's, or somebody else's, card is in use on this phone: it waits for its writer's.
    NOBODY = "nobody"
    #: Its writer has deleted everything about herself.
    GONE = "gone"
    #: It is none of our forms any more: those questions are not asked.
    REFUSED = "refused"


def tell(word: Told) -> None:
    """Say what became of the form of this request."""
    g.told = word


def answer_outbox(response: Response) -> Response:
    """For an outbox, the word in place of the page that a reader is led to. A way on without a
    word is that of a form that was kept."""
    if HEADER not in request.headers:
        return response
    word: Told | None = g.get("told") or (Told.SAVED if response.status_code == 303 else None)
    if word is None:
        return response
    response.headers[HEADER] = word
    if "Clear-Site-Data" in response.headers:
        # The worker clears what it keeps by itself; ended by a header, it could answer nothing.
        response.headers["Clear-Site-Data"] = '"cache"'
    if response.status_code == 303:
        # A browser hides a redirect from the script that met it.
        response.status_code = 204
        response.set_data(b"")
    return response
