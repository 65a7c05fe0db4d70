"""Work that nobody waits for, so that a page takes equally long whatever there is to do."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

#: More would only wait behind a mail server that does not answer.
_MOST = 200

_log = logging.getLogger("edu.later")


class Later:
    """One thread of each process, and what waits for it. It begins with the first piece of work,
    so that a process that was copied has its own; a process that ends finishes what it has."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="later")
        self._room = threading.BoundedSemaphore(_MOST)

    def do(self, deed: Callable[[], object]) -> bool:
        """Do this soon; False, and a line in the log, where too much waits already."""
        if not self._room.acquire(blocking=False):
            _log.error("left out", extra={"event": "too much waits to be done later"})
            return False
        self._pool.submit(self._do, deed)
        return True

    def _do(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except Exception as error:
            # The kind alone: the message may hold somebody's address.
            kind = type(error).__name__
            _log.error("failed", extra={"event": "work put off has failed", "kind": kind})
        finally:
            self._room.release()

    def wait(self) -> None:
        """Wait until all is done that was asked for before."""
        self._pool.submit(lambda: None).result()
