"""A database file from a stranger: looked at, and held against the schema that is ours.

For whoever restores a backup:

    expected = schema_of(path_of_a_fresh_database_at_the_same_version)
    reasons = check_sqlite_copy(path_of_the_copy, expected)

`expected` is a set of (type, name, normalised SQL), one for each row of `sqlite_master`: make it
from a database that our own migrations have just built, at the version that the copy says it
has. An empty list means: the file is an undamaged SQLite database with exactly these tables and
indices, and no trigger, view, virtual table, generated column or index that is not ours. Nothing
in it can run. Anything else is a list of plain sentences, and the copy must not be opened.
Whether each row keeps the CHECKs of its table is not looked at here (SQLite leaves that out on a
file that it may only read): inserting the rows into a database of our own holds them to it.

The file is opened in the child process of the gate (`edu/gate/running.py`), for reading only, as
unchanging (no journal beside it is ever applied), with `trusted_schema=OFF`,
`cell_size_check=ON`, and an authorizer that allows nothing but reading. The schema is compared
before any check that would work out an expression of the schema.

Open the copy afterwards with `file:…?mode=ro&immutable=1` too, and copy its rows table by table
into a database of our own: the file itself should never become the one that is served.
"""

import json
import re
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from edu.gate.refused import Refused
from edu.gate.running import run

#: (type, name, normalised SQL) of each row in `sqlite_master`.
Schema = frozenset[tuple[str, str, str]]

#: The largest database that is looked at, in bytes.
LARGEST = 2 * 1024**3

# What SQLite itself adds when somebody has it count its rows: figures, nothing that runs.
_COUNTED = frozenset(
    {
        ("table", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
        ("table", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    }
)
_READ_SCHEMA = "SELECT type, name, coalesce(sql, '') FROM sqlite_master"


def normalised(sql: str | None) -> str:
    """One statement on one line: any white space counts as one space."""
    return re.sub(r"\s+", " ", sql or "").strip()


def schema_of(path: Path) -> Schema:
    """The schema of a database of our own, as `check_sqlite_copy` expects it."""
    connection = dbapi2.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute(_READ_SCHEMA).fetchall()
    finally:
        connection.close()
    return frozenset((type, name, normalised(sql)) for type, name, sql in rows)


def check_sqlite_copy(path: Path, expected: Schema) -> list[str]:
    """Why a database from a stranger must not be opened; an empty list when it may be."""
    for ending in ("-wal", "-journal", "-shm"):
        if path.with_name(path.name + ending).exists():
            return [f"A file {ending} lies beside the copy. A copy is one file."]
    if not path.is_file() or path.is_symlink():
        return ["The copy is not a plain file."]
    if path.stat().st_size > LARGEST:
        return [f"The copy is larger than {LARGEST // 1024**2} MB."]
    content = json.dumps(sorted(expected)).encode()
    seconds = 60 + path.stat().st_size // (4 * 1024**2)
    try:
        answer = run("sqlite", content, path.name, seconds=seconds, path=str(path.resolve()))
    except Refused as refused:
        return [mistake.message for mistake in refused.mistakes]
    return list(answer.facts["reasons"])


def look(path: str, content: bytes) -> list[str]:
    """In the child: what is wrong with the database at `path`; `content` is the schema as JSON."""
    with open(path, "rb") as opened:
        if opened.read(16) != b"SQLite format 3\0":
            return ["The copy is not an SQLite database."]
    expected = {(type, name, sql) for type, name, sql in json.loads(content)}
    connection = dbapi2.connect(f"{Path(path).as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return _look(connection, expected)
    except dbapi2.Error as error:
        return [f"SQLite cannot read the copy: {error}."]
    finally:
        connection.close()


def _look(connection: Any, expected: set[tuple[str, str, str]]) -> list[str]:
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_only_reading)
    found = {
        (type, name, normalised(sql))
        for type, name, sql in connection.execute(_READ_SCHEMA).fetchall()
    }
    reasons = [
        f"The copy holds a {type} {name!a} that is not ours."
        for type, name, _ in sorted(found - expected - _COUNTED)
    ]
    reasons += [
        f"The copy lacks our {type} {name!a}." for type, name, _ in sorted(expected - found)
    ]
    if reasons:
        return reasons[:50]
    damaged = [str(row[0]) for row in connection.execute("PRAGMA quick_check(20)").fetchall()]
    return [] if damaged == ["ok"] else [f"The copy is damaged: {line}." for line in damaged]


def _only_reading(action: int, first: str | None, second: str | None, *_: Any) -> int:
    """What SQLite asks before it does anything; what is not named here is refused."""
    allowed = (
        action in (dbapi2.SQLITE_SELECT, dbapi2.SQLITE_READ)
        or (action == dbapi2.SQLITE_PRAGMA and first == "quick_check")
        or (action == dbapi2.SQLITE_FUNCTION and second == "coalesce")
    )
    return int(dbapi2.SQLITE_OK if allowed else dbapi2.SQLITE_DENY)
