"""Two people at one form or one scale: nothing is lost, nobody gets an error, both are told."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import event

from edu.instruments.models import LicensedWording
from edu.partners.models import AuditEntry
from edu.partners.roles import Role
from tests.builder.forms import opened, rows, saves
from tests.builder.words import AT, enter_words, says_licence
from tests.partner.desk_world import together
from tests.people import People, StaffPerson, fields_of, make_staff

FIRST, SECOND, THIRD = "feelings|contact-1", "feelings|contact-2", "feelings|hope-1"


@pytest.fixture
def both(people: People, house: Flask) -> tuple[StaffPerson, StaffPerson]:
    """Two who put forms together for one organisation."""
    tendai = people.tendai
    with house.extensions["database"].work() as session:
        make_staff(session, "farai", "Bridge Society", Role.TRAINER)
    return tendai, StaffPerson(house.test_client(), "farai").signs_in()


@pytest.fixture
def meeting(house: Flask) -> Iterator[Callable[[], None]]:
    """Two who write one row in the same moment meet where they write it: each waits until the
    other is there too, or cannot come because the first one holds the database."""
    barrier = threading.Barrier(2)

    def wait(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if re.match("INSERT INTO (built_form|licensed_wording)", statement):
            with suppress(threading.BrokenBarrierError):
                barrier.wait(timeout=1)

    engine = house.extensions["database"].engine
    yield lambda: event.listen(engine, "before_cursor_execute", wait)
    if event.contains(engine, "before_cursor_execute", wait):
        event.remove(engine, "before_cursor_execute", wait)


def sends(person: StaffPerson, at: str, held: dict[str, str], *items: str, **more: object):
    sent = {"item": list(items), "do": "save", "shown": "en", "name": person.login} | more
    return person.sends(at, False, **held, **sent)


def ticked(page) -> list[str]:
    return re.findall(r'value="([^"]*)" checked', page.text)


def test_two_next_versions_in_the_same_moment_keep_one_and_ask_the_other(
    both: tuple[StaffPerson, StaffPerson], house: Flask, meeting: Callable[[], None]
) -> None:
    saves(both[0], FIRST)
    name = rows(house)[0].instrument
    at = f"{AT}/{name}/build"
    held = [opened(person, at) for person in both]
    choices = ((FIRST, SECOND), (FIRST, THIRD))
    meeting()
    answers = together(
        *(
            lambda person=person, fields=fields, items=items: sends(person, at, fields, *items)
            for person, fields, items in zip(both, held, choices, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    won = 0 if answers[0].status_code == 303 else 1
    winner, other, page = both[won], both[1 - won], answers[1 - won]
    assert [(row.version, row.made_by) for row in rows(house)] == [(1, "tendai"), (2, winner.login)]
    assert "Somebody saved version 2 of this form meanwhile." in page.text
    assert ticked(page) == list(choices[1 - won])
    assert f'value="{other.login}"' in page.text
    # She has seen it, and saves hers after theirs.
    again = sends(other, at, fields_of(page).hidden, *choices[1 - won])
    assert again.status_code == 303
    assert [(row.version, row.made_by) for row in rows(house)][2:] == [(3, other.login)]


def test_a_version_that_was_saved_since_she_began_is_not_put_aside_unseen(
    both: tuple[StaffPerson, StaffPerson], house: Flask
) -> None:
    tendai, farai = both
    saves(tendai, FIRST)
    at = f"{AT}/{rows(house)[0].instrument}/build"
    held = opened(farai, at)
    saves(tendai, FIRST, SECOND, at=at)
    page = sends(farai, at, held, THIRD)
    assert (page.status_code, ticked(page)) == (409, [THIRD])
    assert [row.version for row in rows(house)] == [1, 2]


def test_the_same_next_version_by_two_in_the_same_moment_is_one(
    both: tuple[StaffPerson, StaffPerson], house: Flask, meeting: Callable[[], None]
) -> None:
    saves(both[0], FIRST)
    at = f"{AT}/{rows(house)[0].instrument}/build"
    held = [opened(person, at) for person in both]
    meeting()
    answers = together(
        *(
            lambda person=person, fields=fields: sends(person, at, fields, FIRST, SECOND, name="We")
            for person, fields in zip(both, held, strict=True)
        )
    )
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [row.version for row in rows(house)] == [1, 2]
    with house.extensions["database"].session(reading=True) as session:
        made = session.query(AuditEntry).filter_by(object_kind="instrument", deed="made").all()
    assert [line.detail.rpartition(" ")[2] for line in made] == ["1", "2"]


def test_a_version_that_nobody_made_yet_cannot_be_claimed(
    both: tuple[StaffPerson, StaffPerson], house: Flask
) -> None:
    saves(both[0], FIRST)
    at = f"{AT}/{rows(house)[0].instrument}/build"
    sends(both[0], at, opened(both[0], at) | {"began_from": "41"}, SECOND)
    assert [row.version for row in rows(house)] == [1, 2]


@pytest.mark.parametrize("first", [True, False], ids=["first words", "later words"])
def test_words_of_a_scale_by_two_in_the_same_moment_keep_one_and_show_the_other(
    both: tuple[StaffPerson, StaffPerson],
    people: People,
    house: Flask,
    meeting: Callable[[], None],
    first: bool,
) -> None:
    says_licence(people.ruth, "brs")
    if not first:
        enter_words(both[0], "brs", "en", "Before")
    at = f"{AT}/brs/words/en"
    held = []
    for person in both:
        fields = fields_of(person.opens(at))
        held.append(fields.hidden | dict.fromkeys(fields.texts, f"Words of {person.login}"))
    meeting()
    answers = together(
        *(
            lambda person=person, fields=fields: person.sends(at, False, **fields)
            for person, fields in zip(both, held, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    won = 0 if answers[0].status_code == 303 else 1
    page = answers[1 - won]
    assert f"Words of {both[0].login}" in page.text
    assert f"Words of {both[1].login}" in page.text
    again = both[1 - won].sends(at, False, **held[1 - won] | fields_of(page).hidden)
    assert again.status_code == 303
    with house.extensions["database"].session(reading=True) as session:
        (row,) = session.query(LicensedWording).all()
    assert (row.version, row.words["brs|title"]) == (
        2 if first else 3,
        f"Words of {both[1 - won].login}",
    )
