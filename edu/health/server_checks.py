"""What the doctor asks of the machine and its settings."""

import ipaddress
import socket
from datetime import timedelta
from urllib.parse import urlsplit

from werkzeug.sansio.utils import host_is_trusted

from edu.health import clock, marks, secret, words
from edu.health.case import Case
from edu.health.finding import Finding, do, fine, serious

_BACKUP_AGE = timedelta(days=3)
_REHEARSAL_AGE = timedelta(days=190)
_LOW_MEMORY = 100_000  # kB


def secret_fits(case: Case) -> Finding:
    """Whether the code cards work."""
    if secret.is_another(case.settings.instance, case.settings.secret_key):
        what, _, todo = words.CARDS_DO_NOT_WORK.partition("\nWhat to do: ")
        return serious("secret", what, todo)
    if not secret.expected(case.settings.instance):
        return fine("secret", "There are no cards yet.")
    return fine("secret", "The code cards work with this secret. Keep a copy of secret.key.")


def clock_is_right(case: Case) -> Finding:
    """Whether what is old may be deleted by this clock."""
    with case.database.session(reading=True) as session:
        newest = clock.newest_day(session)
    seen = clock.look(case.settings.instance, newest, case.now)
    if seen.trusted:
        return fine("clock", f"It shows {case.now:%Y-%m-%d %H:%M} UTC.")
    what, _, todo = words.clock(seen).partition("\nWhat to do: ")
    return do("clock", what, todo)


def backed_up(case: Case) -> Finding:
    """Whether there is a backup, how old it is, and whether one was ever brought back."""
    if case.settings.demo:
        return fine("backup", "Simulated people need none.")
    last = marks.read(case.settings.instance, "backup")
    well = last.last_well if last else None
    if well is None or case.now - well > _BACKUP_AGE:
        since = f"since {well:%Y-%m-%d}" if well else "yet"
        return do(
            "backup",
            f"No backup was made {since}.",
            "Run flask backup --into with the folder of a stick, and read what it says.",
        )
    if not case.settings.backup_key:
        return do(
            "backup",
            f"The last backup is of {well:%Y-%m-%d}; backups are not encrypted.",
            "Run flask backup-key, keep the secret half on paper, set BACKUP_KEY. Until then keep"
            " backups as safe as the server, and a copy of secret.key apart from them.",
        )
    return fine("backup", f"The last backup is of {well:%Y-%m-%d %H:%M} UTC.")


def rehearsed(case: Case) -> Finding:
    """Whether a backup was ever seen to be one."""
    if case.settings.demo:
        return fine("rehearsal", "Simulated people need none.")
    days = [marks.read(case.settings.instance, name) for name in ("rehearsal", "restore")]
    tried = max((mark.last_well for mark in days if mark and mark.last_well), default=None)
    if tried is None or case.now - tried > _REHEARSAL_AGE:
        return do(
            "rehearsal",
            "No backup was brought back for trial in the last half year.",
            "Run flask restore FILE --rehearse with a backup (and --key). It changes nothing.",
        )
    return fine("rehearsal", f"A backup was brought back on {tried:%Y-%m-%d}.")


def addresses_fit(case: Case) -> Finding:
    """Whether HOST, PUBLIC_URL, TRUSTED_HOSTS and BEHIND_PROXY belong together."""
    about, here = "addresses", case.settings
    public = urlsplit(here.public_url)
    named = public.netloc and here.trusted_hosts
    if named and not host_is_trusted(public.netloc, here.trusted_hosts):
        return serious(
            about,
            f"TRUSTED_HOSTS leaves out {public.hostname}, which stands on printed cards.",
            f"Add {public.hostname} to TRUSTED_HOSTS and start again.",
        )
    if here.behind_proxy and not _is_loopback(here.host):
        return do(
            about,
            "Behind a proxy, but the port is open to others: they could pretend to be anybody.",
            "Set HOST=127.0.0.1, so that only the proxy reaches it.",
        )
    if here.behind_proxy and not public.netloc:
        return do(
            about,
            "Behind a proxy, but PUBLIC_URL is not set: cards may show a wrong address.",
            "Set PUBLIC_URL to the address that people type.",
        )
    if public.scheme == "http" and not _is_local(public.hostname or ""):
        return do(
            about,
            "People reach this site without HTTPS: on the way, others can read their answers.",
            "Put a proxy with HTTPS in front, and set PUBLIC_URL to https://…",
        )
    if not here.trusted_hosts and (here.behind_proxy or not _is_loopback(here.host)):
        return do(
            about,
            "The site answers to any name.",
            "Set TRUSTED_HOSTS to the names and addresses by which people reach it.",
        )
    return fine(about, "The addresses belong together.")


def _is_loopback(host: str) -> bool:
    """Whether only this machine reaches it; a socket in the file system is as private."""
    if host.startswith("unix:"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_local(host: str) -> bool:
    """An address of a house's own network, where HTTPS is hard to have."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".home.arpa", ".internal"))


def is_no_demo(case: Case) -> Finding:
    """Whether a demonstration stands where people come to learn."""
    if case.settings.demo and not _is_loopback(case.settings.host):
        return do(
            "demo",
            "This is a demonstration, with a password that was printed, open to others.",
            "For real people start with make run, without DARAJA_DEMO.",
        )
    return fine("demo", "A demonstration." if case.settings.demo else "This is no demonstration.")


def port_is_free(case: Case) -> Finding:
    """Whether the port is ours to take."""
    if case.is_serving:
        return fine("port", "The server is running.")
    if case.settings.host.startswith("unix:"):
        return fine("port", "The server is not running; it takes a socket and no port.")
    where = (case.settings.host, case.settings.port)
    try:
        family = socket.AF_INET6 if ":" in case.settings.host else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(where)
    except OSError as error:
        return do(
            "port",
            f"The server is not running, and cannot: {where[0]} port {where[1]}: {error.strerror}.",
            "Stop the other program, or set PORT to another number, such as 8001.",
        )
    return fine("port", f"The server is not running; port {where[1]} is free.")


def memory(_case: Case) -> Finding:
    """Whether there is memory to serve."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            told = dict(line.split(":", 1) for line in file)
        free = int(told["MemAvailable"].split()[0])
    except (OSError, KeyError, ValueError):
        return fine("memory", "This machine does not say how much is free.")
    return judge_memory(free)


def judge_memory(free: int) -> Finding:
    """What so many free kB mean."""
    if free < _LOW_MEMORY:
        return do(
            "memory",
            f"Only {free // 1000} MB of memory are free.",
            "Close other programs, or set WORKERS=1, and start again.",
        )
    return fine("memory", f"{free // 1000} MB of memory are free.")
