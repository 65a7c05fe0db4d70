"""Words that stand nowhere else, a journey that puts them into every input, and looking for them.

The journey is the same for the test client and for a server that listens on a port.
"""

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient

from tests.people import open_at_once

#: What somebody's browser, her network and links elsewhere say of her with every request.
HEADERS = {
    "User-Agent": "Canaryagent/7 (of Kestrel Street)",
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "198.51.100.88",
    "Referer": "https://canaryreferer.example/?q=kestrel",
    "Accept-Language": "en, x-canaryspeech;q=0.1",
    "From": "canaryfrom@example.org",
}
QUERY = "utm_source=canaryquery&fbclid=canaryclick"
COOKIE = ("tracker", "canarycookie")
BY_THE_WAY = (
    "canaryagent",
    "kestrel",
    "203.0.113.77",
    "198.51.100.88",
    "canaryreferer",
    "canaryspeech",
    "canaryfrom",
    "canaryquery",
    "canaryclick",
    "canarycookie",
)
#: What learners type, wherever something can be typed, and what they ask for.
OPEN_WORDS = "My canaryuncle at the harbour was unwell for years."
TYPED = ("canaryuncle", "canaryjoin", "canarycode", "771234567890", "canarypath", "canaryflood")
#: What stands on papers by which they find together, and a slip in typing: kept nowhere as it is.
PAPER = ("canarymother", "canaryvillage", "canaryschool", "canarycell")
#: What staff type by mistake: kept nowhere.
MISTYPED = ("canarypassword", "canarylogin")
#: What staff write on purpose: for their own organisation.
GROUP, PLACE = "Canarygroup of Tuesday", "Canaryplace hall"
NAMED = ("canarygroup", "canaryplace")


@dataclass(frozen=True)
class Seen:
    """An answer, as far as somebody could read it."""

    who: str
    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        found = (value for key, value in self.headers if key.lower() == name.lower())
        return next(found, "")


Ask = Callable[[str, str, dict[str, str], bytes], tuple[int, list[tuple[str, str]], bytes]]


def through(browser: FlaskClient) -> Ask:
    """Ask an application that runs in this process."""
    browser.set_cookie(*COOKIE)

    def ask(
        method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        answer = browser.open(path, method=method, headers=headers, data=body)
        return answer.status_code, answer.headers.to_wsgi_list(), answer.data

    return ask


def over(port: int) -> Ask:
    """Ask a server on this machine, keeping its cookies."""
    jar = SimpleCookie({COOKIE[0]: COOKIE[1]})

    def ask(
        method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        cookies = "; ".join(f"{name}={kept.value}" for name, kept in jar.items() if kept.value)
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request(method, path, body, headers | {"Cookie": cookies})
        answer = connection.getresponse()
        found = answer.status, answer.getheaders(), answer.read()
        connection.close()
        for name, value in found[1]:
            if name.lower() == "set-cookie":
                jar.load(value)
        return found

    return ask


@dataclass
class Walker:
    """Somebody whose every request is full of canaries, and who keeps every answer."""

    who: str
    ask: Ask
    seen: list[Seen] = field(default_factory=list)

    def gets(self, path: str) -> Seen:
        return self._asks("GET", f"{path}?{QUERY}", {}, b"")

    def sends(self, path: str, **values: object) -> Seen:
        body = urlencode(values, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._asks("POST", path, kind | {"Sec-Fetch-Site": "same-origin"}, body)

    def fills(self, path: str, to: str = "", **values: object) -> Seen:
        """Fill in the form on a page, with what is hidden in it."""
        page = self.gets(path).text
        hidden = re.findall(r'name="(csrf_token|key|release)"[^>]*value="([^"]*)"', page)
        return self.sends(to or path, **(dict(hidden) | values))

    def _asks(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Seen:
        status, told, answer = self.ask(method, path, HEADERS | headers, body)
        found = Seen(self.who, path, status, tuple(told), answer)
        self.seen.append(found)
        return found


def errs(walker: Walker) -> list[int]:
    """Make every mistake a person can make; the statuses of the answers."""
    return [
        walker.gets("/en/canarypath").status,
        walker.gets("/canarypath/canarypath").status,
        walker.sends("/en/join", code="canaryjoin").status,
        walker.gets("/en/join/canaryjoin").status,
        walker.sends("/en/return", code="canarycode").status,
        walker.sends("/en/return", code="771234567890").status,
        walker.sends("/en/forget", code="771234567890").status,
        walker.sends("/en/return", code="canaryflood" * 100_000).status,
        walker.sends("/en/leave/canarypath").status,
    ]


def learns(walker: Walker, join_code: str) -> str:
    """Go the whole way in a group, answering whatever is asked; the number on her card."""
    card = walker.fills(f"/en/join/{join_code}", agree="yes")
    code = "".join(re.findall(r"<span>(\d{4})</span>", card.text))
    for wave in ("before", "after"):
        for address in _asked(walker, wave):
            page = walker.gets(address).text
            choices = r'<input[^>]*type="radio"[^>]*name="([^"]+)"[^>]*value="([^"]*)"'
            chosen = dict(re.findall(choices, page))
            chosen |= dict.fromkeys(re.findall(r'<textarea[^>]*name="([^"]+)"', page), OPEN_WORDS)
            walker.fills(address, do="submit", **chosen)
        if wave == "before":
            _reads(walker)
    for page in ("my", "change", "certificate", "reminder.ics"):
        walker.gets(f"/en/{page}")
    return code


def _asked(walker: Walker, wave: str) -> list[str]:
    """What this wave asks of her, and the open question if her group has one."""
    page = walker.gets("/en/my").text
    return sorted(set(re.findall(rf'href="(/en/questions/{wave}/[a-z0-9-]+)"', page)))


def _reads(walker: Walker) -> None:
    for module in ("m0", "m1"):
        for number in range(1, 12):
            page = walker.gets(f"/en/{module}/{number}/")
            if page.status != 200:
                break
            walker.fills(f"/en/{module}/{number}/", f"/en/{module}/{number}/done")


def leads(walker: Walker, login: str, password: str) -> tuple[int, str]:
    """Sign in after two mistakes and make a group: its number, and the code to join it."""
    door = "/en/staff/sign-in"
    walker.fills(door, login=login, password="canarypassword")
    walker.fills(door, login="canarylogin", password="canarypassword")
    walker.fills(door, login=login, password=password)
    made = walker.fills(
        "/en/staff/groups/new",
        name=GROUP,
        place=PLACE,
        tags=["en"],
        modules=["m0", "m1"],
        open_question="y",
    )
    where = made.header("Location")
    page = walker.gets(where)
    found = re.search(r'<p class="code"><bdi dir="ltr">(\w{4}) (\w{4})</bdi>', page.text)
    assert found is not None, f"no group at {where!r}"
    return int(where.rpartition("/")[2]), found[1] + found[2]


def types_papers(walker: Walker, house: Flask) -> list[int]:
    """Make a group that links papers by elements, and type one: with a slip, and once more as it
    was meant; the statuses of the answers."""
    elements = ["older-brothers", "older-sisters", "mother-name", "birth-place", "first-school"]
    made = walker.fills(
        "/en/staff/groups/new",
        name="Without cards",
        tags=["en"],
        modules=["m0", "m1"],
        linking="elements",
        elements=elements,
    )
    open_at_once(house, int(made.header("Location").rpartition("/")[2]))
    where = f"{made.header('Location')}/paper/before/typing"
    answers = dict(zip(elements, ("2", "0", *PAPER[:3]), strict=True))
    row = {f"c-1-element.{name}": text for name, text in answers.items()}
    pile = {"first": "1", "rows": "1", "answered_on": "2026-11-02", "mode": "paper", "agreed": "y"}
    column = re.findall(r'name="(c-1-[a-z]+\.[\w-]+)"', walker.gets(where).text)[-1]
    told = []
    for sign in (PAPER[3], "1"):
        told.append(walker.fills(where, papers="en", **pile, **row, **{column: sign}).status)
    return told


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = ("href", "src", "action", "formaction", "srcset", "poster", "data", "cite", "ping")
        self.found += [value or "" for name, value in attrs if name in names]


def addresses_in(seen: Seen) -> list[str]:
    """Every address that an answer contains or leads to."""
    page = _Addresses()
    if "html" in seen.header("Content-Type"):
        page.feed(seen.text)
    further = [seen.header(name) for name in ("Location", "Link", "Refresh", "Content-Location")]
    return [each for each in (*page.found, *further) if each]


def found_in(haystack: bytes, *words: str) -> list[str]:
    """Which of these words are there: in any letter case, and also packed as base64 or hex."""
    lower = haystack.lower()
    return [word for word in words if any(form in lower for form in _forms(word))]


def _forms(word: str) -> Iterator[bytes]:
    plain = word.encode()
    yield plain.lower()
    yield plain.hex().encode()
    for shift in range(3) if len(plain) > 8 else ():  # less is found anywhere by chance
        # Where the word begins within three bytes decides its letters; its ends may differ.
        packed = base64.b64encode(b" " * shift + plain)
        yield packed[(0, 2, 3)[shift] : len(packed) - 4].lower()


def bytes_under(*folders: Path) -> bytes:
    """All bytes of all files in some folders: the database, its log, copies, what is left over."""
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return b"\n".join(path.read_bytes() for path in files)
