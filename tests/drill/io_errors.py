"""The disk reports errors: strace makes writes and flushes of the database fail under load."""

import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.houses import House, house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.namespaces import NotPermitted
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server
from tests.drill.supervised import Supervised

#: What fails, and how often: from the third call on, every seventh or eleventh.
_FAULTS = (
    "inject=fdatasync,fsync:error=EIO:when=3+7",
    "inject=pwrite64:error=ENOSPC:when=3+11",
    "inject=pwrite64:error=EIO:when=5+11",
)


def run(database: str, folder: Path, *, short: bool) -> Result:
    """Five spells of errors of each kind, short: one; between them the disk is well again."""
    target, spells = (24, _FAULTS[:1]) if short else (2_000, _FAULTS * 5)
    result = Result("io-errors", database)
    try:
        with house(database, folder) as home:
            _drill(home, folder, result, target, spells)
    except NotPermitted as reason:
        result.not_tried = str(reason)
    return result


def _drill(home: House, folder: Path, result: Result, target: int, spells: Sequence[str]) -> None:
    port = free_port()
    recorder = Recorder(folder / "record")
    with server(home, port, folder / "log") as site:
        load = Load(home, recorder, Tally(port), target).start()
        after = []
        for number, fault in enumerate(spells):
            load.until(number * target // (len(spells) + 1) + 1)
            with _failing(_writers(home, site), fault) as failed:
                _wait_for(load, target // (len(spells) + 1))
            result.faults += failed[0]
            well = time.monotonic()
            load.until(load.acknowledged + 1)
            after.append(time.monotonic() - well)
        load.finish()
        result.must(site.restarts == 0, "the site had to be started again")
    judge(result, load, audit(home, recorder.path))
    result.must(result.faults > 0, "no error was made, so nothing was tried")
    result.notes.append(f"{sum(load.tally.refused.values())} refused")
    result.notes.append(f"first form kept {max(after):.1f} s after the disk was well")


def _writers(home: House, site: Supervised) -> Sequence[int]:
    """The processes that write the database."""
    if home.cluster is None:
        return site.children()
    return [home.cluster.server.pid, *home.cluster.server.children()]


def _wait_for(load: Load, forms: int) -> None:
    """For a part of the load, or three seconds: with many errors little is acknowledged."""
    enough, end = load.acknowledged + forms, time.monotonic() + 3
    while load.going and load.acknowledged < enough and time.monotonic() < end:
        time.sleep(0.05)


@contextlib.contextmanager
def _failing(pids: Sequence[int], fault: str) -> Iterator[list[int]]:
    """Let system calls of these processes fail; gives how many did, once it is over."""
    if shutil.which("strace") is None:
        raise NotPermitted("strace is not installed")
    failed = [0]
    with tempfile.NamedTemporaryFile("r") as told:
        calls = fault.removeprefix("inject=").partition(":")[0]
        attach = [part for pid in pids for part in ("-p", str(pid))]
        options = ["-f", "-qq", "-o", told.name, "-e", f"trace={calls}", "-e", fault]
        tracer = subprocess.Popen(
            ["strace", *options, *attach], stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        try:
            time.sleep(0.3)
            if tracer.poll() is not None:
                assert tracer.stderr is not None
                raise NotPermitted(f"strace: {tracer.stderr.read().strip()[:200]}")
            yield failed
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.wait(20)
            if tracer.stderr is not None:
                tracer.stderr.close()
            failed[0] = told.read().count("(INJECTED)")
