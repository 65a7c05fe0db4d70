"""Slow phones, many at once, and what somebody else meets meanwhile.

One event loop holds all sockets; a thread of its own asks for pages as a phone on a good network
would, and notes how long each took. Nothing leaves this machine.
"""

import asyncio
import contextlib
import http.client
import itertools
import random
import socket
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from urllib.parse import urlsplit

#: Bytes after which a body would be whole. None ever gets so far.
_BODY = 4000
#: Requests in one go by those who do not read: more answers than any buffer holds.
_PILE = 200


@dataclass(frozen=True)
class Aim:
    """Where the sockets go: the address of one server and two pages of it."""

    host: str
    port: int
    page: str = "/en/"
    form: str = "/en/return"


@dataclass
class Seen:
    """What happened: sockets by what became of them, and each check with its seconds."""

    sockets: Counter[str] = field(default_factory=Counter)
    checks: list[tuple[str, int, float]] = field(default_factory=list)

    def good(self, seconds: float) -> int:
        """How many checks were answered well and in time."""
        return sum(status == 200 and took < seconds for _, status, took in self.checks)


Kind = Callable[
    [Aim, asyncio.StreamReader, asyncio.StreamWriter, float], Coroutine[None, None, None]
]


async def _silent(
    _aim: Aim, reader: asyncio.StreamReader, _writer: asyncio.StreamWriter, _pause: float
) -> None:
    """Connects, and says nothing."""
    await reader.read(1)


async def _half_a_line(
    aim: Aim, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _pause: float
) -> None:
    """Begins a request line, and stops."""
    writer.write(f"GET {aim.page}".encode())
    await reader.read(1)


async def _slow_head(
    aim: Aim, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause: float
) -> None:
    """Sends the head byte by byte."""
    writer.write(f"GET {aim.page} HTTP/1.1\r\nHost: {aim.host}\r\nX-Long: ".encode())
    await _drip(reader, writer, pause)


async def _slow_body(
    aim: Aim, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause: float
) -> None:
    """Sends a form's head at once, and its body byte by byte."""
    writer.write(
        f"POST {aim.form} HTTP/1.1\r\nHost: {aim.host}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {_BODY}\r\n\r\n"
        "code=".encode()
    )
    await _drip(reader, writer, pause)


async def _drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause: float) -> None:
    while not reader.at_eof():
        writer.write(b"1")
        # What the server says meanwhile is read, so that its end is noticed.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await reader.read(1)
                return


async def _slow_reader(
    aim: Aim, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause: float
) -> None:
    """Asks for many pages in one go, and reads a few bytes of the answers now and then."""
    writer.write(f"GET {aim.page} HTTP/1.1\r\nHost: {aim.host}\r\n\r\n".encode() * _PILE)
    while await reader.read(16):
        await asyncio.sleep(pause)


KINDS: dict[str, Kind] = {
    "silent": _silent,
    "half a line": _half_a_line,
    "slow head": _slow_head,
    "slow body": _slow_body,
    "slow reader": _slow_reader,
}


async def _phone(aim: Aim, kind: str, pause: float, seen: Seen, ready: Counter[str]) -> None:
    """One slow phone, which comes again when it is sent away."""
    first = True
    while True:
        line = socket.socket()
        line.setblocking(False)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        try:
            await asyncio.get_running_loop().sock_connect(line, (aim.host, aim.port))
        except OSError:
            line.close()
            seen.sockets["refused"] += 1
            await asyncio.sleep(0.5)
            continue
        reader, writer = await asyncio.open_connection(sock=line, limit=64)
        if first:
            ready[kind] += 1
            first = False
        try:
            with contextlib.suppress(OSError):
                await KINDS[kind](aim, reader, writer, pause)
        finally:
            writer.close()
        seen.sockets["sent away"] += 1
        await asyncio.sleep(random.uniform(0.1, 0.5))


def ask(aim: Aim, path: str, patience: float) -> tuple[int, float]:
    """Ask for a page over a new connection: its status (0: none came) and the seconds it took."""
    begun = time.monotonic()
    line = http.client.HTTPConnection(aim.host, aim.port, timeout=patience)
    try:
        line.request("GET", path, headers={"Connection": "close"})
        answer = line.getresponse()
        answer.read()
        status = answer.status
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        line.close()
    return status, time.monotonic() - begun


async def crowd(
    aim: Aim,
    *,
    sockets: int,
    paths: list[str],
    checks: int,
    pause: float = 3.0,
    between: float = 1.0,
    patience: float = 5.0,
) -> Seen:
    """Hold so many slow sockets of all kinds open, and check pages in turn meanwhile."""
    seen, ready = Seen(), Counter[str]()
    kinds = itertools.cycle(KINDS)
    phones = [
        asyncio.ensure_future(_phone(aim, next(kinds), pause, seen, ready)) for _ in range(sockets)
    ]
    try:
        for _ in range(100):
            if ready.total() == sockets:
                break
            await asyncio.sleep(0.1)
        seen.sockets["open"] = ready.total()
        # Time for the server to feel each of them.
        await asyncio.sleep(between)
        for path in itertools.islice(itertools.cycle(paths), checks):
            status, took = await asyncio.to_thread(ask, aim, path, patience)
            seen.checks.append((path, status, took))
            await asyncio.sleep(between)
    finally:
        for phone in phones:
            phone.cancel()
        await asyncio.gather(*phones, return_exceptions=True)
    return seen


def aim_at(url: str) -> Aim:
    """The server behind an address such as `http://127.0.0.1:8000/`."""
    parts = urlsplit(url)
    return Aim(parts.hostname or "127.0.0.1", parts.port or 80)
