"""The key pair of backups: the public half stays on the server, the secret half on paper."""

import io
from dataclasses import dataclass

import pyrage
import segno


@dataclass(frozen=True)
class KeyPair:
    """Backups are encrypted to `public`; only `secret` opens them."""

    public: str
    secret: str


def new_key_pair() -> KeyPair:
    """A new pair, as age-keygen makes them. Kept nowhere."""
    identity = pyrage.x25519.Identity.generate()
    return KeyPair(str(identity.to_public()), str(identity))


def sheet(pair: KeyPair) -> str:
    """What is printed on paper, and may be kept as a file for `--key`."""
    square = io.StringIO()
    segno.make(pair.secret, micro=False, error="m").terminal(out=square, compact=True, border=2)
    lines = [
        "# Daraja: the secret key of backups. Whoever has it can read them; without it nobody can.",
        "# Keep it on paper or on a stick, in two places, away from the server and the backups.",
        f"# public key: {pair.public}",
        pair.secret,
    ]
    drawing = "\n".join(f"# {line}" for line in square.getvalue().splitlines())
    return "\n".join(lines) + "\n" + drawing + "\n"
