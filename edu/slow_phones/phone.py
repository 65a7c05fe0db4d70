"""One connection, and how long it may take over what it is doing."""

import enum
import socket
import time
from typing import Any

from edu.slow_phones.gathered import Arrival
from edu.slow_phones.wire import Wire


class Doing(enum.Enum):
    """What a connection is doing; those first in this list are given up first."""

    LEAVING = enum.auto()  # answered for the last time; its last bytes are being thrown away
    IDLE = enum.auto()  # nothing of a request is here
    HEAD = enum.auto()  # a part of the head is here
    BODY = enum.auto()  # the head is here, a part of the body
    READING = enum.auto()  # it takes its answer, slowly
    WORKING = enum.auto()  # a thread has it


#: Seconds for each. A phone on a weak network sends its head in one or two, a form in five.
SECONDS = {
    Doing.LEAVING: 5.0,
    Doing.IDLE: 20.0,
    Doing.HEAD: 20.0,
    Doing.BODY: 60.0,
    Doing.READING: 60.0,
}
#: Seconds in which an answer must be read to the end, however steadily somebody reads.
LONGEST_READING = 900.0


class Phone:
    """A connection; `sock`, `client`, `server` and `parser` are what gunicorn calls them."""

    def __init__(self, line: socket.socket, client: Any, server: Any) -> None:
        self.line = line
        self.client = client
        self.server = server
        self.received = bytearray()
        self.arrival = Arrival()
        self.sock = Wire(line, b"", 0)
        self.parser: Any = None
        self.begun = 0.0
        self.watched = 0
        self.stays = False
        self.does(Doing.IDLE)

    def does(self, what: Doing, seconds: float | None = None) -> None:
        """From now on it does this, for so long at most."""
        now = time.monotonic()
        self.doing = what
        self.begun = now
        self.until = now + (SECONDS.get(what, float("inf")) if seconds is None else seconds)

    def moved(self) -> None:
        """Something was read: the reader is still there."""
        latest = self.begun + LONGEST_READING
        self.until = min(time.monotonic() + SECONDS[Doing.READING], latest)
