"""What phones sent and what was acknowledged, in a file apart, written before the next step."""

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Recorder:
    """Writes one line for each thing sent and one for each thing acknowledged."""

    path: Path
    acknowledged: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sends(self, learner: str, what: str, **more: Any) -> None:
        """Before the first try."""
        self._write("sent", learner, what, more)

    def kept(self, learner: str, what: str, **more: Any) -> None:
        """After the server said that it is kept."""
        self._write("kept", learner, what, more)
        if what == "answers":
            with self._lock:
                self.acknowledged += 1

    def _write(self, event: str, learner: str, what: str, more: Mapping[str, Any]) -> None:
        line = json.dumps({"event": event, "learner": learner, "what": what, **more})
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def read_back(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a record, in the order in which they were written."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)
