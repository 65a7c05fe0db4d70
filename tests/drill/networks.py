"""A bad network: one packet in five lost, two seconds of delay, 50 kbit/s; and lines that are cut.

All of it happens on the loopback of a network namespace made for this drill.
"""

import ctypes
import http.client
import os
import random
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from tests.drill.audits import audit
from tests.drill.clients import Answer, Phone, Tally
from tests.drill.houses import House, house
from tests.drill.judging import judge
from tests.drill.learners import send_once
from tests.drill.load import Load
from tests.drill.namespaces import Namespace, NotPermitted, namespace
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.servers import server

_PORT = 8300
_CLONE_NEWNET = 0x40000000
#: What each network is like, in the words of `tc`, and the share of forms whose answer is cut.
_NETWORKS = {
    "lossy": ("netem delay 40ms 20ms loss 20%", 0.0),
    "far": ("netem delay 1000ms 200ms", 0.0),
    "cut": ("netem delay 20ms", 0.3),
}
_SLOW = "netem delay 100ms rate 50kbit"
_PAGES = ("/en/", "/en/m1/1/", "/sw/m1/2/", "/en/support/")
_USABLE = 10.0


def run(database: str, folder: Path, *, short: bool) -> Result:
    """Learners on each network; and how long a page takes at 50 kbit/s."""
    result = Result("networks", database)
    try:
        with house(database, folder) as home, namespace("n") as inside:
            inside.do("ip", "link", "set", "lo", "up")
            _drill(replace(home, before=inside.before), folder, inside, result, short=short)
    except NotPermitted as reason:
        result.not_tried = str(reason)
    return result


def _drill(home: House, folder: Path, inside: Namespace, result: Result, *, short: bool) -> None:
    leave = _entering("/proc/thread-self/ns/net")
    enter = _entering(f"/proc/{inside.holder}/ns/net")
    recorder = Recorder(folder / "record")
    with server(home, _PORT, folder / "log", reachable=False):
        enter()
        try:
            _wait()
            for name, (rules, share) in _NETWORKS.items():
                if short and name == "far":
                    continue
                inside.do("tc", "qdisc", "replace", "dev", "lo", "root", *rules.split())
                result.faults += 1
                tally = Tally(_PORT)
                send = _cutting(share) if share else send_once
                target = recorder.acknowledged + (8 if short else 120)
                load = Load(home, recorder, tally, target, 4, send, enter=enter, longest=600)
                load.start().finish()
                result.notes.append(f"{name}:")
                judge(result, load, audit(home, recorder.path))
            result.acknowledged = recorder.acknowledged
            inside.do("tc", "qdisc", "replace", "dev", "lo", "root", *_SLOW.split())
            worst = max(_seconds(path) for path in _PAGES)
            result.notes.append(f"slowest page at 50 kbit/s: {worst:.1f} s")
            result.must(worst < _USABLE, f"a page took {worst:.1f} s at 50 kbit/s")
        finally:
            leave()


def _entering(place: str) -> Callable[[], None]:
    """What brings a thread, and no other one, into a network namespace."""
    handle = os.open(place, os.O_RDONLY | os.O_CLOEXEC)

    def enter() -> None:
        library = ctypes.CDLL(None, use_errno=True)
        if library.setns(handle, _CLONE_NEWNET):
            raise NotPermitted(f"setns: {os.strerror(ctypes.get_errno())}")

    return enter


def _wait() -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", _PORT), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the site does not answer in its network")


def _seconds(path: str) -> float:
    start = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=60)
    line.request("GET", path, headers={"Accept-Encoding": "gzip"})
    line.getresponse().read()
    line.close()
    return time.monotonic() - start


def _cutting(share: float) -> Callable[[Phone, str, Mapping[str, str]], Answer]:
    """Send a form first on a line that is cut at a random moment, then again as always."""
    chance = random.Random(3)

    def send(phone: Phone, path: str, form: Mapping[str, str]) -> Answer:
        if chance.random() < share:
            _cut(phone, path, form, chance.choice((0.0, 0.02, 0.05, 0.1)), chance)
        return phone.post(path, form)

    return send


def _cut(
    phone: Phone, path: str, form: Mapping[str, str], pause: float, chance: random.Random
) -> None:
    """Send a part or the whole of a form, and hang up without reading the answer."""
    body = urlencode(form).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Cookie: {cookies}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    whole = head.encode() + body
    with socket.create_connection((phone.tally.host, phone.tally.port), 20) as line:
        line.sendall(whole[: chance.choice((len(whole), len(whole), len(whole) // 2))])
        time.sleep(pause)
