"""On which database a test of a door runs every day: SQLite or PostgreSQL, by lot.

What stores and asks is tested on both every day. Tests of pages, and of what goes in and out, go
through the same queries; each of them runs on one database every day, drawn from its name and so
always the same one, and on the other one among the thorough tests. So no kind of page is without
tests on either. One in four falls on PostgreSQL, where each test costs twice as much.
"""

import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

_DATABASES = ("sqlite", "postgres")
#: What stores and asks: always on both.
_STORAGE = {
    "drill",
    "editions",
    "learning",
    "outcomes",
}
_STORAGE_FILES = {
    "builder/test_at_once.py",
    "planner/test_at_the_same_moment.py",
    "test_database.py",
    "test_schema.py",
    "test_upgrade.py",
}


def draw(items: Iterable[pytest.Item], tests: Path) -> None:
    """Mark as thorough what another lot fell on."""
    for item in items:
        database = _database_of(item)
        if database is None or _is_storage(item.path.relative_to(tests)):
            continue
        if database != _DATABASES[_lot(item.nodeid.replace(database, ""))]:
            item.add_marker(pytest.mark.thorough)


def one_in(share: int, cases: Iterable[object]) -> list[object]:
    """Cases of which one in so many runs every day, and all among the thorough tests."""
    return [
        case if place % share == 0 else pytest.param(*_values(case), marks=pytest.mark.thorough)
        for place, case in enumerate(cases)
    ]


def _values(case: object) -> Iterable[object]:
    return case if isinstance(case, tuple) else [case]


def _database_of(item: pytest.Item) -> str | None:
    """The database of a test that is there for both."""
    called = getattr(item, "callspec", None)
    values = called.params.values() if called is not None else ()
    found = [value for value in values if isinstance(value, str) and value in _DATABASES]
    return found[0] if len(found) == 1 else None


def _is_storage(file: Path) -> bool:
    return file.parts[0] in _STORAGE or str(file) in _STORAGE_FILES


def _lot(name: str) -> int:
    return int(zlib.crc32(name.encode()) % 4 == 0)
