"""The people of the tests' world. They act as users do: through pages and forms.

Amina and Otieno learn. Tendai leads groups for the Bridge Society, which Ruth administers.
Lindiwe leads groups for another organisation and must never see what is not hers. Kamal looks
after the server.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from edu.groups.models import Group
from edu.partners.members import (
    give_role,
    make_member,
    make_organisation,
    organisation_named,
)
from edu.partners.models import Member
from edu.partners.roles import Role
from edu.server.choices import SecondStep, choose

PASSWORD = "three small boats at noon"
#: What a browser sends with a form of our own.
OURS = {"Sec-Fetch-Site": "same-origin"}


class _Fields(HTMLParser):
    """The inputs of a page: hidden values, and the choices of each radio group."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "input" and found.get("type") == "hidden":
            self.hidden[found["name"]] = found["value"]
        elif tag == "input" and found.get("type") in ("radio", "checkbox"):
            self.choices.setdefault(found["name"], []).append(found.get("value", "on"))
        elif tag == "textarea":
            self.texts.append(found["name"])


def fields_of(page: TestResponse) -> _Fields:
    """The inputs of a page."""
    fields = _Fields()
    fields.feed(page.text)
    return fields


def make_staff(session: Session, login: str, organisation: str, *roles: Role) -> Member:
    """Somebody with an account, signing in with one step: two have tests of their own."""
    choose(session, "second_step", SecondStep.NOBODY.value)
    home = organisation_named(session, organisation) or make_organisation(session, organisation)
    member = make_member(session, login=login, password=PASSWORD)
    for role in roles:
        give_role(session, member, home, role)
    return member


def open_at_once(house: Flask, group: int) -> None:
    """Let people join a group whose programme nobody has planned."""
    with house.extensions["database"].work() as session:
        session.get_one(Group, group).opened_on = date(2026, 1, 1)


@dataclass
class Person:
    """Somebody with a browser of her own."""

    browser: FlaskClient

    def opens(self, address: str) -> TestResponse:
        """Open an address and follow where it leads."""
        return self.browser.get(address, follow_redirects=True)

    def sends(self, address: str, follow: bool = True, **values: object) -> TestResponse:
        """Send a form of ours."""
        return self.browser.post(address, data=values, headers=OURS, follow_redirects=follow)


@dataclass
class LearnerPerson(Person):
    """Somebody who learns."""

    tag: str = "en"
    code: str = ""

    def starts(self, module: str = "m1") -> TestResponse:
        """Agree to take part, alone."""
        return self._agrees(f"/{self.tag}/start/{module}")

    def joins(self, join_code: str) -> TestResponse:
        """Agree to take part, in a group."""
        return self._agrees(f"/{self.tag}/join/{join_code}")

    def _agrees(self, address: str) -> TestResponse:
        key = fields_of(self.opens(address)).hidden["key"]
        card = self.sends(address, key=key, agree="yes")
        self.code = "".join(re.findall(r"<span>(\d{4})</span>", card.text))
        return card

    def answers(self, wave: str, instrument: str, **answers: object) -> TestResponse:
        """Answer a questionnaire; what is not named is left out."""
        address = f"/{self.tag}/questions/{wave}/{instrument}"
        key = fields_of(self.opens(address)).hidden.get("key", "")
        sent = {name.replace("_", "-"): value for name, value in answers.items()}
        return self.sends(address, key=key, do="submit", **sent)

    def finishes(self, *lessons: str) -> None:
        """Read lessons to their end."""
        for lesson in lessons:
            module, number = lesson.split(".")
            page = self.opens(f"/{self.tag}/{module}/{number}/")
            release = fields_of(page).hidden["release"]
            self.sends(f"/{self.tag}/{module}/{number}/done", release=release)

    def comes_back(self, code: str = "") -> TestResponse:
        """Type the card's number."""
        return self.sends(f"/{self.tag}/return", code=code or self.code)


@dataclass
class StaffPerson(Person):
    """Somebody who signs in."""

    login: str = ""

    def signs_in(self) -> "StaffPerson":
        """Sign in with name and password."""
        self.fills("/en/staff/sign-in", login=self.login, password=PASSWORD)
        return self

    def fills(
        self, address: str, to: str = "", follow: bool = True, **values: object
    ) -> TestResponse:
        """Fill in a form, with the token that its page holds."""
        token = fields_of(self.opens(address)).hidden["csrf_token"]
        return self.sends(to or address, follow, csrf_token=token, **values)

    def makes_group(self, name: str = "Tuesday", opened: bool = True, **changes: object) -> int:
        """Make a group and return its number. It is open at once, unless asked not to be: what has
        to be planned before that has tests of its own."""
        values = {"name": name, "place": "Kisumu", "tags": ["en"], "modules": ["m0", "m1"]}
        page = self.fills("/en/staff/groups/new", follow=False, **(values | changes))
        made = int(page.headers["Location"].rpartition("/")[2])
        if opened:
            open_at_once(self.browser.application, made)
        return made

    def join_code(self, group: int) -> str:
        """What a group's page shows as its code."""
        page = self.opens(f"/en/staff/groups/{group}")
        found = re.search(r'<p class="code"><bdi dir="ltr">(\w{4}) (\w{4})</bdi>', page.text)
        assert found is not None
        return found[1] + found[2]


@dataclass
class People:
    """Makes people as a test needs them, in one house."""

    house: Flask
    _made: bool = field(default=False)

    def learner(self, tag: str = "en") -> LearnerPerson:
        """Somebody who learns, on a phone of her own."""
        return LearnerPerson(self.house.test_client(), tag)

    @property
    def amina(self) -> LearnerPerson:
        return self.learner()

    @property
    def tendai(self) -> StaffPerson:
        """A trainer of the Bridge Society."""
        return self._staff("tendai")

    @property
    def ruth(self) -> StaffPerson:
        """The Bridge Society's administrator."""
        return self._staff("ruth")

    @property
    def lindiwe(self) -> StaffPerson:
        """A trainer of another organisation."""
        return self._staff("lindiwe")

    @property
    def kamal(self) -> StaffPerson:
        """Looks after the server, and leads no group."""
        return self._staff("kamal")

    def _staff(self, login: str) -> StaffPerson:
        if not self._made:
            self._make_staff()
            self._made = True
        return StaffPerson(self.house.test_client(), login).signs_in()

    def _make_staff(self) -> None:
        with self.house.extensions["database"].work() as session:
            make_staff(session, "tendai", "Bridge Society", Role.TRAINER)
            make_staff(session, "ruth", "Bridge Society", Role.ADMINISTRATOR)
            make_staff(session, "lindiwe", "Other House", Role.TRAINER)
            make_staff(session, "kamal", "Other House", Role.KEEPER)
