"""A database from a stranger: only one with our schema and no other thing in it may be opened."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from edu.gate.sqlite_copy import Schema, check_sqlite_copy, normalised, schema_of

SCHEMA = """
CREATE TABLE learner (id TEXT PRIMARY KEY NOT NULL, joined TEXT CHECK (joined <> ''));
CREATE TABLE sitting (id INTEGER PRIMARY KEY, learner TEXT REFERENCES learner (id));
CREATE INDEX ix_sitting_learner ON sitting (learner);
"""


def database(path: Path, *more: str) -> Path:
    """A database with our schema, some rows, and what else is said."""
    connection = dbapi2.connect(str(path))
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO learner VALUES (?, 'x')", [(str(at),) for at in range(900)])
    for statement in more:
        connection.executescript(statement)
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def expected(tmp_path: Path) -> Schema:
    return schema_of(database(tmp_path / "ours.sqlite"))


def checked(tmp_path: Path, expected: Schema, *more: str) -> list[str]:
    return check_sqlite_copy(database(tmp_path / "copy.sqlite", *more), expected)


def test_a_copy_of_our_own_is_taken(tmp_path: Path, expected: Schema) -> None:
    assert checked(tmp_path, expected) == []


def test_a_copy_in_which_rows_were_counted_is_taken(tmp_path: Path, expected: Schema) -> None:
    assert checked(tmp_path, expected, "ANALYZE") == []


def test_white_space_in_the_schema_makes_no_difference(tmp_path: Path, expected: Schema) -> None:
    other = tmp_path / "other.sqlite"
    connection = dbapi2.connect(str(other))
    connection.executescript(SCHEMA.replace(" (", "\n   ("))
    connection.close()
    assert check_sqlite_copy(other, expected) == []
    assert normalised("a\n\t b ") == "a b"


CRAFTED = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON learner BEGIN DELETE FROM sitting; END",
    "a view": "CREATE VIEW v AS SELECT * FROM learner",
    "a virtual table": "CREATE VIRTUAL TABLE f USING fts5 (a)",
    "an index on an expression": "CREATE INDEX i ON learner (length(id))",
    "a partial index": "CREATE INDEX i ON learner (id) WHERE abs(1) > 0",
    "another table": "CREATE TABLE evil (a)",
    "a generated column": "ALTER TABLE learner ADD COLUMN g TEXT AS (hex(id))",
    "another default": (
        "DROP TABLE sitting; CREATE TABLE sitting (id INTEGER PRIMARY KEY, "
        "learner TEXT DEFAULT (load_extension('x')))"
    ),
    "a missing index": "DROP INDEX ix_sitting_learner",
    "another index of that name": (
        "DROP INDEX ix_sitting_learner; CREATE INDEX ix_sitting_learner ON sitting (id, learner)"
    ),
    "another table of that name": "DROP TABLE sitting; CREATE TABLE sitting (id)",
    "a view in a table's place": "DROP TABLE sitting; CREATE VIEW sitting AS SELECT 1",
    "a check that works for ever": (
        "DROP TABLE sitting; CREATE TABLE sitting (id INTEGER PRIMARY KEY, learner TEXT "
        "CHECK (length(zeroblob(900000000)) > 0)); INSERT INTO sitting VALUES (1, 'x')"
    ),
    "a schema written by hand": (
        "PRAGMA writable_schema=ON; "
        "INSERT INTO sqlite_master VALUES ('trigger', 't', 'learner', 0, "
        "'CREATE TRIGGER t AFTER INSERT ON learner BEGIN SELECT 1; END')"
    ),
    "a schema that cannot be parsed": (
        "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = 'CREATE TABLE learner (((' "
        "WHERE name = 'learner'"
    ),
}


@pytest.mark.parametrize("what", CRAFTED)
def test_a_crafted_copy_is_refused_with_a_reason(
    tmp_path: Path, expected: Schema, what: str
) -> None:
    reasons = checked(tmp_path, expected, CRAFTED[what])
    assert reasons != []
    assert [each for each in reasons if not each.startswith(("The copy", "SQLite"))] == []


def spoiled(content: bytes) -> bytes:
    """A page of rows overwritten, the head as it was."""
    return content[: 4096 * 3] + b"\xff" * 4096 + content[4096 * 4 :]


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"Hello",
    "cut off": lambda content: content[: len(content) // 2],
    "only the head": lambda content: content[:100],
    "a page spoiled": spoiled,
    "another mark": lambda content: b"SQLite format 4\0" + content[16:],
    "a page size of nothing": lambda content: content[:16] + b"\0\0" + content[18:],
    "the schema's page spoiled": lambda content: content[:100] + b"\xff" * 500 + content[600:],
}


@pytest.mark.parametrize("what", BYTES)
def test_a_damaged_copy_is_refused(tmp_path: Path, expected: Schema, what: str) -> None:
    copy = database(tmp_path / "copy.sqlite")
    copy.write_bytes(BYTES[what](copy.read_bytes()))
    assert check_sqlite_copy(copy, expected) != []


def test_a_journal_beside_a_copy_is_never_applied(tmp_path: Path, expected: Schema) -> None:
    copy = database(tmp_path / "copy.sqlite")
    for ending in ("-wal", "-journal", "-shm"):
        beside = tmp_path / f"copy.sqlite{ending}"
        beside.write_bytes(b"x")
        assert check_sqlite_copy(copy, expected) == [
            f"A file {ending} lies beside the copy. A copy is one file."
        ]
        beside.unlink()


def test_a_link_to_a_database_is_no_copy(tmp_path: Path, expected: Schema) -> None:
    link = tmp_path / "link.sqlite"
    link.symlink_to(database(tmp_path / "copy.sqlite"))
    assert check_sqlite_copy(link, expected) == ["The copy is not a plain file."]


def test_looking_changes_nothing(tmp_path: Path, expected: Schema) -> None:
    copy = database(tmp_path / "copy.sqlite")
    connection = sqlite3.connect(copy)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    before = copy.read_bytes()
    assert check_sqlite_copy(copy, expected) == []
    assert copy.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite", "ours.sqlite"]
