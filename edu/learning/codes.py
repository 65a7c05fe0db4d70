"""The code on a learner's card, and what the database keeps of it."""

import hashlib
import hmac

from stdnum import damm
from stdnum.exceptions import ValidationError

from edu.languages import digits

LENGTH = 12


def make_code(secret: str, start_key: str, attempt: int = 0) -> str:
    """The code for a form's one-time key: the same form sent twice makes the same card.

    Eleven digits that look random to whoever does not hold the secret, and a check digit
    (Damm) that catches every wrong digit and every swap of neighbours.
    """
    message = f"card:{start_key}:{attempt}".encode()
    number = int.from_bytes(hmac.digest(secret.encode(), message, hashlib.sha256), "big")
    body = f"{number % 10 ** (LENGTH - 1):0{LENGTH - 1}d}"
    return body + str(damm.calc_check_digit(body))


def read_code(typed: str) -> str | None:
    """The twelve digits somebody typed, in whatever digits, spaces or dashes; None when wrong."""
    code = "".join(sign for sign in digits(typed) if sign.isascii() and sign.isdigit())
    if len(code) != LENGTH:
        return None
    try:
        return str(damm.validate(code))
    except ValidationError:
        return None


def mac(secret: str, code: str) -> str:
    """What is kept of a code: useless to a thief of the database without the server's secret."""
    return hmac.digest(secret.encode(), f"code:{code}".encode(), hashlib.sha256).hex()


def digest(token: str) -> str:
    """What is kept of a random token with enough randomness of its own."""
    return hashlib.sha256(token.encode()).hexdigest()


def grouped(code: str) -> str:
    """`123456789012` as a person reads it: `1234 5678 9012`."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
