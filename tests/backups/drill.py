"""Back up again and again while people write, and restore each backup into an empty house.

The short form is a test; the long one, with forty backups, is a drill.
"""

import contextlib
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from edu.learning.models import Journey, Learner
from tests.backups.homes import backup_of, bring_back, database_of, empty_house, settings_of
from tests.databases import fresh_sqlite_url

_DAY = date(2026, 11, 21)


@dataclass
class Found:
    """`acknowledged` learners in all; `lost` were acknowledged before a backup began and are not
    in it; `torn` came without their journey."""

    backups: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0


class _Writers:
    """Learners who begin, one after the other, until they are told to stop."""

    def __init__(self, app: Flask, hands: int) -> None:
        self._app = app
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self.acknowledged: set[str] = set()
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(hands)]

    def _write(self, hand: int) -> None:
        for number in range(100_000):
            if self._stop.is_set():
                return
            name = f"hand-{hand}-{number}"
            with database_of(self._app).work() as session:
                learner = Learner(
                    id=name,
                    code_mac=name,
                    start_key=name,
                    group_id=None,
                    made_on=_DAY,
                )
                session.add(learner)
                session.flush()
                session.add(
                    Journey(
                        id=name,
                        learner_id=name,
                        number=1,
                        group_id=None,
                        tag="en",
                        modules=["m1"],
                        consent_release_id=1,
                        started_on=_DAY,
                    )
                )
            with self._lock:
                self.acknowledged.add(name)

    def so_far(self) -> set[str]:
        with self._lock:
            return set(self.acknowledged)

    def __enter__(self) -> "_Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def drill(app: Flask, folder: Path, *, backups: int, hands: int = 2) -> Found:
    """Make so many backups under load, every second one encrypted, and look into each."""
    found = Found()
    made = []
    with _Writers(app, hands) as writers:
        for number in range(backups):
            while len(writers.so_far()) < 5 * (number + 1):
                threading.Event().wait(0.01)
            before = writers.so_far()
            made.append((before, backup_of(app, folder, encrypted=bool(number % 2)).file))
    found.acknowledged = len(writers.acknowledged)
    for before, file in made:
        with (
            _restored(file, settings_of(app).instance) as other,
            database_of(other).session(reading=True) as session,
        ):
            learners = set(session.scalars(select(Learner.id)))
            journeys = set(session.scalars(select(Journey.id)))
        found.backups += 1
        found.lost += len(before - learners)
        found.torn += len({each for each in learners if each.startswith("hand-")} ^ journeys)
    return found


@contextlib.contextmanager
def _restored(file: Path, instance: Path) -> Iterator[Flask]:
    with tempfile.TemporaryDirectory(dir=instance) as scratch:
        other = empty_house(Path(scratch), fresh_sqlite_url(Path(scratch)))
        try:
            bring_back(file, other)
            yield other
        finally:
            database_of(other).engine.dispose()
