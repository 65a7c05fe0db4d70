"""PostgreSQL dies under load, by kill -9 and by an immediate stop, and is started again."""

import signal
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.houses import house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server


def run(database: str, folder: Path, *, short: bool) -> Result:
    """5,000 questionnaires and 20 crashes; the site itself is never started again."""
    target, crashes = (20, 2) if short else (5_000, 20)
    result = Result("crash", database)
    with house(database, folder) as home:
        assert home.cluster is not None
        port = free_port()
        recorder = Recorder(folder / "record")
        with server(home, port, folder / "log") as running:
            load = Load(home, recorder, Tally(port), target).start()
            for number in range(1, crashes + 1):
                load.until(number * target // (crashes + 1))
                home.cluster.server.kill(signal.SIGKILL if number % 2 else signal.SIGQUIT)
                result.faults += 1
            load.finish()
            result.must(running.restarts == 0, "the site had to be started again")
        judge(result, load, audit(home, recorder.path))
        result.notes.append(f"PostgreSQL was started {home.cluster.server.restarts} times again")
    return result
