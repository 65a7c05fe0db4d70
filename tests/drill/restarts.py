"""A new version under load: HUP gives the site new workers; TERM ends it, and it starts again."""

import signal
import time
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.houses import House, house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server


def run(database: str, folder: Path, *, short: bool) -> Result:
    """HUP: no try may fail. TERM: whoever was let in is answered; others come a moment later."""
    target, times = (12, 1) if short else (5_000, 20)
    result = Result("restarts", database)
    with house(database, folder) as home:
        for number in (signal.SIGHUP, signal.SIGTERM):
            before = result.acknowledged
            tally = _under(number, home, folder, target, times, result)
            result.notes.append(
                f"{number.name}: {tally.cut_off} cut off, {tally.unheard} found nobody,"
                f" of {result.acknowledged - before} forms and their pages"
            )
            if number is signal.SIGHUP:
                result.must(tally.unheard == 0, f"HUP: {tally.unheard} found nobody listening")
                result.must(tally.cut_off == 0, f"HUP: {tally.cut_off} cut off")
    return result


def _under(
    number: signal.Signals, home: House, folder: Path, target: int, times: int, result: Result
) -> Tally:
    port = free_port()
    recorder = Recorder(folder / "record")
    tally = Tally(port)
    with server(home, port, folder / "log") as running:
        load = Load(home, recorder, tally, target, keeps_line=False, seed=number).start()
        for time_ in range(1, times + 1):
            load.until(time_ * target // (times + 1))
            running.kill(number)
            result.faults += 1
            # One after the other: a second HUP before the first is done says nothing.
            time.sleep(1)
        load.finish()
    judge(result, load, audit(home, recorder.path))
    return tally
