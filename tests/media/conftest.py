"""An empty database with our schema, on both kinds of database."""

from tests.editions.conftest import database

__all__ = ["database"]
