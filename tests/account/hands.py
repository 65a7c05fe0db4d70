"""What the people of these tests have in their hands: an authenticator, a printed list, links."""

import html
import re
import time
from collections.abc import Callable
from typing import TypeVar

import pyotp
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from edu.partners.links import invite
from edu.partners.members import member_named, organisation_named
from edu.partners.models import AuditEntry, Member
from edu.partners.roles import Role
from edu.server.choices import SecondStep, choose
from tests.people import PASSWORD, StaffPerson

T = TypeVar("T")

APP = "/en/staff/account/second-step/app"
LIST = "/en/staff/account/second-step/list"


class Authenticator:
    """An app on a phone, whose clock may be wrong by some seconds."""

    def __init__(self, page: TestResponse) -> None:
        """Read the letters that the page shows beside the picture."""
        found = re.search(r'<p class="code small"><bdi dir="ltr">(.*?)</bdi>', page.text)
        assert found is not None
        self.totp = pyotp.TOTP("".join(re.findall(r"<span>(\w+)</span>", found[1])))

    def digits(self, wrong_by: int = 0) -> str:
        """What it shows now."""
        return self.totp.at(time.time() + wrong_by)


def printed(page: TestResponse) -> list[str]:
    """The codes on a page that shows a list."""
    return re.findall(r'<li><bdi dir="ltr">([\w ]{11})</bdi></li>', page.text)


def takes_app(person: StaffPerson) -> tuple[Authenticator, list[str]]:
    """Set an app up, and print the list that comes with it."""
    app = Authenticator(person.opens(APP))
    page = person.fills(APP, now=PASSWORD, code=app.digits(-30))
    codes = printed(page)
    assert len(codes) == 10, page.text
    return app, codes


def takes_list(person: StaffPerson) -> list[str]:
    """Print a list."""
    return printed(person.fills(LIST, now=PASSWORD))


def stranger(house: Flask) -> StaffPerson:
    """Somebody at a browser that this house has never seen."""
    return StaffPerson(house.test_client())


def types_password(person: StaffPerson, login: str, password: str = PASSWORD) -> TestResponse:
    """The first step, without following where it leads."""
    return person.fills("/en/staff/sign-in", follow=False, login=login, password=password)


def is_in(person: StaffPerson) -> bool:
    """Whether she is signed in and may go on."""
    return person.browser.get("/en/staff").status_code == 200


def asks_second_step_of(house: Flask, policy: SecondStep) -> None:
    """Decide who needs a second step."""
    with house.extensions["database"].work() as session:
        choose(session, "second_step", policy.value)


def ask(house: Flask, question: Callable[[Session], T]) -> T:
    """What the database says."""
    with house.extensions["database"].session(reading=True) as session:
        return question(session)


def member_of(house: Flask, login: str) -> Member:
    """A member as she is kept."""
    found = ask(house, lambda session: member_named(session, login))
    assert found is not None
    return found


def change(house: Flask, login: str, **values: object) -> None:
    """Change what is kept of a member."""
    with house.extensions["database"].work() as session:
        found = member_named(session, login)
        assert found is not None
        for name, value in values.items():
            setattr(found, name, value)


def invited(
    house: Flask, role: Role = Role.TRAINER, *, by: str = "ruth", into: str = "Bridge Society"
) -> str:
    """Somebody is invited into an organisation: the address of her link."""
    with house.extensions["database"].work() as session:
        home = organisation_named(session, into)
        assert home is not None
        secret = invite(session, session.merge(member_of(house, by)), home, role)
    return f"/en/staff/invitation/{secret}"


def told(house: Flask, login: str) -> list[tuple[str, str]]:
    """What the trail says that somebody did: deed and detail, in the order of what happened."""
    house.extensions["later"].wait()
    entries = ask(
        house,
        lambda session: session.scalars(
            select(AuditEntry).where(AuditEntry.by_login == login).order_by(AuditEntry.id)
        ).all(),
    )
    return [(entry.deed, entry.detail) for entry in entries]


def words(page: TestResponse) -> str:
    """What a page says, without its marks, and without what differs at each load."""
    body = re.sub(r'<input[^>]*type="hidden"[^>]*>', "", page.text)
    body = re.sub(r'value="[^"]*"', "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
