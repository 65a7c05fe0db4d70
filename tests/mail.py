"""A real mail server on this machine, with TLS of its own, to which letters are sent."""

import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOGIN, PASSWORD = "daraja", "a/mail?pass#word"


@dataclass
class MailHouse:
    """What came in."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    #: To whom, as the envelope says.
    envelopes: list[list[str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        """A letter is handed in."""
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.letters.append(found)
        self.envelopes.append(envelope.rcpt_tos)
        self.encrypted.append(session.ssl is not None or server.transport.get_extra_info("cipher"))
        return "250 OK"


def _is_ours(_server: Any, _session: Any, _envelope: Any, _way: str, given: Any) -> AuthResult:
    pair = LoginPassword(LOGIN.encode(), PASSWORD.encode())
    return AuthResult(success=given == pair, handled=False)


@contextmanager
def mail_house(
    *, tls: ssl.SSLContext | None = None, from_the_start: bool = False, asks: bool = False
) -> Iterator[MailHouse]:
    """A mail server on a free port; with `tls` it encrypts, with `asks` only for who signs in."""
    found = MailHouse()
    controller = Controller(
        found,
        hostname="127.0.0.1",
        port=0,
        ssl_context=tls if from_the_start else None,
        tls_context=None if from_the_start else tls,
        require_starttls=tls is not None and not from_the_start,
        auth_required=asks,
        authenticator=_is_ours if asks else None,
        auth_require_tls=not from_the_start,
    )
    with socket.socket() as probe:
        # The controller looks whether its port answers, so it must know which one it is.
        probe.bind(("127.0.0.1", 0))
        controller.port = found.port = probe.getsockname()[1]
    with warnings.catch_warnings():
        # Behind TLS from the first byte the library does not see that it is encrypted.
        warnings.simplefilter("ignore" if from_the_start else "error", UserWarning)
        controller.start()
        try:
            yield found
        finally:
            controller.stop()


def certificate(folder: Path, host: str) -> tuple[ssl.SSLContext, Path]:
    """TLS for a server of this name, and the file in which its certificate stands."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / f"{host}.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    return context, pem
