"""Looking at something secret that was typed, so that guessing is slow and nobody waits for it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import current_app

from edu.doors import count, spend
from edu.partners.later import Later
from edu.partners.passwords import Busy
from edu.partners.signing_in import tell_wrong
from edu.partners.trail import Deed

Found = TypeVar("Found")


def tried(kind: str, who: str, look: Callable[[], Found]) -> Found:
    """What looking finds. The try is counted beforehand and given back when it was right, or when
    nobody had time to look. The database is let go of, so nothing may be written before."""
    spend(kind, who)
    try:
        found = look()
    except Busy:
        count(kind, who, -1)
        raise
    if found:
        count(kind, who, -1)
    return found


def later() -> Later:
    """What is done after the page has gone out."""
    found: Later = current_app.extensions["later"]
    return found


def tell(login: str, deed: Deed) -> None:
    """Write a wrong try into the trails of whoever has this name. Later, because the page must
    take equally long when nobody has it."""
    later().do(partial(tell_wrong, current_app.extensions["database"], login, deed))
