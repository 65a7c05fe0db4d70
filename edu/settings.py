"""Read once from the environment (or `.env`); the defaults suit a laptop or a small box."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import load_dotenv

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One setting a person may set, as the README lists it."""

    name: str
    default: str
    meaning: str


#: Every setting; a test holds the README to this list.
SETTINGS = (
    Setting("HOST", "127.0.0.1", "address on which the server listens"),
    Setting("PORT", "8000", "port on which the server listens"),
    Setting("WORKERS", "2", "processes that serve; one for each core is a good number"),
    Setting("THREADS", "32", "threads in each process; slow phones each hold one"),
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
    demo: bool = False
    #: Where what authors and translators wrote is read from.
    root: Path = ROOT

    @property
    def published(self) -> Path:
        """The folder of finished pages."""
        return self.instance / "published"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force. Makes the instance folder and its secret when they are missing.

    Raises ValueError naming the setting when a number is not one.
    """
    if environment is None:
        # Read here, so that gunicorn and the commands see the same; what is set already wins.
        load_dotenv(ROOT / ".env")
        environment = os.environ
    given = environment

    def value(name: str) -> str:
        default = next(setting.default for setting in SETTINGS if setting.name == name)
        return given.get(name, "").strip() or default

    def number(name: str) -> int:
        try:
            return int(value(name))
        except ValueError:
            raise ValueError(f"{name} must be a whole number, not {value(name)!r}") from None

    demo = value("DARAJA_DEMO") == "1"
    instance = (ROOT / value("INSTANCE")).resolve()
    database_url = value("DATABASE_URL")
    if demo:
        # Simulated people never share a folder or a database with real ones.
        instance, database_url = instance / "demo", ""
    instance.mkdir(parents=True, exist_ok=True)
    # What people think is in there: nobody else on this machine has a use for it.
    instance.chmod(0o700)
    return Settings(
        instance=instance,
        database_url=database_url or f"sqlite:///{instance / 'daraja.sqlite'}",
        secret_key=value("SECRET_KEY") or _kept_secret(instance / "secret.key"),
        host=value("HOST"),
        port=number("PORT"),
        workers=number("WORKERS"),
        threads=number("THREADS"),
        public_url=value("PUBLIC_URL").rstrip("/"),
        trusted_hosts=tuple(host.strip() for host in value("TRUSTED_HOSTS").split(",") if host),
        behind_proxy=value("BEHIND_PROXY") == "1",
        demo=demo,
    )


def _kept_secret(path: Path) -> str:
    """The installation's secret, made at the first start. Without it no code card works again."""
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_text().strip()
