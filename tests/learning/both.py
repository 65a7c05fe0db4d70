"""The same house twice, on SQLite and on PostgreSQL, so that one story can be lived in both."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from edu.preparing import prepare
from tests.conftest import make_house
from tests.databases import drop_postgres, fresh_postgres_url, fresh_sqlite_url


@contextmanager
def both_houses() -> Iterator[list[Flask]]:
    """Two prepared applications over the tiny content."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        postgres = fresh_postgres_url()
        houses = []
        try:
            for place, url in (("one", fresh_sqlite_url(folder)), ("two", postgres)):
                (folder / place).mkdir()
                houses.append(make_house(folder / place, url))
                prepare(houses[-1])
            yield houses
        finally:
            for house in houses:
                house.extensions["database"].engine.dispose()
            drop_postgres(postgres)
