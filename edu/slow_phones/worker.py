"""A gunicorn worker on which slow phones wait without holding a thread.

gunicorn's own threads worker spends a thread on every connection that has said anything: a few
dozen slow phones hold them all, and nobody else is answered. Here one loop gathers requests, as
a buffering proxy would, and a thread is spent only on a whole one. The answer goes back to the
loop, which hands it out as slowly as the phone reads. Threads so do nothing but work.
"""

import errno
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn import http
from gunicorn.workers.gthread import ThreadWorker

from edu.slow_phones.gathered import Arrival, look
from edu.slow_phones.phone import SECONDS, Doing, Phone
from edu.slow_phones.refusing import refusal, status_of
from edu.slow_phones.wire import Wire

_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
_AT_ONCE = 64 * 1024
#: Seconds for which a stopping worker still listens to connections that say nothing.
_STOPPING = 2.0
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class GatheringWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threads behind a loop that gathers requests and hands out answers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phones: dict[int, Phone] = {}
        self._looked = 0.0

    def run(self) -> None:
        """Serve until told to stop; then finish what has begun."""
        self.poller.register(self.method_queue.fileno(), _READ, self.method_queue.run_callbacks)
        self.set_accept_enabled(True)
        while self.alive and self.is_parent_alive():
            self._turn()
        self.set_accept_enabled(False)
        for listener in self.sockets:
            # Who is in the queue has been let in by the system already. Nobody else shall be:
            # the queue of a socket left open would be thrown away in the end.
            while self._let_in(listener):
                pass
            listener.close()
        for phone in list(self.phones.values()):
            if phone.doing is Doing.IDLE:
                # A request may be on its way; it is answered, and the connection closed.
                phone.does(Doing.IDLE, _STOPPING)
        latest = time.monotonic() + self.cfg.graceful_timeout
        while self.phones and time.monotonic() < latest:
            self._turn()
        for phone in list(self.phones.values()):
            self._close(phone)
        self.tpool.shutdown(wait=False)
        self.poller.close()
        self.method_queue.close()

    def _turn(self) -> None:
        self.notify()
        self.wait_for_and_dispatch_events(timeout=1.0)
        now = time.monotonic()
        if now - self._looked >= 1.0:
            self._looked = now
            for phone in [each for each in self.phones.values() if each.until < now]:
                if phone.doing is Doing.BODY:
                    self._refuse(phone, 408)
                else:
                    self._close(phone)

    def accept(self, listener: Any) -> None:
        """Somebody is at the door."""
        self._let_in(listener)

    def _let_in(self, listener: Any) -> bool:
        if len(self.phones) >= self.worker_connections:
            self._give_one_up()
        try:
            line, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._give_one_up()
            return False
        line.setblocking(False)
        phone = Phone(line, client, listener.getsockname())
        self.phones[line.fileno()] = phone
        # Most often the request is there already, which saves a turn.
        self._gather(phone)
        return True

    def _give_one_up(self) -> None:
        """Make room: whoever has waited longest over the least. Nobody at work is given up."""
        spare = [phone for phone in self.phones.values() if phone.doing is not Doing.WORKING]
        if spare:
            self._close(min(spare, key=lambda phone: (phone.doing.value, phone.begun)))

    def _gather(self, phone: Phone, *_event: Any) -> None:
        try:
            data = phone.line.recv(_AT_ONCE)
        except BlockingIOError:
            self._watch(phone, _READ)
            return
        except OSError:
            data = b""
        if not data:
            self._close(phone)
            return
        phone.received += data
        self._judge(phone)

    def _judge(self, phone: Phone) -> None:
        """Give a request that is here to a thread; wait for one that is not."""
        if not phone.arrival.head:
            phone.arrival = look(phone.received)
            if phone.doing is Doing.IDLE:
                phone.does(Doing.HEAD)
            if phone.arrival.head:
                phone.does(Doing.BODY)
                if phone.arrival.asks_first:
                    self._say(phone, _CONTINUE)
        if phone.arrival.refused is not None:
            self._refuse(phone, phone.arrival.refused)
        elif phone.arrival.is_here(len(phone.received)):
            self._watch(phone, 0)
            phone.does(Doing.WORKING)
            self.enqueue_req(phone)
        else:
            self._watch(phone, _READ)

    def handle(self, conn: Phone) -> bool:
        """In a thread: one whole request, its answer written as far as the system takes it.
        Whether the connection stays open."""
        whole = conn.arrival.whole
        conn.sock = Wire(conn.line, bytes(conn.received), SECONDS[Doing.BODY])
        conn.received.clear()
        request, stays = None, False
        try:
            conn.parser = http.get_parser(self.cfg, conn.sock, conn.client)
            request = next(conn.parser)
            stays = self.handle_request(request, conn) and whole and conn.parser.finish_body()
            conn.sock.flush()
        except StopIteration:
            stays = False
        except http.errors.NoMoreData:
            return False
        except OSError:
            # She is gone, or her network is; there is nobody to tell.
            conn.sock.close()
            return False
        except Exception as error:
            self._apologise(conn, error)
            return False
        if stays:
            conn.received += conn.parser.unreader.take_buffered() + conn.sock.rest()
        return stays

    def _apologise(self, phone: Phone, error: Exception) -> None:
        """A request that is none, or a fault of ours beneath Flask. The log says what kind of
        fault it was; it never says who asked, or for what."""
        status = status_of(error)
        if status >= 500:
            self.log.error("A request failed beneath the application: %s", type(error).__name__)
        phone.sock.close()
        phone.sock.sendall(refusal(status))

    def finish_request(self, conn: Phone, fs: Any) -> None:
        """Back in the loop: hand out what is left of the answer, then wait for the next request."""
        if fs.cancelled() or fs.exception() is not None:
            self._close(conn)
            return
        conn.stays = bool(fs.result())
        conn.does(Doing.READING)
        self._hand_out(conn)

    def _hand_out(self, phone: Phone, *_event: Any) -> None:
        try:
            if phone.sock.flush():
                phone.moved()
        except OSError:
            self._close(phone)
            return
        if phone.sock.pending:
            self._watch(phone, _WRITE)
        elif not phone.stays:
            self._see_out(phone)
        else:
            self._next_request(phone)

    def _next_request(self, phone: Phone) -> None:
        phone.arrival = Arrival()
        patience = self.cfg.keepalive if self.alive else _STOPPING
        phone.does(Doing.IDLE, patience)
        if phone.received:
            self._judge(phone)
        else:
            self._gather(phone)

    def _refuse(self, phone: Phone, status: int) -> None:
        self._say(phone, refusal(status))
        self._see_out(phone)

    def _say(self, phone: Phone, words: bytes) -> None:
        """Say something short that the system has room for; who is gone will be noticed."""
        try:
            phone.line.send(words)
        except OSError:
            phone.until = 0.0

    def _see_out(self, phone: Phone) -> None:
        """Say that this was all, and throw away what still comes: closed at once, a connection
        with unread bytes would be broken off, and the end of the answer lost."""
        try:
            phone.line.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(phone)
            return
        phone.does(Doing.LEAVING)
        self._throw_away(phone)

    def _throw_away(self, phone: Phone, *_event: Any) -> None:
        try:
            gone = not phone.line.recv(_AT_ONCE)
        except BlockingIOError:
            gone = False
        except OSError:
            gone = True
        if gone:
            self._close(phone)
        else:
            self._watch(phone, _READ)

    def _watch(self, phone: Phone, what: int) -> None:
        """Be told when the socket can be read or written; 0 for not at all."""
        does = {Doing.READING: self._hand_out, Doing.LEAVING: self._throw_away}
        then = partial(does.get(phone.doing, self._gather), phone)
        if not what:
            if phone.watched:
                self.poller.unregister(phone.line)
        elif phone.watched:
            self.poller.modify(phone.line, what, then)
        else:
            self.poller.register(phone.line, what, then)
        phone.watched = what

    def _close(self, phone: Phone) -> None:
        # An event of a connection just given up may still be in the loop's hands.
        self._watch(phone, 0)
        self.phones.pop(phone.line.fileno(), None)
        phone.line.close()
