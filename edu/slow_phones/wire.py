"""What gunicorn takes for a socket: bytes that are here already, and an answer that may wait."""

import select
import socket
import time
from collections import deque

#: Bytes of an answer that wait in memory for a slow phone. Only what is longer holds a thread.
WAITING = 4 * 1024 * 1024
#: Seconds without any byte taken after which a reader is thought to be gone.
STALLED = 60.0
#: Bytes a second below which a long body is given up. (2G brings 5,000 to 20,000.)
SLOWEST = 2000
#: Bytes sent at once, so that a long answer is passed on while it is made.
_AT_ONCE = 64 * 1024
#: Pieces handed to the system in one call; every system takes at least 16.
_PIECES = 16


class Wire:
    """One request's bytes to read, one answer's bytes to write. The socket never blocks; where
    there is really nothing to do but wait, waiting has an end."""

    def __init__(self, line: socket.socket, received: bytes, seconds: float) -> None:
        self._line = line
        self._received = received
        self._until = time.monotonic() + seconds
        self._waiting: deque[memoryview] = deque()
        #: Bytes of the answer that the system has not taken yet.
        self.pending = 0

    def recv(self, size: int) -> bytes:
        """The next bytes of the request: those received, then, for a long body, the socket's.

        Raises TimeoutError when a long body does not come in time.
        """
        if self._received:
            found, self._received = self._received[:size], self._received[size:]
            return found
        while True:
            try:
                found = self._line.recv(size)
                self._until += len(found) / SLOWEST
                return found
            except BlockingIOError:
                self._wait(select.POLLIN, self._until - time.monotonic())

    def rest(self) -> bytes:
        """What was received and not read: the beginning of the next request."""
        found, self._received = self._received, b""
        return found

    def sendall(self, data: bytes) -> None:
        """Keep bytes of the answer; they leave when there are enough, or by `flush`.

        Raises OSError when nobody is there any more, TimeoutError when nobody reads.
        """
        if data:
            self._waiting.append(memoryview(data))
            self.pending += len(data)
        if self.pending >= _AT_ONCE:
            self.flush()
        while self.pending > WAITING:
            self._wait(select.POLLOUT, STALLED)
            self.flush()

    def send(self, data: bytes) -> int:
        """Only gunicorn's `100 Continue` comes this way, and that was said when it was asked."""
        return len(data)

    def flush(self) -> int:
        """Send what the system takes without waiting; how many bytes it took."""
        taken = 0
        while self._waiting:
            try:
                sent = self._line.sendmsg([self._waiting[i] for i in range(self._first_pieces())])
            except BlockingIOError:
                break
            taken += sent
            self._forget(sent)
        self.pending -= taken
        return taken

    def shutdown(self, _how: int) -> None:
        """gunicorn breaks off an answer that failed half-way: the worker closes the socket."""
        self.close()

    def close(self) -> None:
        """Nothing more will be sent than what is on its way."""
        self._waiting.clear()
        self.pending = 0

    def settimeout(self, _seconds: float | None) -> None:
        """Waiting has its own end here."""

    def gettimeout(self) -> float | None:
        """As for a socket that waits."""
        return None

    def _first_pieces(self) -> int:
        return min(len(self._waiting), _PIECES)

    def _forget(self, sent: int) -> None:
        while sent:
            piece = self._waiting.popleft()
            if len(piece) > sent:
                self._waiting.appendleft(piece[sent:])
                return
            sent -= len(piece)

    def _wait(self, what: int, seconds: float) -> None:
        waiting = select.poll()
        waiting.register(self._line, what)
        if seconds <= 0 or not waiting.poll(seconds * 1000):
            raise TimeoutError("the other side was silent for too long")
