"""A server that is started again whenever it dies, as an init system would do it."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_PAUSE = 0.2
_PATIENCE = 60.0


class Supervised:
    """One server program. Use it as a context: at the end nothing of it is left running.

    `options` go to `subprocess.Popen`; `answers` says whether the server is ready.
    """

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        answers: Callable[[], bool],
        environment: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        self.command = list(command)
        self.log = log
        self.restarts = -1
        self._answers = answers
        self._environment = {**os.environ, **(environment or {})}
        self._options = options
        self._stopping = threading.Event()
        self._groups: list[int] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> "Supervised":
        self._keeper.start()
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process id of the server's first process."""
        assert self._process is not None
        return self._process.pid

    def children(self) -> list[int]:
        """The process ids of its workers at this moment."""
        try:
            listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        except OSError:
            return []
        return [int(number) for number in listed.split() if not _is_keeper(int(number))]

    def wait(self) -> None:
        """Until the server answers; raises TimeoutError with the end of its log."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._answers():
                return
            time.sleep(0.05)
        raise TimeoutError(f"{self.command[0]} does not answer: {self.said()[-2000:]}")

    def said(self) -> str:
        """What it wrote into its log."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def kill(self, number: int, pid: int | None = None) -> None:
        """Send a signal to one process, the first one unless another is named."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid if pid is None else pid, number)

    def stop(self) -> None:
        """Ask it to end, then make sure that nothing of it is left."""
        self._stopping.set()
        if self._process is not None:
            self.kill(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        for group in self._groups:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        if self._keeper.is_alive():
            self._keeper.join(10)

    def left_over(self) -> int:
        """How many of the processes that outlived their first process are still there."""
        return sum(_lives(group) for group in self._groups if group != self.pid)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    self.command,
                    stdout=log,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                    env=self._environment,
                    start_new_session=True,
                    **self._options,
                )
            self._groups.append(self._process.pid)
            self.restarts += 1
            self._process.wait()
            self._stopping.wait(_PAUSE)


def _is_keeper(pid: int) -> bool:
    """Whether this is the child that does the daily work, and serves nobody."""
    try:
        return b"edu.health.keeper" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
