"""Figures about the server for Prometheus, worked out when they are asked for.

From files and the database, so that every process tells the same. Nothing in them is about a
person: the one count of people's work is rounded down to tens and has no parts to subtract.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from edu import sqlite
from edu.database import Database
from edu.editions.models import Release
from edu.health import clock, marks
from edu.health.verdict import reasons
from edu.learning.models import Sitting
from edu.schema import revision_of
from edu.settings import Settings
from edu.sqlite import Unsafe


class Figures(Collector):
    """All figures; those of the database are left out where it does not answer."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings

    def collect(self) -> Iterator[Metric]:
        """Each figure with what it means."""
        yield _figure(
            "healthy", "1 when everything works", not reasons(self.database, self.settings)
        )
        yield from self._disk()
        yield from self._jobs()
        yield _figure("worker_memory_bytes", "memory of the process that answers", _memory())
        try:
            yield from self._database()
        except (SQLAlchemyError, Unsafe):
            return

    def describe(self) -> Iterator[Metric]:
        """Nothing in advance: nothing is counted before somebody asks."""
        return iter(())

    def _disk(self) -> Iterator[Metric]:
        room = os.statvfs(self.settings.instance)
        yield _figure(
            "disk_free_bytes", "free in the instance folder", room.f_bavail * room.f_frsize
        )
        yield _figure("disk_free_files", "files there is room for", room.f_favail)
        file = sqlite.file_of(self.settings.database_url)
        if file is not None:
            yield _figure("database_bytes", "size of the SQLite file", _size(file))
            log = file.with_name(file.name + "-wal")
            yield _figure("database_log_bytes", "size of its write-ahead log", _size(log))

    def _jobs(self) -> Iterator[Metric]:
        last = GaugeMetricFamily(
            "daraja_job_age_seconds", "since a job last ended well", labels=["job"]
        )
        well = GaugeMetricFamily("daraja_job_well", "1 when its last run went well", labels=["job"])
        for name in marks.names(self.settings.instance):
            mark = marks.read(self.settings.instance, name)
            if mark is None:
                continue
            well.add_metric([name], float(mark.outcome == "well"))
            if mark.last_well is not None:
                last.add_metric([name], (marks.now() - mark.last_well).total_seconds())
        yield last
        yield well

    def _database(self) -> Iterator[Metric]:
        with self.database.session(reading=True) as session:
            revision = revision_of(session.connection())
            releases = session.scalar(select(func.count()).select_from(Release)) or 0
            sittings = session.scalar(select(func.count()).select_from(Sitting)) or 0
            seen = clock.look(self.settings.instance, clock.newest_day(session))
        schema = GaugeMetricFamily("daraja_schema", "the schema in use", labels=["revision"])
        schema.add_metric([revision], 1)
        yield schema
        yield _figure("releases", "frozen editions", releases)
        yield _figure("sittings_about", "forms met, rounded down to tens", sittings // 10 * 10)
        yield _figure("clock_trusted", "1 when the clock can be believed", seen.trusted)


def _figure(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"daraja_{name}", meaning, value=float(value))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _memory() -> int:
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
