"""The short code by which a group is joined."""

import secrets

from edu.languages import digits

#: Letters and digits that nobody mistakes for one another, spoken or written.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def new_join_code() -> str:
    """Eight characters, about 39 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_join_code(typed: str) -> str | None:
    """What somebody typed as the code it means; None when it cannot be one."""
    code = "".join(sign for sign in digits(typed).upper() if sign not in " -\t\u00a0")
    # A capital O, an I or a 1 is never part of a code; whoever types them misread a sign.
    if len(code) != LENGTH or any(sign not in ALPHABET for sign in code):
        return None
    return code
