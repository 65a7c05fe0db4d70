"""Whether the secret is still the one with which the code cards were made."""

import hashlib
import hmac
from contextlib import suppress
from pathlib import Path

from edu.health.marks import write_whole

_FILE = "secret.check"


def check_value(secret: str) -> str:
    """What may be kept beside the data to recognise a secret, without telling it."""
    return hmac.digest(secret.encode(), b"the secret of this installation", hashlib.sha256).hex()[
        :16
    ]


def expected(instance: Path) -> str:
    """The value of the secret that this instance began with; empty when it has just begun."""
    try:
        return (instance / _FILE).read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def expect(instance: Path, value: str) -> None:
    """Remember which secret this instance's cards are made with."""
    with suppress(OSError):
        write_whole(instance / _FILE, value.encode("ascii"))


def is_another(instance: Path, secret: str) -> bool:
    """Whether the secret in force is not the one that this instance began with."""
    known = expected(instance)
    return bool(known) and not hmac.compare_digest(known.encode(), check_value(secret).encode())
