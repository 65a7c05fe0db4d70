"""What the doctor asks of the machine and its settings."""

import ipaddress
import socket
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from werkzeug.sansio.utils import host_is_trusted

from edu.health import clock, marks, secret, words
from edu.health.case import Case
from edu.health.finding import Finding, Size, do, fine, serious
from edu.health.refusal import why
from edu.lessons.mistakes import Value
from edu.lessons.words import N_

_BACKUP_AGE = timedelta(days=3)
_REHEARSAL_AGE = timedelta(days=190)
_LOW_MEMORY = 100_000  # kB


def secret_fits(case: Case) -> Finding:
    """Whether the code cards work."""
    if secret.is_another(case.settings.instance, case.settings.secret_key):
        return words.CARDS_DO_NOT_WORK
    if not secret.expected(case.settings.instance):
        return fine("secret", N_("There are no cards yet."))
    return fine("secret", N_("The code cards work with this secret. Keep a copy of secret.key."))


def clock_is_right(case: Case) -> Finding:
    """Whether what is old may be deleted by this clock."""
    with case.database.session(reading=True) as session:
        newest = clock.newest_day(session)
    seen = clock.look(case.settings.instance, newest, case.now)
    if seen.trusted:
        return fine("clock", N_("It shows %(day)s, %(time)s UTC."), **_moment(case.now))
    return words.clock(seen.why)


def backed_up(case: Case) -> Finding:
    """Whether there is a backup, how old it is, and whether one was ever brought back."""
    if case.settings.demo:
        return fine("backup", N_("Simulated people need none."))
    last = marks.read(case.settings.instance, "backup")
    well = last.last_well if last else None
    if well is None or case.now - well > _BACKUP_AGE:
        todo = N_("Run flask backup --into with the folder of a stick, and read what it says.")
        if well is None:
            return do("backup", N_("No backup was made yet."), todo)
        return do("backup", N_("No backup was made since %(day)s."), todo, day=well.date())
    if not case.settings.backup_key:
        return do(
            "backup",
            N_("The last backup is of %(day)s; backups are not encrypted."),
            N_(
                "Run flask backup-key, keep the secret half on paper, set BACKUP_KEY. Until then"
                " keep backups as safe as the server, and a copy of secret.key apart from them."
            ),
            day=well.date(),
        )
    return fine("backup", N_("The last backup is of %(day)s, %(time)s UTC."), **_moment(well))


def _moment(at: datetime) -> dict[str, Value]:
    return {"day": at.date(), "time": f"{at:%H:%M}"}


def rehearsed(case: Case) -> Finding:
    """Whether a backup was ever seen to be one."""
    if case.settings.demo:
        return fine("rehearsal", N_("Simulated people need none."))
    days = [marks.read(case.settings.instance, name) for name in ("rehearsal", "restore")]
    tried = max((mark.last_well for mark in days if mark and mark.last_well), default=None)
    if tried is None or case.now - tried > _REHEARSAL_AGE:
        return do(
            "rehearsal",
            N_("No backup was brought back for trial in the last half year."),
            N_("Run flask restore FILE --rehearse with a backup (and --key). It changes nothing."),
        )
    return fine("rehearsal", N_("A backup was brought back on %(day)s."), day=tried.date())


def addresses_fit(case: Case) -> Finding:
    """Whether HOST, PUBLIC_URL, TRUSTED_HOSTS and BEHIND_PROXY belong together."""
    about, here = "addresses", case.settings
    public = urlsplit(here.public_url)
    named = public.netloc and here.trusted_hosts
    if named and not host_is_trusted(public.netloc, here.trusted_hosts):
        return serious(
            about,
            N_("TRUSTED_HOSTS leaves out %(host)s, which stands on printed cards."),
            N_("Add %(host)s to TRUSTED_HOSTS and start again."),
            host=public.hostname or "",
        )
    # In a container every address is its own; who reaches the port is decided outside of it.
    if here.behind_proxy and not (here.in_container or _is_loopback(here.host)):
        return do(
            about,
            N_("Behind a proxy, but the port is open to others: they could pretend to be anybody."),
            N_("Set HOST=127.0.0.1, so that only the proxy reaches it."),
        )
    if here.behind_proxy and not public.netloc:
        return do(
            about,
            N_("Behind a proxy, but PUBLIC_URL is not set: cards may show a wrong address."),
            N_("Set PUBLIC_URL to the address that people type."),
        )
    if public.scheme == "http" and not _is_local(public.hostname or ""):
        return do(
            about,
            N_("People reach this site without HTTPS: on the way, others can read their answers."),
            N_("Put a proxy with HTTPS in front, and set PUBLIC_URL to https://…"),
        )
    if not here.trusted_hosts and (here.behind_proxy or not _is_loopback(here.host)):
        return do(
            about,
            N_("The site answers to any name."),
            N_("Set TRUSTED_HOSTS to the names and addresses by which people reach it."),
        )
    return fine(about, N_("The addresses belong together."))


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
            N_("This is a demonstration, with a password that was printed, open to others."),
            N_("For real people start with make run, without DARAJA_DEMO."),
        )
    return fine(
        "demo", N_("A demonstration.") if case.settings.demo else N_("This is no demonstration.")
    )


def port_is_free(case: Case) -> Finding:
    """Whether the port is ours to take."""
    if case.is_serving:
        return fine("port", N_("The server is running."))
    if case.settings.host.startswith("unix:"):
        return fine("port", N_("The server is not running; it takes a socket and no port."))
    where = (case.settings.host, case.settings.port)
    try:
        family = socket.AF_INET6 if ":" in case.settings.host else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(where)
    except OSError as error:
        return do(
            "port",
            N_("The server is not running, and cannot take the port %(port)s: %(error)s."),
            N_("Stop the other program, or set PORT to another number, such as 8001."),
            port=f"{where[0]}:{where[1]}",
            error=why(error),
        )
    return fine("port", N_("The server is not running; port %(port)s is free."), port=str(where[1]))


def memory(_case: Case) -> Finding:
    """Whether there is memory to serve."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            told = dict(line.split(":", 1) for line in file)
        free = int(told["MemAvailable"].split()[0])
    except (OSError, KeyError, ValueError):
        return fine("memory", N_("This machine does not say how much is free."))
    return judge_memory(free)


def judge_memory(free: int) -> Finding:
    """What so many free kB mean."""
    if free < _LOW_MEMORY:
        return do(
            "memory",
            N_("Memory that is free: only %(size)s."),
            N_("Close other programs, or set WORKERS=1, and start again."),
            size=Size(free * 1000),
        )
    return fine("memory", N_("Memory that is free: %(size)s."), size=Size(free * 1000))
