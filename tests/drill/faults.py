"""Every drill by its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.drill import (
    backups,
    clocks,
    crash,
    disk_full,
    duplicates,
    io_errors,
    kills,
    memory,
    migrations,
    networks,
    power,
    read_only,
    replays,
    restarts,
    slow_phones,
    soak,
    texts,
)
from tests.drill.houses import DATABASES
from tests.drill.results import Result


class Run(Protocol):
    """One drill on one database, in a folder of its own."""

    def __call__(self, database: str, folder: Path, *, short: bool) -> Result: ...


@dataclass(frozen=True)
class Fault:
    """A drill and the databases on which it says something."""

    run: Run
    databases: tuple[str, ...] = DATABASES


FAULTS: Mapping[str, Fault] = {
    "kills": Fault(kills.run),
    "restarts": Fault(restarts.run),
    "crash": Fault(crash.run, ("postgres",)),
    "disk-full": Fault(disk_full.run),
    "io-errors": Fault(io_errors.run),
    "read-only": Fault(read_only.run),
    "power": Fault(power.run, ("sqlite",)),
    "migrations": Fault(migrations.run),
    "clocks": Fault(clocks.run),
    "texts": Fault(texts.run, ("both",)),
    "duplicates": Fault(duplicates.run),
    "replays": Fault(replays.run),
    "backups": Fault(backups.run),
    "memory": Fault(memory.run),
    "networks": Fault(networks.run),
    "slow-phones": Fault(slow_phones.run),
    "soak": Fault(soak.run),
}

#: In short, every day: what costs people's answers most often. The others now and then.
_DAILY = {
    ("kills", "sqlite"),
    ("crash", "postgres"),
    ("power", "sqlite"),
}


def short_forms(*databases: str) -> list[Any]:
    """The names of the drills on these databases, as a test's parameters."""
    return [
        pytest.param(name, marks=() if (name, database) in _DAILY else pytest.mark.thorough)
        for name, fault in FAULTS.items()
        for database in fault.databases
        if database in databases
    ]
