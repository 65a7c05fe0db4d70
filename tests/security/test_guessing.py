"""Guessing is slow wherever something can be guessed, and a classroom does not feel it."""

import pytest
from flask import Flask
from sqlalchemy import select

from edu.brakes.brakes import BRAKES
from edu.partners.models import Member
from tests.conftest import TINY, make_house
from tests.people import OURS, PASSWORD, People

HERE, THERE = "203.0.113.7", "198.51.100.8"
_BRAKE = BRAKES["wrong code"]


def tries(house: Flask, path: str, code: str, address: str) -> int:
    """Type a code at an address on the internet; the status of the answer."""
    answer = house.test_client().post(
        path, data={"code": code}, headers=OURS, environ_base={"REMOTE_ADDR": address}
    )
    return answer.status_code


@pytest.mark.parametrize("path", ["/en/join", "/en/return", "/en/forget"])
def test_a_guesser_is_asked_to_wait_and_nobody_else(house: Flask, path: str) -> None:
    allowed = _BRAKE.address.amount
    found = [tries(house, path, f"{number:08d}"[:8] * 2, HERE) for number in range(allowed)]
    assert set(found) == {422}
    assert tries(house, path, "one more", HERE) == 429
    assert tries(house, path, "somebody", THERE) == 422


def test_a_guess_in_an_address_is_counted_like_a_guess_in_a_form(house: Flask) -> None:
    browser = house.test_client()
    where = {"REMOTE_ADDR": HERE}
    found = [
        browser.get(f"/en/join/WRNG{number:04d}", environ_base=where).status_code
        for number in range(_BRAKE.address.amount)
    ]
    assert set(found) == {404}
    assert browser.get("/en/join/WRNG9999", environ_base=where).status_code == 429
    assert tries(house, "/en/join", "WRNG9999", HERE) == 429


def test_the_count_is_the_same_for_every_process_and_after_a_restart(house: Flask) -> None:
    for number in range(_BRAKE.address.amount):
        tries(house, "/en/join", f"WRNG{number:04d}", HERE)
    settings = house.extensions["settings"]
    second = make_house(settings.instance, settings.database_url, TINY)
    assert tries(second, "/en/join", "WRNG9999", HERE) == 429
    second.extensions["database"].engine.dispose()


def test_sixty_people_behind_one_address_join_and_come_back(house: Flask, people: People) -> None:
    tendai = people.tendai
    code = tendai.join_code(tendai.makes_group())
    class_room = [people.learner() for _ in range(60)]
    for learner in class_room:
        assert learner.joins(code).status_code == 200
    for learner in class_room[:20]:
        # Every third person mistypes her card once.
        assert learner.comes_back("1234 5678 9012").status_code == 422
        assert learner.comes_back().status_code == 200


def test_a_guesser_finds_the_right_code_closed_too(house: Flask, people: People) -> None:
    """Otherwise the answer to the first try that is not refused would tell."""
    tendai = people.tendai
    code = tendai.join_code(tendai.makes_group())
    for number in range(_BRAKE.address.amount):
        tries(house, "/en/join", f"WRNG{number:04d}", HERE)
    assert tries(house, "/en/join", code, HERE) == 429


def test_another_password_needs_the_present_one(house: Flask, people: People) -> None:
    tendai = people.tendai
    form = "/en/staff/account/password"

    def kept() -> str | None:
        with house.extensions["database"].session(reading=True) as session:
            return session.scalar(select(Member.password_hash).where(Member.login == "tendai"))

    before = kept()
    for now in ("", "not this one at all"):
        page = tendai.fills(form, now=now, password="seven quiet goats in rain")
        assert (now, page.status_code) == (now, 422)
        assert kept() == before
    done = tendai.fills(form, follow=False, now=PASSWORD, password="seven quiet goats in rain")
    assert done.status_code == 303
    assert kept() != before
