"""Out of the way: a database that cannot be kept."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from edu.database import Database
from edu.health import marks


@contextmanager
def moved_aside(database: Database, file: Path | None) -> Iterator[Path | None]:
    """A damaged file out of the way, and back again where nothing better comes into its place."""
    if file is None:
        yield None
        return
    database.engine.dispose()
    aside = file.with_name(f"{file.name}.damaged-{marks.now():%Y%m%d%H%M%S}")
    endings = ("", "-wal", "-shm", ".only-reading")
    _move(file, aside, endings)
    try:
        yield aside
    except BaseException:
        database.engine.dispose()
        for ending in endings:
            file.with_name(file.name + ending).unlink(missing_ok=True)
        _move(aside, file, endings)
        raise


def _move(file: Path, to: Path, endings: tuple[str, ...]) -> None:
    for ending in endings:
        with suppress(FileNotFoundError):
            os.replace(file.with_name(file.name + ending), to.with_name(to.name + ending))
    marks.settle(file.parent)
