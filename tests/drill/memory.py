"""Too little memory: the kernel kills workers, and nothing that was acknowledged goes with them."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.houses import house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.namespaces import NotPermitted
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server

_ROOTS = (Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup"))


def run(database: str, folder: Path, *, short: bool) -> Result:
    """Take memory away until the kernel kills a worker, several times, under load."""
    target, times = (60, 1) if short else (2_000, 10)
    result = Result("memory", database)
    try:
        with house(database, folder) as home, _group() as group:
            port = free_port()
            recorder = Recorder(folder / "record")
            with server(home, port, folder / "log") as site:
                load = Load(home, recorder, Tally(port), target).start()
                for number in range(times):
                    load.until((number + 1) * target // (times + 1))
                    result.faults += group.squeeze(site.children())
                load.finish()
                result.must(site.restarts == 0, "the first process died, too")
            judge(result, load, audit(home, recorder.path))
            result.must(result.faults > 0, "the kernel killed nobody, so nothing was tried")
    except NotPermitted as reason:
        result.not_tried = str(reason)
    return result


class _Group:
    """A group of processes that may take hardly any new memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def squeeze(self, workers: list[int]) -> int:
        """Put one worker into the group, and wait until the kernel has killed it; 0 if not."""
        if not workers:
            return 0
        (self._folder / "cgroup.procs").write_text(str(workers[0]))
        for _ in range(100):
            if not Path(f"/proc/{workers[0]}").exists():
                return 1
            time.sleep(0.1)
        return 0


@contextmanager
def _group() -> Iterator[_Group]:
    """A control group with a limit of 64 kB for what comes on top, gone afterwards."""
    for root in _ROOTS:
        folder = root / f"daraja-drill-{os.getpid()}"
        with suppress(OSError):
            folder.mkdir()
            break
    else:
        raise NotPermitted("no control group may be made here")
    try:
        for limit in ("memory.limit_in_bytes", "memory.max"):
            if (folder / limit).exists():
                (folder / limit).write_text(str(1 << 16))
                yield _Group(folder)
                return
        raise NotPermitted("control groups do not limit memory here")
    finally:
        with suppress(OSError):
            folder.rmdir()
