"""What somebody meets who reads and writes while the database takes nothing."""

import http.client
import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.drill.clients import Phone, Tally
from tests.drill.houses import House
from tests.drill.learners import Walker
from tests.drill.records import Recorder
from tests.drill.results import Result

WORDS = "I greeted a neighbour at the well."
_PAGES = ("/en/", "/en/m1/", "/en/m1/1/", "/sw/m1/2/", "/en/support/")


@dataclass
class Witness:
    """A learner who came before the fault. `lessons` and `forms` are the answers' codes."""

    home: House
    tally: Tally
    record: Path
    lessons: list[int] = field(default_factory=list)
    forms: list[int] = field(default_factory=list)
    #: How many refused forms gave the typed words back.
    returned: int = 0
    walker: Walker = field(init=False)

    def __post_init__(self) -> None:
        phone = Phone(self.tally, keeps_line=False)
        self.walker = Walker(phone, Recorder(self.record), random.Random(1), self.home.join_code)

    def arrive(self) -> None:
        """Everything but the last, open question."""
        self.walker.start()
        self.walker.answer("before")
        self.walker.read()

    def read(self) -> None:
        """Open lessons."""
        for path in _PAGES:
            self.lessons.append(self._status(path))

    def write(self) -> bool:
        """Send the open question once, not again. Returns whether it was kept."""
        form = {"key": "k" * 32, "do": "submit", "words": WORDS}
        path = "/en/questions/after/openly"
        told = {"wave": "after", "instrument": "openly", "answers": {"words": WORDS}}
        self.walker.recorder.sends(self.walker.key, "answers", **told)
        try:
            answer = self.walker.phone.once("POST", path, form)
        except (OSError, http.client.HTTPException):
            self.forms.append(0)
            return False
        self.forms.append(answer.status)
        self.returned += answer.status >= 400 and WORDS in answer.text
        if answer.kept:
            self.walker.recorder.kept(self.walker.key, "answers", **told)
        return answer.kept

    def _status(self, path: str) -> int:
        try:
            return self.walker.phone.once("GET", path).status
        except (OSError, http.client.HTTPException):
            return 0

    def judge(self, result: Result) -> None:
        """Lessons stay readable; whoever is refused is told so, and keeps her words."""
        refused = [status for status in self.forms if status >= 400 or not status]
        result.notes.append(f"while it lasted: lessons {_said(self.lessons)}")
        result.notes.append(f"forms {_said(self.forms)}, words given back {self.returned} times")
        result.must(set(self.lessons) == {200}, f"lessons: {_said(self.lessons)}")
        result.must(bool(refused), "no form was refused, so nothing was tried")
        result.must(set(refused) <= {503}, f"refused forms: {_said(refused)}")
        result.must(self.returned == len(refused), "words were not given back")


def _said(statuses: list[int]) -> str:
    counts = {status: statuses.count(status) for status in sorted(set(statuses))}
    return ", ".join(f"{status} × {number}" for status, number in counts.items())
