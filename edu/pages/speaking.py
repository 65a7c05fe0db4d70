"""The language in which this program speaks at the moment, for templates and messages."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_tag: ContextVar[str] = ContextVar("tag", default="en")


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak this language until the end of the block."""
    before = _tag.set(tag)
    try:
        yield
    finally:
        _tag.reset(before)


def speak(tag: str) -> None:
    """Speak this language until further notice: for the rest of a request."""
    _tag.set(tag)


def spoken() -> str:
    """The tag of the language spoken at the moment."""
    return _tag.get()
