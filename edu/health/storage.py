"""Which faults mean that nothing can be kept at this moment, and none is anybody's mistake."""

import errno

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from edu import sqlite

_SQLITE = frozenset(
    {
        "SQLITE_BUSY",
        "SQLITE_CANTOPEN",
        "SQLITE_CORRUPT",
        "SQLITE_FULL",
        "SQLITE_IOERR",
        "SQLITE_LOCKED",
        "SQLITE_NOTADB",
        "SQLITE_PROTOCOL",
        "SQLITE_READONLY",
    }
)
#: PostgreSQL's classes and codes: connection lost, out of room, stopped by the operator, waited
#: too long, only reading.
_POSTGRES = ("08", "53", "57", "58", "55P03", "25006", "XX")
_SYSTEM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


def is_closed(error: BaseException) -> bool:
    """Whether this fault means that the disk or the database takes nothing in at present."""
    if isinstance(error, PoolTimeout | sqlite.Unsafe):
        return True
    if isinstance(error, OSError):
        return error.errno in _SYSTEM
    if not isinstance(error, DBAPIError):
        return False
    if sqlite.kind_of(error.orig):
        return sqlite.kind_of(error.orig) in _SQLITE
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # PostgreSQL could not say anything: it is gone.
        return error.connection_invalidated or isinstance(error, OperationalError)
    return str(state).startswith(_POSTGRES)
