"""A phone: a plain HTTP client with cookies that sends a form again when no answer came."""

import http.client
import ipaddress
import itertools
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

#: What a browser sends with a form of our own.
_OURS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
_TIMEOUT = 20.0
#: Seconds after which a phone gives up on one form.
PATIENCE = 120.0


class GaveUp(Exception):
    """Nobody answered for as long as a phone is patient."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def kept(self) -> bool:
        """Whether the server says that it did what was asked."""
        return self.status < 400

    def hidden(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""


@dataclass
class Tally:
    """What all phones of a drill met; shared between their threads."""

    port: int
    host: str = "127.0.0.1"
    #: When an answer came, for finding the longest time in which none did.
    moments: list[float] = field(default_factory=list)
    #: Seconds from the first try of a form to its acknowledgement.
    waits: list[float] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)
    retries: int = 0
    #: Tries on a new line that found nobody listening, and those that were cut off.
    unheard: int = 0
    cut_off: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, status: int) -> None:
        """Note an answer; those of 400 and above are counted by kind."""
        with self._lock:
            if status < 400:
                self.moments.append(time.monotonic())
            else:
                self.refused[status] = self.refused.get(status, 0) + 1

    def again(self) -> None:
        """Note that something had to be sent again."""
        with self._lock:
            self.retries += 1

    def failed(self, error: BaseException) -> None:
        """Note a try on a new line to which no whole answer came."""
        with self._lock:
            if isinstance(error, ConnectionRefusedError):
                self.unheard += 1
            else:
                self.cut_off += 1

    def outage(self, start: float, end: float) -> float:
        """The longest time in seconds without any good answer."""
        moments = [start, *sorted(each for each in self.moments if start < each < end), end]
        return max(later - earlier for earlier, later in itertools.pairwise(moments))


class _Addresses:
    """Addresses from the block 10.0.0.0/8, one after the other."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def new(self) -> str:
        """The next one."""
        return str(ipaddress.IPv4Address((10 << 24) + next(self._numbers)))


_ADDRESSES = _Addresses()


@dataclass
class Phone:
    """A browser's cookies and one connection."""

    tally: Tally
    cookies: dict[str, str] = field(default_factory=dict)
    #: Where the phone stands, as a proxy would tell it: no two learners share an address, or the
    #: brakes on making cards would take a drill for a robot.
    address: str = field(default_factory=lambda: _ADDRESSES.new())
    #: Whether the line stays open for the next page.
    keeps_line: bool = True
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """A page; asked for again until it comes."""
        return self._persist(lambda: self.once("GET", path))

    def post(self, path: str, form: Mapping[str, object]) -> Answer:
        """Send a form, the same one again and again, until the server answers."""
        start = time.monotonic()
        answer = self._persist(lambda: self.once("POST", path, form))
        self.tally.waits.append(time.monotonic() - start)
        return answer

    def once(self, method: str, path: str, form: Mapping[str, object] | None = None) -> Answer:
        """One try. Raises OSError or HTTPException when the line breaks."""
        body = urlencode(form, doseq=True) if form is not None else None
        headers = {"X-Forwarded-For": self.address, **(_OURS if form is not None else {})}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if not self.keeps_line:
            headers["Connection"] = "close"
        new = self._line is None
        if self._line is None:
            self._line = http.client.HTTPConnection(
                self.tally.host, self.tally.port, timeout=_TIMEOUT
            )
        try:
            self._line.request(method, path, body, headers)
            response = self._line.getresponse()
            text = response.read().decode("utf-8", "replace")
        except BaseException as error:
            self.hang_up()
            if new:
                self.tally.failed(error)
            raise
        if not self.keeps_line:
            self.hang_up()
        self._take(response)
        self.tally.answered(response.status)
        return Answer(response.status, dict(response.getheaders()), text)

    def hang_up(self) -> None:
        """Close the line."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _take(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value

    def _persist(self, once: Callable[[], Answer]) -> Answer:
        end = time.monotonic() + PATIENCE
        pause = 0.02
        while time.monotonic() < end:
            try:
                answer = once()
                if answer.status < 500 and answer.status != 429:
                    return answer
            except (OSError, http.client.HTTPException):
                pass
            self.tally.again()
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(pause * 2, 0.5)
        raise GaveUp
