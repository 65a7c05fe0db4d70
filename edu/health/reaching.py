"""What it means when PostgreSQL gives no answer, or none that helps: who must be started, and where
to look. SQLite is a file; what is wrong with that is told elsewhere."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import DBAPIError

from edu.health.finding import Finding, serious
from edu.lessons.mistakes import Message
from edu.lessons.words import N_

_ABOUT = "database"
_PORT = 5432
#: PostgreSQL's classes of faults: the connection went, it is stopped or starting.
_GONE = ("08", "57P")
#: And: no room on its disk, no memory, no connection left.
_NO_ROOM = "53"


def unreached(error: BaseException, url: str) -> Finding | None:
    """Why PostgreSQL took nothing in; None where it is there, or where it is not PostgreSQL."""
    if not url.startswith("postgresql") or not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None)
    where = _place(make_url(url))
    if state is not None and str(state).startswith(_NO_ROOM):
        return _full(where)
    if state is None and not _is_lost(error):
        return None
    if state is not None and not str(state).startswith(_GONE):
        return None
    # What could not be begun at all has no class; PostgreSQL's own refusals begin so.
    return _closed(where) if "FATAL:" in str(error.orig) else _silent(where)


def _is_lost(error: DBAPIError) -> bool:
    return error.connection_invalidated or type(error.orig).__name__ in (
        "ConnectionTimeout",
        "OperationalError",
    )


def _silent(where: str) -> Finding:
    return serious(
        _ABOUT,
        N_(
            "PostgreSQL does not answer (%(where)s). Until it does, nothing can be saved; finished"
            " lessons can be read."
        ),
        N_(
            "Look whether it runs, and start it: sudo systemctl start postgresql. If it runs, look"
            " whether DATABASE_URL names the right machine and port. Then start Daraja again."
        ),
        where=where,
    )


def _closed(where: str) -> Finding:
    return serious(
        _ABOUT,
        N_(
            "PostgreSQL answers (%(where)s), but does not let Daraja in. Until it does, nothing can"
            " be saved; finished lessons can be read."
        ),
        N_(
            "It may be starting: wait a minute. If it stays so, look in DATABASE_URL at the user,"
            " the password and the name of the database, and read what PostgreSQL says: sudo"
            " journalctl -u postgresql*. Then start Daraja again."
        ),
        where=where,
    )


def _full(where: str) -> Finding:
    return serious(
        _ABOUT,
        N_(
            "PostgreSQL (%(where)s) has no room: its disk is full, or it takes no more connections."
        ),
        N_(
            "Make room on the disk of PostgreSQL, or end what else uses it. Then start Daraja"
            " again."
        ),
        where=where,
    )


def _place(url: URL) -> str:
    """Where it is to be found; never the user and the password."""
    host = url.host or url.query.get("host") or ""
    if not host or not isinstance(host, str):
        return Message(N_("on this machine"))
    return host if host.startswith("/") else f"{host}:{url.port or _PORT}"
