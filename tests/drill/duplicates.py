"""Double taps and impatient phones: every form is sent several times at the same moment."""

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Answer, Phone, Tally
from tests.drill.houses import house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server

_MOST = 5


def run(database: str, folder: Path, *, short: bool) -> Result:
    """10,000 questionnaires, each sent one to five times in parallel: three times on average."""
    target = 12 if short else 10_000
    result = Result("duplicates", database)
    with house(database, folder) as home, ThreadPoolExecutor(8 * _MOST) as pool:
        port = free_port()
        recorder = Recorder(folder / "record")
        copies = _Copies(pool)
        with server(home, port, folder / "log"):
            load = Load(home, recorder, Tally(port), target, send=copies.send).start()
            load.finish()
        judge(result, load, audit(home, recorder.path))
        result.faults = copies.more
        result.notes.append(f"{copies.more} further copies sent, {copies.other} told otherwise")
        result.must(copies.other == 0, f"{copies.other} copies were answered otherwise")
    return result


class _Copies:
    """Sends each form one to five times at once, from tabs that share their cookies."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._chance = random.Random(11)
        self.more = 0
        self.other = 0

    def send(self, phone: Phone, path: str, form: Mapping[str, str]) -> Answer:
        """The first tab's answer; the others must say the same."""
        times = self._chance.randint(1, _MOST)
        tabs = [Phone(phone.tally, dict(phone.cookies), phone.address) for _ in range(times - 1)]
        copies = [self._pool.submit(tab.post, path, form) for tab in tabs]
        answer = phone.post(path, form)
        for tab, copy in zip(tabs, copies, strict=True):
            self.other += _told(copy.result()) != _told(answer)
            self.more += 1
            tab.hang_up()
        return answer


def _told(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.headers.get("Location", "")
