"""Many learners at the same time, until enough of their forms are acknowledged."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.drill.clients import GaveUp, Phone, Tally
from tests.drill.houses import House
from tests.drill.learners import Send, Walker, send_once
from tests.drill.records import Recorder

PHONES = 8


@dataclass
class Load:
    """Phones in threads of their own. `target` counts acknowledged questionnaires."""

    house: House
    recorder: Recorder
    tally: Tally
    target: int
    phones: int = PHONES
    send: Send = send_once
    seed: int = 2026
    #: Whether phones keep their line open between two pages.
    keeps_line: bool = True
    #: Called at the beginning of each thread, before its first connection.
    enter: Callable[[], None] = lambda: None
    #: The longest that the whole load may take, in seconds.
    longest: float = 1800.0
    gave_up: int = 0
    astray: list[str] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0
    _threads: list[threading.Thread] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self) -> "Load":
        """Begin, and return at once."""
        self.began = time.monotonic()
        self._threads = [
            threading.Thread(target=self._learners, args=(number,), daemon=True)
            for number in range(self.phones)
        ]
        for thread in self._threads:
            thread.start()
        return self

    @property
    def acknowledged(self) -> int:
        """How many questionnaires are acknowledged by now."""
        return self.recorder.acknowledged

    @property
    def going(self) -> bool:
        """Whether any phone is still at work."""
        return any(thread.is_alive() for thread in self._threads)

    def until(self, acknowledged: int, pause: float = 0.01) -> bool:
        """Wait until so many are acknowledged; False when the load has ended before."""
        while self.acknowledged < acknowledged:
            if not self.going:
                return False
            time.sleep(pause)
        return True

    def finish(self) -> None:
        """Wait for the end of all phones."""
        for thread in self._threads:
            thread.join()

    def stop(self) -> None:
        """Let each phone finish the learner it has, and wait."""
        self._stop.set()
        self.finish()

    def outage(self) -> float:
        """The longest time in seconds in which nobody was answered."""
        return self.tally.outage(self.began, self.ended)

    def _learners(self, number: int) -> None:
        self.enter()
        chance = random.Random(self.seed * 1000 + number)
        while not self._is_done():
            join_code = chance.choice(self.house.join_codes) if chance.random() < 0.3 else ""
            phone = Phone(self.tally, keeps_line=self.keeps_line)
            walker = Walker(phone, self.recorder, chance, join_code, self.send)
            try:
                walker.walk()
            except GaveUp:
                self.gave_up += 1
            finally:
                phone.hang_up()
            self.astray += walker.astray
        self.ended = max(self.ended, time.monotonic())

    def _is_done(self) -> bool:
        late = time.monotonic() - self.began > self.longest
        return late or self._stop.is_set() or self.acknowledged >= self.target
