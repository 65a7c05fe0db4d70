"""1,000 slow sockets while people learn: whoever has a good network notices nothing."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.houses import house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server
from tests.slow.phones import aim_at, crowd

_WITHIN = 0.5


def run(database: str, folder: Path, *, short: bool) -> Result:
    """Slow sockets of every kind, checks of two pages, and learners at the same time."""
    sockets, target, checks = (40, 6, 2) if short else (1_000, 300, 10)
    paths = ["/en/", "/en/return"]
    result = Result("slow-phones", database, faults=sockets)
    with house(database, folder) as home:
        port = free_port()
        recorder = Recorder(folder / "record")
        with server(home, port, folder / "log") as site:
            load = Load(home, recorder, Tally(port), target, phones=2)
            learners = threading.Timer(1, load.start)
            learners.start()
            slow = crowd(
                aim_at(f"http://127.0.0.1:{port}/"),
                sockets=sockets,
                paths=paths,
                checks=checks * len(paths),
                pause=3.0,
                between=0.2 if short else 1.0,
            )
            # In a thread: a browser that tests drive may have a loop of its own in this one.
            with ThreadPoolExecutor(1) as thread:
                seen = thread.submit(asyncio.run, slow).result()
            learners.join()
            load.finish()
            result.must(site.restarts == 0, "the site had to be started again")
        judge(result, load, audit(home, recorder.path))
    worst = max(took for _path, _status, took in seen.checks)
    good, all_ = seen.good(_WITHIN), len(seen.checks)
    result.must(seen.good(5) == all_, f"only {seen.good(5)} of {all_} checks were answered")
    result.notes.append(f"{good} of {all_} checks within {_WITHIN} s, worst {worst * 1000:.0f} ms")
    return result
