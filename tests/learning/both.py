"""The same house twice, on SQLite and on PostgreSQL, so that one story can be lived in both."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask

from edu.preparing import prepare
from tests.conftest import leave, make_house
from tests.databases import fresh_url


@contextmanager
def both_houses() -> Iterator[list[Flask]]:
    """Two prepared applications over the tiny content."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        houses = []
        for kind in ("sqlite", "postgres"):
            folder = Path(name) / kind
            folder.mkdir()
            houses.append(make_house(folder, stack.enter_context(fresh_url(kind, folder))))
            stack.callback(leave, houses[-1])
            prepare(houses[-1])
        yield houses
