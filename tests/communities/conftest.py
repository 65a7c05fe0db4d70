"""Empty databases with our schema, and a copy of the tiny content that a test may write in."""

from tests.editions.conftest import database, root

__all__ = ["database", "root"]
