"""What is kept of a secret that somebody else holds."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """A new secret of 256 bits, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a random token: it has enough randomness of its own."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def keyed(secret: str, kind: str, text: str) -> str:
    """What is kept of a short code: useless without the server's own secret."""
    message = f"{kind}:{text}".encode("utf-8", "replace")
    return hmac.digest(secret.encode(), message, hashlib.sha256).hex()
