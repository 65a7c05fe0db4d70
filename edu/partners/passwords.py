"""Passwords: how they are kept, and which are too easy to guess."""

import os
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from edu.partners.well_known import is_well_known

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
#: The estimate takes longer with every sign: half a second at worst for these, seconds for twice
#: as many. What comes after them only makes a password harder to guess.
_LOOKED_AT = 32
# The estimate keeps the names given with it in a place that all threads share.
_ESTIMATING = threading.Lock()


class Busy(Exception):
    """So many people sign in at this moment that this one has to try again."""


def same_signs(password: str) -> str:
    """A password in the one way in which it is compared: two keyboards may write one letter
    differently. The rule is OpaqueString of RFC 8265: every space is a plain one, signs are put
    together (NFC), and nothing else is changed, neither case nor width."""
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in password)
    return unicodedata.normalize("NFC", spaced)


def hashed(password: str) -> str:
    """A password as it is kept. Raises Busy."""
    with _Turn():
        return _HASHER.hash(same_signs(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether this is the password, after the same work when there is none. Raises Busy."""
    with _Turn():
        try:
            _HASHER.verify(kept or _NOBODY, same_signs(password[:LONGEST]))
        except VerificationError:
            return False
    return kept is not None


def is_easy(password: str, *about: str) -> bool:
    """Whether it is quickly guessed: a common one, a sentence that everybody knows, a pattern, or
    made from names in `about`."""
    if is_well_known(password):
        return True
    # Slow to import (a list of common passwords), and needed only when one is chosen.
    from zxcvbn import zxcvbn

    names = [name.casefold() for name in about if name]
    with _ESTIMATING:
        found = zxcvbn(same_signs(password).casefold()[:_LOOKED_AT], user_inputs=names)
    return int(found["guesses"]) < _ENOUGH_GUESSES


class _Turn:
    """Waits until a core is free, not for ever."""

    def __enter__(self) -> None:
        if not _AT_ONCE.acquire(timeout=_PATIENCE):
            raise Busy

    def __exit__(self, *_error: object) -> None:
        _AT_ONCE.release()
