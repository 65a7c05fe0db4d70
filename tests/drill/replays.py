"""What a phone without a network will do: send everything later, out of order, several times.

Each phone collects a queue of what its learner did, and sends it after hours: three times over,
each time shuffled, while a second phone with the same card does the same. Questions before the
lessons are answered in their own time only, so they come before the first lesson; all else comes
as it likes, and is sent again until it is taken.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.drill.audits import audit
from tests.drill.clients import Phone, Tally
from tests.drill.houses import House, house
from tests.drill.learners import ITEMS, LESSONS, Walker
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import free_port, server

_TIMES = 3


@dataclass(frozen=True)
class _Form:
    """One form in a queue, and where it goes."""

    path: str
    form: tuple[tuple[str, str], ...]


def run(database: str, folder: Path, *, short: bool) -> Result:
    """2,000 queues (short: 3), each sent three times from two phones."""
    queues = 3 if short else 2_000
    result = Result("replays", database)
    with house(database, folder) as home:
        port = free_port()
        recorder = Recorder(folder / "record")
        tally = Tally(port)

        def one(number: int) -> int:
            return _queue(home, tally, recorder, random.Random(number), result)

        with server(home, port, folder / "log"), ThreadPoolExecutor(4) as pool:
            result.faults = sum(pool.map(one, range(queues)))
        found = audit(home, recorder.path)
    result.acknowledged = recorder.acknowledged
    result.lost, result.duplicated, result.torn = found.lost, found.duplicated, found.torn
    result.must_keep_everything()
    result.must(found.healthy == "ok", found.healthy)
    result.must(not found.faults, f"first faults: {found.faults}")
    result.notes.append(f"{queues} queues; scores equal to those worked out from what was sent")
    return result


def _queue(
    home: House, tally: Tally, recorder: Recorder, chance: random.Random, result: Result
) -> int:
    """One learner's queue; returns how often something was sent again."""
    join_code = chance.choice(home.join_codes) if chance.random() < 0.5 else ""
    walker = Walker(Phone(tally), recorder, chance, join_code)
    walker.start()
    second = Walker(Phone(tally), recorder, chance, walker.join_code, code=walker.code)
    second.come_back()
    phones = (walker.phone, second.phone)
    before, after = _forms(walker, "before"), _forms(walker, "after")
    lessons = [_Form(f"/en/{module}/{number}/done", ()) for module, number in LESSONS]
    again = _send(before, phones, chance) + _send(lessons, phones, chance)
    again += _send([*after, *lessons, *before], phones, chance)
    for form in (*before, *after):
        sent = dict(form.form)
        wave, instrument = form.path.split("/")[3:]
        ticked = {name: code for name, code in sent.items() if name not in ("key", "do")}
        recorder.kept(walker.key, "answers", wave=wave, instrument=instrument, answers=ticked)
    result.must(not walker.astray, f"astray: {walker.astray}")
    for phone in phones:
        phone.hang_up()
    return again


def _forms(walker: Walker, wave: str) -> list[_Form]:
    """What the learner fills in without a network: forms whose keys her phone made."""
    forms = []
    for instrument in ITEMS:
        key = f"{walker.chance.getrandbits(128):032x}"
        ticked = walker.ticks(instrument)
        forms.append(
            _Form(
                f"/en/questions/{wave}/{instrument}",
                (("key", key), ("do", "submit"), *ticked.items()),
            )
        )
        told = {"wave": wave, "instrument": instrument, "answers": ticked}
        walker.recorder.sends(walker.key, "answers", **told)
    return forms


def _send(forms: list[_Form], phones: tuple[Phone, ...], chance: random.Random) -> int:
    """Everything three times, each time in another order, from either phone."""
    for _ in range(_TIMES):
        for form in chance.sample(forms, len(forms)):
            answer = chance.choice(phones).post(form.path, dict(form.form))
            assert answer.status == 303, (form, answer.status)
    return (_TIMES - 1) * len(forms)
