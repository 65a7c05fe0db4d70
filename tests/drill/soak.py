"""Hours of the same: memory, open files and the write-ahead log must not grow without end.

`DRILL_SOAK=86400 python -m tests.drill soak` takes a day; five minutes unless told otherwise.
"""

import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.houses import House, house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server
from tests.drill.supervised import Supervised

_EVERY_KILL = 600.0
_MEGABYTE = 1 << 20
#: What may not be passed: growth in megabytes an hour of one worker, its files, the log's size.
_MOST_GROWTH, _MOST_FILES, _MOST_LOG = 200.0, 200, 64.0


@dataclass(frozen=True)
class _Look:
    seconds: float
    pid: int
    megabytes: float
    files: int
    log: float


def run(database: str, folder: Path, *, short: bool) -> Result:
    """Learners come all the time; every ten minutes a worker is killed."""
    seconds = 3.0 if short else float(os.environ.get("DRILL_SOAK", "300"))
    result = Result("soak", database)
    looks: list[_Look] = []
    with house(database, folder) as home:
        port = free_port()
        recorder = Recorder(folder / "record")
        with server(home, port, folder / "log") as site:
            load = Load(home, recorder, Tally(port), 10**9, phones=4, longest=seconds).start()
            start = killed = time.monotonic()
            while load.going:
                time.sleep(min(5.0, seconds / 6))
                looks += _look(home, site, time.monotonic() - start)
                if time.monotonic() - killed > _EVERY_KILL:
                    killed = time.monotonic()
                    site.kill(signal.SIGKILL, random.choice(site.children()))
                    result.faults += 1
            load.finish()
        load.target = 1
        judge(result, load, audit(home, recorder.path))
    _slopes(result, looks, short=short)
    return result


def _look(home: House, site: Supervised, seconds: float) -> list[_Look]:
    log = home.instance / "daraja.sqlite-wal"
    size = log.stat().st_size / _MEGABYTE if log.exists() else 0.0
    looks = []
    for pid in site.children():
        try:
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            files = len(os.listdir(f"/proc/{pid}/fd"))
        except OSError:
            continue
        megabytes = pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
        looks.append(_Look(seconds, pid, megabytes, files, size))
    return looks


def _slopes(result: Result, looks: list[_Look], *, short: bool) -> None:
    """Growth an hour of each worker's memory over its second half, and the largest figures."""
    slopes = []
    for pid in {look.pid for look in looks}:
        mine = [look for look in looks if look.pid == pid]
        later = mine[len(mine) // 2 :]
        if len(later) > 1 and later[-1].seconds > later[0].seconds:
            grown = later[-1].megabytes - later[0].megabytes
            slopes.append(grown * 3600 / (later[-1].seconds - later[0].seconds))
    most = max(slopes, default=0.0)
    files = max(look.files for look in looks)
    log = max(look.log for look in looks)
    result.notes.append(
        f"memory {max(look.megabytes for look in looks):.0f} MB a worker,"
        f" growing {most:.1f} MB an hour; {files} open files; log {log:.1f} MB"
    )
    result.must(short or most < _MOST_GROWTH, f"memory grows by {most:.0f} MB an hour")
    result.must(files < _MOST_FILES, f"{files} open files")
    result.must(log < _MOST_LOG, f"the log has {log:.0f} MB")
