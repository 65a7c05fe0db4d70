"""Read once from the environment (or `.env`); the defaults suit a laptop or a small box."""

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import load_dotenv

ROOT = Path(__file__).resolve().parent.parent
#: How this machine calls itself.
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Setting:
    """One setting a person may set, as the README lists it."""

    name: str
    default: str
    meaning: str


#: Every setting; a test holds the README to this list.
SETTINGS = (
    Setting("HOST", "127.0.0.1", "address on which the server listens; unix:/path for a socket"),
    Setting("PORT", "8000", "port on which the server listens"),
    Setting("WORKERS", "2", "processes that serve; one for each core is a good number"),
    Setting("THREADS", "32", "threads in each process: requests worked on at the same time"),
    Setting("INSTANCE", "instance", "folder for the database, the secret and the published pages"),
    Setting(
        "DATABASE_URL", "", "SQLite in the instance folder unless a PostgreSQL address is given"
    ),
    Setting("SECRET_KEY", "", "made once and kept in the instance folder unless given"),
    Setting(
        "PUBLIC_URL", "", "address printed on cards and posters, when it is not the one asked for"
    ),
    Setting("TRUSTED_HOSTS", "", "host names that are answered, separated by commas; empty: all"),
    Setting("BEHIND_PROXY", "", "1 when exactly one proxy in front sets the X-Forwarded headers"),
    Setting(
        "IN_CONTAINER",
        "",
        "1 in a container: whoever starts it decides who reaches the port; ours sets it",
    ),
    Setting(
        "BACKUP_INTO",
        "backups",
        "folder for the daily backup, in the instance folder unless a whole path is given;"
        " none: no daily backup",
    ),
    Setting("BACKUP_KEY", "", "public key (age1…) to which backups are encrypted"),
    Setting(
        "METRICS_TOKEN", "", "word that opens /metrics to another machine; empty: this one only"
    ),
    Setting(
        "SMTP_URL",
        "",
        "mail server for lost passwords, such as smtps://user:password@mail.example.org:465;"
        " smtp:// asks for encryption by STARTTLS",
    ),
    Setting("MAIL_FROM", "", "address from which letters come; needed with SMTP_URL"),
    Setting(
        "OIDC_ISSUER",
        "",
        "address of the house whose accounts may sign in (OpenID Connect); needs the extra `oidc`",
    ),
    Setting("OIDC_CLIENT_ID", "", "what this server is called at OIDC_ISSUER"),
    Setting("OIDC_CLIENT_SECRET", "", "its secret there; empty when it was given none"),
    Setting("DARAJA_DEMO", "", "1 marks every page as simulated; `make demo` sets it"),
)


@dataclass(frozen=True)
class Settings:
    """The settings of one running server."""

    instance: Path
    database_url: str
    secret_key: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 32
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    behind_proxy: bool = False
    in_container: bool = False
    backup_into: Path | None = None
    backup_key: str = ""
    metrics_token: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    demo: bool = False
    #: Where what authors and translators wrote is read from.
    root: Path = ROOT

    @property
    def published(self) -> Path:
        """The folder of finished pages."""
        return self.instance / "published"

    @property
    def knows_its_address(self) -> bool:
        """Whether a link in a letter would lead here, whatever the request for it said. A Host
        header is believed where it was checked, or where only this machine can send one."""
        alone = self.host in LOOPBACK and not self.behind_proxy
        return bool(self.public_url or self.trusted_hosts) or alone


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force. Makes the instance folder and its secret when they are missing.

    Raises ValueError naming the setting when one cannot be used. Where they come from the real
    environment, the program ends there with one line instead: nothing works without them.
    """
    if environment is not None:
        return _settings(_Given(environment))
    # Read here, so that gunicorn and the commands see the same; what is set already wins.
    load_dotenv(ROOT / ".env")
    try:
        return _settings(_Given(os.environ))
    except ValueError as error:
        sys.exit(f"Daraja cannot start: {error}")


@dataclass(frozen=True)
class _Given:
    """What somebody set, each value checked as it is asked for."""

    environment: Mapping[str, str]

    def text(self, name: str) -> str:
        default = next(setting.default for setting in SETTINGS if setting.name == name)
        return self.environment.get(name, "").strip() or default

    def number(self, name: str, lowest: int, highest: int) -> int:
        value = self.text(name)
        try:
            found = int(value)
        except ValueError:
            raise ValueError(f"{name} must be a whole number, not {value!r}") from None
        if not lowest <= found <= highest:
            raise ValueError(f"{name} must be a number from {lowest} to {highest}, not {value}")
        return found

    def switch(self, name: str) -> bool:
        value = self.text(name)
        if value not in ("", "0", "1"):
            raise ValueError(f"{name} must be 1 (on) or nothing (off), not {value!r}")
        return value == "1"

    def address(self, name: str) -> str:
        value = self.text(name).rstrip("/")
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError(f"{name} must begin with http:// or https://, not {value!r}")
        return value

    def hosts(self, name: str) -> tuple[str, ...]:
        """Host names between commas or spaces; werkzeug compares them without their port."""
        found = tuple(self.text(name).replace(",", " ").split())
        for host in found:
            if not re.fullmatch(r"\.?[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:]+\]", host):
                raise ValueError(
                    f"{name} takes names such as learn.example.org, without http:// and port,"
                    f" not {host!r}"
                )
        return found

    def mail_server(self, name: str) -> str:
        """Not repeated when it is wrong: a password is in it."""
        value = self.text(name)
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError:
            raise ValueError(f"{name} has a port that is not a number") from None
        if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname or port == 0):
            raise ValueError(f"{name} must look like smtps://user:password@mail.example.org:465")
        if value and (parts.path not in ("", "/") or parts.query or parts.fragment):
            raise ValueError(f"{name}: write / ? # within a password as %2F %3F %23")
        return value

    def mail_address(self, name: str, needed: bool) -> str:
        value = self.text(name)
        if (value or needed) and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", value):
            raise ValueError(f"{name} must be an address such as daraja@example.org")
        return value

    def other_house(self, name: str) -> str:
        """Whoever can answer in the name of this address can sign in as anybody."""
        value = self.text(name)
        if not value:
            return ""
        parts = urlsplit(value)
        safe = parts.scheme == "https" or parts.hostname in LOOPBACK
        if parts.scheme not in ("http", "https") or not parts.hostname or not safe:
            raise ValueError(f"{name} must begin with https://, not {value!r}")
        if not self.text("OIDC_CLIENT_ID"):
            raise ValueError(f"{name} needs OIDC_CLIENT_ID too")
        if find_spec("authlib") is None:
            raise ValueError(f"{name} needs the extra oidc: .venv/bin/pip install authlib")
        return value

    def database(self, name: str) -> str:
        value = self.text(name)
        if value and not re.match(r"(sqlite|postgresql)(\+\w+)?://", value):
            raise ValueError(f"{name} must begin with postgresql:// or sqlite:///")
        return value

    def backup_key(self, name: str) -> str:
        value = self.text(name)
        if value and not re.fullmatch(r"age1[a-z0-9]{58}", value):
            hint = " (that is the secret key!)" if value.upper().startswith("AGE-SECRET") else ""
            raise ValueError(f"{name} must be a public key that begins with age1{hint}")
        return value


def _settings(given: _Given) -> Settings:
    demo = given.switch("DARAJA_DEMO")
    instance = (ROOT / given.text("INSTANCE")).resolve()
    database_url = given.database("DATABASE_URL")
    if demo:
        # Simulated people never share a folder or a database with real ones.
        instance, database_url = instance / "demo", ""
    _make_private(instance)
    return Settings(
        instance=instance,
        database_url=database_url or f"sqlite:///{instance / 'daraja.sqlite'}",
        secret_key=given.text("SECRET_KEY") or _kept_secret(instance / "secret.key"),
        host=given.text("HOST"),
        port=given.number("PORT", 1, 65535),
        workers=given.number("WORKERS", 1, 256),
        threads=given.number("THREADS", 1, 4096),
        public_url=given.address("PUBLIC_URL"),
        trusted_hosts=given.hosts("TRUSTED_HOSTS"),
        behind_proxy=given.switch("BEHIND_PROXY"),
        in_container=given.switch("IN_CONTAINER"),
        backup_into=_backup_folder(given.text("BACKUP_INTO"), instance),
        backup_key=given.backup_key("BACKUP_KEY"),
        metrics_token=given.text("METRICS_TOKEN"),
        smtp_url=given.mail_server("SMTP_URL"),
        mail_from=given.mail_address("MAIL_FROM", needed=bool(given.text("SMTP_URL"))),
        oidc_issuer=given.other_house("OIDC_ISSUER"),
        oidc_client_id=given.text("OIDC_CLIENT_ID"),
        oidc_client_secret=given.text("OIDC_CLIENT_SECRET"),
        demo=demo,
    )


def _make_private(instance: Path) -> None:
    """The instance folder, closed to others: what people think is in there."""
    try:
        instance.mkdir(parents=True, exist_ok=True)
        # Left alone where it is right, for a disk that cannot be written must not stop us.
        if instance.stat().st_mode & 0o777 != 0o700:
            instance.chmod(0o700)
    except OSError as error:
        raise ValueError(f"the folder INSTANCE cannot be used: {error}") from None


def _backup_folder(value: str, instance: Path) -> Path | None:
    return None if value == "none" else (instance / value).resolve()


def _kept_secret(path: Path) -> str:
    """The installation's secret, made at the first start. Without it no code card works again."""
    try:
        if not path.exists():
            _make_secret(path)
    except OSError as error:
        raise ValueError(f"the secret cannot be kept in the folder INSTANCE: {error}") from None
    secret = path.read_text(encoding="utf-8", errors="replace").strip()
    if not secret:
        raise ValueError(
            f"{path} is empty. Put the copy of it back that you keep; without it no code card"
            " works. If there is none, delete the file: a new one is made, and cards end."
        )
    return secret


def _make_secret(path: Path) -> None:
    """Written beside and put in place whole: two processes that start at once agree on one."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    with open(new, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(secrets.token_urlsafe(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    finally:
        new.unlink()
