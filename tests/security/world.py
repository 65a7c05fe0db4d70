"""A world that can be had again and again: one house with people in it, and copies of it.

Each attack begins with a copy of the same database and the same cookies, so that what two of them
leave behind can be compared. Everything is found by way of the application's own map of addresses
and the forms on its pages: a route that is added later is attacked without a word here.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from edu.database import Database
from edu.groups.models import Group
from edu.models import TABLES
from tests.access.world import build
from tests.conftest import make_house
from tests.people import OURS, PASSWORD, People

Dump = dict[str, list[tuple[object, ...]]]
Answered = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Form:
    """A form on a page, with the values a person in a hurry would leave in it."""

    page: str
    action: str
    values: Answered
    names: frozenset[str]


class _Forms(HTMLParser):
    """The forms of a page that change something, filled in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self._action: str | None = None
        self._values: dict[str, str] = {}
        self._names: set[str] = set()
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and found.get("method", "").lower() == "post":
            self._action = found.get("action") or self.page
            self._values, self._names = {}, set()
        elif self._action is not None and tag == "option" and self._select:
            if found.get("value"):
                self._values.setdefault(self._select, found["value"])
        elif self._action is not None and found.get("name"):
            self._names.add(found["name"])
            self._fill(tag, found)

    def _fill(self, tag: str, found: dict[str, str]) -> None:
        name, kind = found["name"], found.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "button" or kind in ("hidden", "radio", "checkbox", "submit"):
            self._values.setdefault(name, found.get("value", "on"))
        elif kind == "password":
            self._values[name] = PASSWORD
        elif kind == "number":
            self._values[name] = found.get("value") or found.get("min") or "2"
        elif kind == "date":
            self._values[name] = found.get("value") or "2026-11-02"
        elif kind != "file":
            self._values[name] = found.get("value") or "harbour7"

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form" and self._action is not None:
            values = tuple(sorted(self._values.items()))
            self.found.append(Form(self.page, self._action, values, frozenset(self._names)))
            self._action = None


@dataclass
class World:
    """A house with a learner in a group, her trainer, and the administrator."""

    folder: Path
    walkers: dict[str, FlaskClient] = field(default_factory=dict)
    given: dict[str, object] = field(default_factory=dict)
    copies: int = 0

    def settle(self, house: Flask) -> "World":
        """Let people live in a house, and remember their cookies and what addresses need."""
        staff = build(house)
        with house.extensions["database"].session(reading=True) as session:
            code = session.get_one(Group, staff.ours.group).join_code
        amina = People(house).learner()
        amina.joins(code)
        amina.answers("before", "feelings", contact_1="1", hope_1="1")
        amina.finishes("m1.1", "m1.2")
        self.walkers = {
            "stranger": house.test_client(),
            "learner": amina.browser,
            "trainer": staff.browsers["trainer"],
            "administrator": staff.browsers["administrator"],
            "keeper": staff.browsers["keeper"],
        }
        for walker, browser in self.walkers.items():
            # The cookie that a form's token belongs to comes with the first form.
            browser.get("/en/staff/sign-in" if walker == "stranger" else "/en/staff")
        self.given = {
            "tag": "en",
            "module": "m1",
            "number": 1,
            "wave": "after",
            "instrument": "feelings",
            "code": code,
            "group_id": staff.ours.group,
            "programme_id": staff.ours.programme,
            "step": "people",
            "organisation_id": staff.ours.organisation,
            "member_id": staff.ours.member,
            "grant_id": staff.ours.grant,
            "announcement_id": staff.announcement,
            "language_tag": "sw",
        }
        return self

    def copy(self) -> Flask:
        """The same house with the same people, not touched by anybody yet."""
        self.copies += 1
        place = self.folder.parent / f"copy{self.copies}"
        place.mkdir()
        for name in ("daraja.sqlite", "published.stamp"):
            shutil.copy2(self.folder / name, place)
        (place / "published").symlink_to(self.folder / "published")
        return make_house(place, f"sqlite:///{place / 'daraja.sqlite'}")

    def browser(self, house: Flask, walker: str) -> FlaskClient:
        """A walker's browser with her cookies, for a copy of her house."""
        browser = house.test_client()
        browser._cookies = dict(self.walkers[walker]._cookies)
        return browser


def settled_world(folder: Path, house: Flask) -> World:
    """A world over a house on SQLite, closed again so that its file can be copied."""
    world = World(folder).settle(house)
    database: Database = house.extensions["database"]
    database.scrub()
    database.engine.dispose()
    return world


def rules(house: Flask, method: str) -> list[Rule]:
    """Every rule that takes this method."""
    return [rule for rule in house.url_map.iter_rules() if method in (rule.methods or ())]


def address_of(house: Flask, rule: Rule, given: dict[str, object]) -> str:
    """An address of a rule: what is known of its blanks, and something for what is not."""
    values = {name: given.get(name, _something(rule, name)) for name in rule.arguments}
    return house.url_map.bind("localhost").build(rule.endpoint, values, append_unknown=False)


def _something(rule: Rule, name: str) -> object:
    """What may stand in a blank of which nobody told us."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else "x1"


def addresses(house: Flask, given: dict[str, object], method: str = "GET") -> list[str]:
    """An address of every rule that takes this method."""
    return sorted({address_of(house, rule, given) for rule in rules(house, method)})


def endpoint_of(house: Flask, address: str) -> str:
    """Which view answers a form sent here."""
    adapter = house.url_map.bind("localhost")
    return str(adapter.match(urlsplit(address).path, method="POST")[0])


def forms_of(house: Flask, browser: FlaskClient, given: dict[str, object]) -> Iterator[Form]:
    """Every form that changes something, on every page this browser may open."""
    pages = [*addresses(house, given), "/en/m1/1/", "/en/m1/"]
    seen: set[tuple[str, frozenset[str], str]] = set()
    for page in pages:
        answer = browser.get(page)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        if page.startswith("/en/offline/questions/"):
            continue  # a copy for a phone, which writes a key into it before it is sent
        parser = _Forms(page)
        parser.feed(answer.text)
        for form in parser.found:
            told = (form.action, form.names, dict(form.values).get("do", ""))
            if told not in seen:
                seen.add(told)
                yield form


#: What is counted so that guessing is slow: a wrong guess is counted whichever way it was made, and
#: the counts hold the clock. Of a form that made something a digest of all that was in it is kept,
#: so that it is known again. Nothing in either acts in anybody's name.
COUNTS = frozenset({"attempt_count", "sent_form"})


def dump(house: Flask, leaving_out: frozenset[str] = frozenset()) -> Dump:
    """Every row of every table."""
    database: Database = house.extensions["database"]
    with database.session(reading=True) as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in TABLES
            if table.name not in leaving_out
        }


def send(browser: FlaskClient, form: Form) -> int:
    """Send a form as it stands; the status of the answer."""
    return browser.post(form.action, data=dict(form.values), headers=OURS).status_code
