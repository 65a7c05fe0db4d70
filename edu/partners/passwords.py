"""Passwords: how they are kept, and which are too easy to guess."""

import os
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

#: The cost that OWASP asks for and a Raspberry Pi can bear: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified when nobody has the login, so that a wrong name takes as long as a wrong password.
_NOBODY = _HASHER.hash(secrets.token_hex(16))
# More at once than there are cores would only make everybody wait, learners too.
_AT_ONCE = threading.BoundedSemaphore(os.cpu_count() or 1)
_PATIENCE = 5.0  # seconds

SHORTEST = 12
LONGEST = 200
#: What a guesser who tries ten thousand a second needs more than eleven days for.
_ENOUGH_GUESSES = 10**10
#: The estimate takes longer with every sign; what comes after these only makes it harder.
_LOOKED_AT = 72


class Busy(Exception):
    """So many people sign in at this moment that this one has to try again."""


def hashed(password: str) -> str:
    """A password as it is kept. Raises Busy."""
    with _Turn():
        return _HASHER.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Whether this is the password, after the same work when there is none. Raises Busy."""
    with _Turn():
        try:
            _HASHER.verify(kept or _NOBODY, password[:LONGEST])
        except VerificationError:
            return False
    return kept is not None


def is_easy(password: str, *about: str) -> bool:
    """Whether it is quickly guessed: a common one, a pattern, or made from names in `about`."""
    # Slow to import (a list of common passwords), and needed only when one is chosen.
    from zxcvbn import zxcvbn

    names = [name for name in about if name]
    found = zxcvbn(password[:_LOOKED_AT].casefold(), user_inputs=names)
    return int(found["guesses"]) < _ENOUGH_GUESSES


class _Turn:
    """Waits until a core is free, not for ever."""

    def __enter__(self) -> None:
        if not _AT_ONCE.acquire(timeout=_PATIENCE):
            raise Busy

    def __exit__(self, *_error: object) -> None:
        _AT_ONCE.release()
