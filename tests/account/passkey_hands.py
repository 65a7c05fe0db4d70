"""Somebody with a passkey, and what is said when one is refused."""

from flask import Flask
from sqlalchemy import select

from edu.partners.passkey_models import Passkey
from tests.account.device import (
    SECOND,
    Device,
    adds,
)
from tests.account.hands import (
    ask,
    stranger,
    takes_list,
    types_password,
)
from tests.people import People, StaffPerson

FALSE = "This passkey opens nothing here."
STOPPED = "This passkey is stopped, because somebody may have a copy of it."


def has_one(people: People, login: str = "tendai") -> Device:
    """Somebody of the tests' world has a printed list and a passkey."""
    person: StaffPerson = getattr(people, login)
    takes_list(person)
    return adds(person)


def the_one(house: Flask) -> Passkey:
    """The only passkey, as it is kept."""
    return ask(house, lambda session: session.scalars(select(Passkey)).one())


def at_second(house: Flask, login: str = "tendai") -> StaffPerson:
    """Somebody who has typed name and password on a strange device."""
    person = stranger(house)
    assert types_password(person, login).headers["Location"] == SECOND
    return person
