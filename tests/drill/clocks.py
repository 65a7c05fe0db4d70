"""The clock jumps while people learn: an hour, 400 days either way, and back to 2019.

The server's time of day is made wrong by a few lines of C that are loaded before its C library
(`wrong_clock.c`), by as much as stands in a file; what measures durations is left alone, as a real
jump leaves it alone.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from edu.settings import ROOT
from tests.drill.audits import audit
from tests.drill.clients import Phone, Tally
from tests.drill.houses import House, house
from tests.drill.learners import Walker
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import environment_of, free_port, server

_SOURCE = Path(__file__).parent / "wrong_clock.c"
_HOUR, _DAY = 3600, 86_400
#: A box without a battery wakes up at the day its system was built.
_TO_2019 = int((datetime(2019, 1, 5, tzinfo=UTC) - datetime.now(UTC)).total_seconds())
#: Each jump in seconds, and whether whoever is learning must still be known on her phone after it.
_JUMPS: Mapping[str, tuple[int, bool]] = {
    "+1 h": (_HOUR, True),
    "-1 h": (-_HOUR, True),
    "-400 d": (-400 * _DAY, True),
    "+400 d": (400 * _DAY, False),
    "2019": (_TO_2019, True),
}
#: Clocks under which the housekeeping of a start runs. None of them may delete anybody.
_STARTS = {"right": 0, "2019": _TO_2019, "+400 d": 400 * _DAY, "+4000 d": 4000 * _DAY, "again": 0}


def run(database: str, folder: Path, *, short: bool) -> Result:
    """Learners before, across and after each jump; and a start under each wrong clock."""
    result = Result("clocks", database)
    compiler = shutil.which("cc")
    if compiler is None:
        result.not_tried = "there is no C compiler"
        return result
    library, told = folder / "wrong_clock.so", folder / "clock"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE)], check=True
    )
    told.write_text("0")
    clock = {"LD_PRELOAD": str(library), "DRILL_CLOCK": str(told)}
    with house(database, folder) as home:
        recorder = Recorder(folder / "record")
        port = free_port()
        with server(home, port, folder / "log", environment=clock) as site:
            for jump in ("2019",) if short else _JUMPS:
                _across(jump, told, home, recorder, Tally(port), result, 1 if short else 25)
            result.must(site.restarts == 0, "the site had to be started again")
        starts = ("right", "+4000 d", "again") if short else tuple(_STARTS)
        for start in starts:
            told.write_text(str(_STARTS[start]))
            _prepare(home, clock, start, result)
        found = audit(home, recorder.path)
        _order_of_days(home, result)
    result.acknowledged = recorder.acknowledged
    result.lost, result.duplicated, result.torn = found.lost, found.duplicated, found.torn
    result.must_keep_everything()
    result.must(not found.faults, f"first faults: {found.faults}")
    return result


def _across(
    jump: str,
    told: Path,
    home: House,
    recorder: Recorder,
    tally: Tally,
    result: Result,
    learners: int,
) -> None:
    """Some begin before the jump and end after it, some go the whole way under the wrong clock,
    and others begin under it and end when it is right again."""
    walkers = [
        Walker(Phone(tally), recorder, random.Random(number), home.join_code)
        for number in range(3 * learners)
    ]
    earlier, later = walkers[:learners], walkers[learners : 2 * learners]
    for walker in earlier:
        walker.start()
        walker.answer("before")
    told.write_text(str(_JUMPS[jump][0]))
    result.faults += 1
    gone = sum(_is_gone(walker) for walker in earlier)
    for walker in earlier:
        walker.read()
        walker.answer("after")
    for walker in walkers[2 * learners :]:
        walker.walk()
        walker.phone.hang_up()
    for walker in later:
        walker.start()
        walker.answer("before")
    told.write_text("0")
    gone_after = sum(_is_gone(walker) for walker in later)
    for walker in later:
        walker.read()
        walker.answer("after")
        walker.phone.hang_up()
    for walker in walkers:
        walker.phone.hang_up()
    astray = [each for walker in walkers for each in walker.astray]
    result.must(not astray, f"{jump}: {len(astray)} answers astray: {astray[:2]}")
    kept = _JUMPS[jump][1]
    result.must(not (kept and gone), f"{jump}: {gone} forgotten on their phones")
    result.notes.append(f"{jump}: {gone} and, when right again, {gone_after} came back by card")


def _is_gone(walker: Walker) -> bool:
    """Whether her phone has forgotten her; then she comes back with her card."""
    if "Lessons done" in walker.phone.get("/en/my").text:
        return False
    walker.come_back()
    return True


def _prepare(home: House, clock: Mapping[str, str], start: str, result: Result) -> None:
    """What every start does, under a wrong clock."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "prepare"],
        cwd=ROOT / "tests" / "drill" / "tiny_site",
        env={**os.environ, **environment_of(home), **clock},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    result.must(done.returncode == 0, f"prepare at {start}: {done.stderr[-300:]}")


def _order_of_days(home: House, result: Result) -> None:
    """Days written by a wrong clock; what was asked first is told by the wave, never by a day."""
    with home.looking() as database, database.engine.connect() as connection:
        days = connection.execute(text(_DAYS)).all()
    real = datetime.now(UTC).date().isoformat()
    early = sum(str(after) < str(before) for before, after in days)
    result.notes.append(
        f"{len(days)} pairs of days, {early} of them out of order, none of them used ({real})"
    )


_DAYS = """
SELECT first.submitted_on, second.submitted_on FROM sitting AS first
JOIN sitting AS second ON second.journey_id = first.journey_id
  AND second.instrument_version_id = first.instrument_version_id
WHERE first.wave = 'before' AND second.wave = 'after'
"""
