"""What those who put forms together do, through pages and forms."""

import io

import openpyxl
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.instruments.models import BuiltForm
from tests.builder.words import AT
from tests.people import StaffPerson, fields_of


def looks(
    person: StaffPerson, *items: str, at: str = f"{AT}/build", **values: object
) -> TestResponse:
    """Send the form of the builder to be looked at."""
    return person.fills(at, **{"item": list(items), "do": "look", "shown": "en"} | values)


def saves(
    person: StaffPerson,
    *items: str,
    at: str = f"{AT}/build",
    name: str = "Ours",
    **values: object,
) -> TestResponse:
    """Save a form; the number in its address."""
    sent = {"item": list(items), "do": "save", "shown": "en", "name": name} | values
    return person.fills(at, follow=False, **sent)


def opened(person: StaffPerson, at: str) -> dict[str, str]:
    """What a page of hers holds that was opened now."""
    return fields_of(person.opens(at)).hidden


def rows(house: Flask) -> list[BuiltForm]:
    """Every version of every form that was put together."""
    with house.extensions["database"].session(reading=True) as session:
        return list(session.scalars(select(BuiltForm).order_by(BuiltForm.id)).all())


def download(person: StaffPerson, name: str, format: str) -> bytes:
    """A form as a file."""
    answer = person.browser.get(f"{AT}/{name}/as/{format}")
    assert answer.status_code == 200
    return answer.data


def changed(body: bytes, **cells: object) -> bytes:
    """A workbook with other words in some cells, as `survey__C3`."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    for place, value in cells.items():
        sheet, _, cell = place.partition("__")
        book[sheet][cell] = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def brings(person: StaffPerson, body: bytes, name: str = "form.xlsx") -> TestResponse:
    """Bring a file in."""
    token = opened(person, f"{AT}/bring")["csrf_token"]
    return person.sends(
        f"{AT}/bring",
        csrf_token=token,
        name="From Kobo",
        licence="Our own words",
        file=(io.BytesIO(body), name),
    )
