"""A letter with a link for a new password: plain text, no names, one link, over TLS."""

import logging
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid
from urllib.parse import unquote, urlsplit

from edu.database import Database
from edu.partners.links import offer_reset_by_letter
from edu.partners.members import homes, member_named
from edu.partners.trail import Deed, Kind, write_down
from edu.settings import LOOPBACK

#: Seconds for each answer of the mail server.
_PATIENCE = 10

_log = logging.getLogger("edu.mail")


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed in."""

    host: str
    port: int
    #: Encrypted from the first byte; otherwise by STARTTLS.
    from_the_start: bool
    login: str = ""
    password: str = field(default="", repr=False)

    @property
    def must_encrypt(self) -> bool:
        """A server on this machine may do without; any other may not."""
        return self.host not in LOOPBACK or bool(self.login)


@dataclass(frozen=True)
class Letter:
    """What a letter says, in the language of whoever asked for it."""

    subject: str
    text: str


def mail_server(url: str) -> MailServer:
    """The mail server of the setting SMTP_URL, such as smtps://user:password@example.org:465."""
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    return MailServer(
        parts.hostname or "",
        parts.port or (465 if secure else 587),
        secure,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def send(server: MailServer, sender: str, to: str, letter: Letter) -> None:
    """Hand a letter in. Raises OSError, smtplib.SMTPException or ValueError."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(localtime())
    # Neither the machine's name nor the program's is anybody's business.
    house = sender.rpartition("@")[2]
    message["Message-ID"] = make_msgid(domain=house)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    with _connected(server, house) as line:
        if server.login:
            line.login(server.login, server.password)
        line.send_message(message, sender, [to])


def _connected(server: MailServer, name: str) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    where = server.host, server.port
    if server.from_the_start:
        return smtplib.SMTP_SSL(*where, local_hostname=name, timeout=_PATIENCE, context=trusted)
    line = smtplib.SMTP(*where, local_hostname=name, timeout=_PATIENCE)
    try:
        line.ehlo()
        if server.must_encrypt or line.has_extn("starttls"):
            # Refused, rather than sent in clear, where the server does not offer it.
            line.starttls(context=trusted)
    except BaseException:
        line.close()
        raise
    return line


def send_reset(
    database: Database, server: MailServer, sender: str, login: str, token: str, letter: Letter
) -> None:
    """Send the letter with this link to whoever signs in with a name, if she gave an address and
    has a password to lose. Done where nobody waits for it: see Later."""
    with database.work() as session:
        member = member_named(session, login)
        if member is None or member.ended_on is not None or member.password_hash is None:
            return
        places = homes(session, member)
        if not places or not member.email:
            return
        to = member.email
        offer_reset_by_letter(session, member, token)
        for home in places:
            write_down(
                session, home.id, member.login, Deed.GAVE_RESET, Kind.ACCOUNT, member.login, "mail"
            )
    try:
        send(server, sender, to, letter)
    except (OSError, smtplib.SMTPException, ValueError, UnicodeError) as error:
        kind = type(error).__name__
        _log.error("not sent", extra={"event": "a letter was not sent", "kind": kind})
