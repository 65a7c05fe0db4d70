"""The authority that vouches for a village server, as phones are given it."""

import hashlib
import ssl
from dataclasses import dataclass
from pathlib import Path

#: Where it is looked for in the instance folder. Its secret need not be there, and better is not.
PLACE = Path("tls") / "ca.crt"


@dataclass(frozen=True)
class Authority:
    """A certificate in the form that phones take, and what people compare."""

    der: bytes

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """SHA-256 in sixteen groups of four characters, to be read aloud or from a poster."""
        digest = hashlib.sha256(self.der).hexdigest()
        return tuple(digest[start : start + 4] for start in range(0, len(digest), 4))


def authority(instance: Path) -> Authority | None:
    """The authority of this server; None where there is none, as with a public certificate.

    A file with a secret in it is not handed out, whatever else it holds.
    """
    try:
        text = (instance / PLACE).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    begin, end = ssl.PEM_HEADER, ssl.PEM_FOOTER
    if "PRIVATE KEY" in text or begin not in text or end not in text:
        return None
    first = text[text.index(begin) : text.index(end) + len(end)]
    try:
        der = ssl.PEM_cert_to_DER_cert(first)
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=der)
    except (ValueError, OSError):
        return None
    return Authority(der)
