"""The disk is full: forms are refused and say so, lessons are read, and it mends by itself."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.clusters import fill, place, running
from tests.drill.houses import House, house, prepare_empty
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.namespaces import NotPermitted, small_disk
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server
from tests.drill.writing import Witness

#: The size of the disk in megabytes: the instance folder, or PostgreSQL's data.
_SIZE = {"sqlite": 16, "postgres": 120}


def run(database: str, folder: Path, *, short: bool) -> Result:
    """Fill the disk and free it, once or five times, under load."""
    result = Result("disk-full", database)
    try:
        target, times = (16, 1) if short else (3_000, 5)
        with _small_house(database, folder) as (home, disk):
            _drill(home, disk, folder, result, target=target, times=times)
    except NotPermitted as reason:
        result.not_tried = str(reason)
    return result


def _drill(
    home: House, disk: Path, folder: Path, result: Result, *, target: int, times: int
) -> None:
    port = free_port()
    recorder = Recorder(folder / "record")
    with server(home, port, folder / "log") as site:
        witness = Witness(home, Tally(port), recorder.path)
        witness.arrive()
        load = Load(home, recorder, Tally(port), target).start()
        first_good = []
        for number in range(times):
            load.until(number * target // (times + 1) + 1)
            with _filled(disk, result):
                _wait_for_refusals(load.tally)
                witness.read()
                witness.write()
            freed = time.monotonic()
            load.until(load.acknowledged + 1)
            first_good.append(time.monotonic() - freed)
        load.finish()
        result.must(site.restarts == 0, "the site had to be started again")
    result.notes.append(f"{sum(load.tally.refused.values())} refused while full")
    result.notes.append(f"first form kept {max(first_good):.1f} s after there was room again")
    witness.judge(result)
    judge(result, load, audit(_taken_out(home, disk, folder), recorder.path))


def _taken_out(home: House, disk: Path, folder: Path) -> House:
    """The house with its SQLite file copied to an ordinary disk: SQLite would follow the way
    into the namespace as a link, and so open the file that lies outside."""
    if home.cluster is not None:
        return home
    for file in disk.glob("daraja.sqlite*"):
        shutil.copy(file, folder / file.name)
    return replace(home, seen=f"sqlite:///{folder / 'daraja.sqlite'}")


@contextmanager
def _filled(disk: Path, result: Result) -> Iterator[None]:
    """No byte is free on the disk."""
    filler = disk / "filler"
    try:
        for size in (1 << 20, 4096):
            try:
                with filler.open("ab", buffering=0) as file:
                    while True:
                        if file.write(b"\0" * size) < size:
                            break
            except OSError:
                pass
        result.faults += 1
        yield
    finally:
        filler.unlink(missing_ok=True)


def _wait_for_refusals(tally: Tally) -> None:
    """Until somebody was refused, or nobody is likely to be."""
    before = sum(tally.refused.values()) + tally.cut_off
    for _ in range(100):
        if sum(tally.refused.values()) + tally.cut_off > before:
            return
        time.sleep(0.1)


@contextmanager
def _small_house(database: str, folder: Path) -> Iterator[tuple[House, Path]]:
    """A house whose database lies on a small disk, and where that disk is seen."""
    if database == "postgres":
        with place() as its, small_disk(its / "data", _SIZE[database]) as inside:
            disk = inside.seen(its / "data")
            fill(disk, prepare_empty)
            with house(database, folder, running(its, inside.before)) as home:
                yield home, disk
        return
    with house(database, folder) as home, small_disk(home.instance, _SIZE[database]) as inside:
        disk = inside.seen(home.instance)
        shutil.copytree(home.instance, disk, dirs_exist_ok=True)
        yield replace(home, before=inside.before), disk
