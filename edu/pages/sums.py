"""Whether a finished page is still what was written: a worn-out card may have changed it."""

import hashlib
import json
from pathlib import Path


class Sums:
    """The digests written beside the finished pages, read anew whenever they were."""

    def __init__(self, folder: Path) -> None:
        self._file = folder.with_suffix(".sums")
        self._changed = 0
        self._known: dict[str, str] = {}

    def fits(self, name: str, body: bytes, changed: int) -> bool:
        """Whether these are the bytes that were written under this name. A file that is newer
        than the digests has just been written; its digest is on its way."""
        self._read()
        known = self._known.get(name)
        if known is None or changed > self._changed:
            return True
        return hashlib.sha256(body).hexdigest() == known

    def _read(self) -> None:
        try:
            changed = self._file.stat().st_mtime_ns
            if changed != self._changed:
                self._known = json.loads(self._file.read_bytes())
                self._changed = changed
        except (OSError, ValueError):
            # Without digests nothing can be told, and what is there is shown.
            self._known, self._changed = {}, 0
