"""kill -9: random workers, and every twentieth time the first process, under load."""

import random
import signal
import time
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.houses import house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server
from tests.drill.supervised import Supervised

_EVERY = 20


def run(database: str, folder: Path, *, short: bool) -> Result:
    """10,000 questionnaires and 200 kills; short: 40 and 4, one of them the first process."""
    target, kills = (40, 4) if short else (10_000, 200)
    result = Result("kills", database)
    chance = random.Random(7)
    with house(database, folder) as home:
        port = free_port()
        recorder = Recorder(folder / "record")
        with server(home, port, folder / "log") as running:
            load = Load(home, recorder, Tally(port), target).start()
            for number in range(1, kills + 1):
                load.until(number * target // (kills + 1))
                first = number % _EVERY == 0 or (short and number == kills // 2)
                result.faults += _kill(running, chance, first=first)
            load.finish()
            _leave(running)
            left = running.left_over()
        judge(result, load, audit(home, recorder.path))
        result.notes.append(f"started again {running.restarts} times")
        result.must(result.faults == kills, f"only {result.faults} kills")
        result.must(left == 0, f"{left} processes outlived their first one")
    return result


def _kill(running: Supervised, chance: random.Random, *, first: bool) -> int:
    """Kill one process; waits a moment for a worker to be there."""
    if first:
        running.kill(signal.SIGKILL)
        return 1
    for _ in range(600):
        workers = running.children()
        if workers:
            running.kill(signal.SIGKILL, chance.choice(workers))
            return 1
        time.sleep(0.05)
    return 0


def _leave(running: Supervised) -> None:
    """Give the workers of killed first processes the time to see that they are alone."""
    for _ in range(100):
        if running.left_over() == 0:
            return
        time.sleep(0.1)
