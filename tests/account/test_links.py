"""One-time links: taking a role, choosing a new password, and who uses a link first."""

import threading
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from edu.partners.links import RESET_BY_HAND, offer_reset
from edu.partners.models import Grant, Invitation, Member, Organisation, ResetLink
from edu.partners.roles import Role
from tests.account.hands import (
    ask,
    change,
    invited,
    is_in,
    member_of,
    stranger,
    takes_list,
    told,
    types_password,
)
from tests.people import OURS, PASSWORD, People, StaffPerson, fields_of

GOOD = "four gentle goats under one umbrella"


def reset_link(house: Flask, login: str) -> str:
    """An administrator gives somebody a link for a new password."""
    with house.extensions["database"].work() as session:
        secret = offer_reset(session, session.merge(member_of(house, login)), RESET_BY_HAND)
    return f"/en/staff/reset/{secret}"


def roles_of(house: Flask, login: str) -> list[tuple[str, str]]:
    """What somebody is, and where."""
    found = (
        select(Organisation.name, Grant.role).join(Grant).join(Member, Member.id == Grant.member_id)
    )
    return sorted(
        (name, role)
        for name, role in ask(
            house, lambda session: session.execute(found.where(Member.login == login)).all()
        )
    )


def at_once(persons: list[StaffPerson], address: str, values: list[dict[str, str]]) -> list[int]:
    """Several send the same form in one moment; the answers, sorted."""
    start, answers = threading.Barrier(len(persons)), list[int]()

    def send(person: StaffPerson, sent: dict[str, str]) -> None:
        start.wait()
        answer = person.browser.post(address, data=sent, headers=OURS)
        answers.append(answer.status_code)

    threads = [
        threading.Thread(target=send, args=pair) for pair in zip(persons, values, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def token_of(person: StaffPerson, address: str) -> dict[str, str]:
    return {"csrf_token": fields_of(person.opens(address)).hidden["csrf_token"]}


def test_an_invitation_makes_an_account_once(house: Flask, people: People) -> None:
    people.ruth.opens("/en/staff")
    link = invited(house)
    person = stranger(house)
    assert "Bridge Society" in person.opens(link).text
    person.fills(link, login="Amara", password=GOOD)
    assert is_in(person)
    assert roles_of(house, "amara") == [("Bridge Society", "trainer")]
    assert told(house, "amara") == [("joined", "trainer"), ("signed in", "")]
    assert stranger(house).browser.get(link).status_code == 404


def test_an_invitation_is_taken_by_whoever_is_signed_in(house: Flask, people: People) -> None:
    people.ruth.opens("/en/staff")
    link = invited(house, Role.EVALUATOR)
    lindiwe = people.lindiwe
    assert "Choose a name" not in lindiwe.opens(link).text
    lindiwe.fills(link)
    assert roles_of(house, "lindiwe") == [
        ("Bridge Society", "evaluator"),
        ("Other House", "trainer"),
    ]
    assert "Bridge Society" in lindiwe.opens("/en/staff").text


@pytest.mark.parametrize("how", ["over", "closed", "made up"])
def test_an_invitation_that_is_no_more_lets_nobody_in(
    house: Flask, people: People, how: str
) -> None:
    people.ruth.opens("/en/staff")
    link = invited(house)
    with house.extensions["database"].work() as session:
        if how == "over":
            session.execute(update(Invitation).values(ends_at=datetime(2026, 1, 1)))
        if how == "closed":
            session.execute(update(Organisation).values(closed_on=date(2026, 1, 1)))
    link += "x" if how == "made up" else ""
    person = stranger(house)
    page = person.browser.get(link)
    assert (page.status_code, "This link does not work any more" in page.text) == (404, True)
    assert person.browser.post(link, data={"login": "amara"}, headers=OURS).status_code == 404
    assert ask(house, lambda session: session.scalar(select(func.count(Member.id)))) == 4


def test_a_name_that_is_taken_leaves_the_invitation(house: Flask, people: People) -> None:
    people.ruth.opens("/en/staff")
    link = invited(house)
    page = stranger(house).fills(link, login="TENDAI", password=GOOD)
    assert (page.status_code, "Somebody already signs in with this name." in page.text) == (
        422,
        True,
    )
    person = stranger(house)
    person.fills(link, login="amara", password=GOOD)
    assert is_in(person)


def test_of_two_who_open_one_invitation_in_one_moment_one_takes_it(
    house: Flask, people: People
) -> None:
    people.ruth.opens("/en/staff")
    link = invited(house)
    persons = [stranger(house) for _ in range(4)]
    values = [
        token_of(person, link) | {"login": f"amara{number}", "password": GOOD}
        for number, person in enumerate(persons)
    ]
    assert at_once(persons, link, values) == [303, 404, 404, 404]
    assert sum(is_in(person) for person in persons) == 1
    assert ask(house, lambda session: session.scalar(select(func.count(Member.id)))) == 5


def test_of_two_who_want_one_name_in_one_moment_one_gets_it(house: Flask, people: People) -> None:
    people.ruth.opens("/en/staff")
    links = [invited(house), invited(house)]
    persons = [stranger(house) for _ in links]
    start, answers = threading.Barrier(2), list[int]()

    def send(person: StaffPerson, link: str, sent: dict[str, str]) -> None:
        start.wait()
        answers.append(person.browser.post(link, data=sent, headers=OURS).status_code)

    threads = [
        threading.Thread(
            target=send,
            args=(person, link, token_of(person, link) | {"login": "amara", "password": GOOD}),
        )
        for person, link in zip(persons, links, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert roles_of(house, "amara") == [("Bridge Society", "trainer")]


def test_a_link_for_a_new_password_works_once_and_signs_nobody_in(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    link = reset_link(house, "tendai")
    person = stranger(house)
    page = person.fills(link, password=GOOD)
    assert page.request.path == "/en/staff/sign-in"
    assert "Your new password is kept." in page.text
    assert "Your new password is kept." not in person.opens("/en/staff/sign-in").text
    assert (is_in(person), is_in(tendai)) == (False, False)
    assert stranger(house).browser.get(link).status_code == 404
    assert types_password(person, "tendai", PASSWORD).status_code == 422
    types_password(person, "tendai", GOOD)
    assert is_in(person)


def test_a_link_for_a_new_password_leaves_the_second_step(house: Flask, people: People) -> None:
    takes_list(people.tendai)
    person = stranger(house)
    person.fills(reset_link(house, "tendai"), password=GOOD)
    answer = types_password(person, "tendai", GOOD)
    assert answer.headers["Location"] == "/en/staff/sign-in/second"


def test_a_weak_password_leaves_the_link(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    link = reset_link(house, "tendai")
    assert stranger(house).fills(link, password="tendai tendai").status_code == 422
    assert stranger(house).browser.get(link).status_code == 200


def test_a_newer_link_by_hand_ends_the_older_one(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    old, new = reset_link(house, "tendai"), reset_link(house, "tendai")
    assert stranger(house).browser.get(old).status_code == 404
    assert stranger(house).browser.get(new).status_code == 200


def test_a_new_password_ends_every_link(house: Flask, people: People) -> None:
    tendai = people.tendai
    link = reset_link(house, "tendai")
    tendai.fills("/en/staff/account/password", now=PASSWORD, password=GOOD)
    assert stranger(house).browser.get(link).status_code == 404


def test_a_member_who_ended_has_no_link(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    link = reset_link(house, "tendai")
    change(house, "tendai", ended_on=date(2026, 1, 1))
    assert stranger(house).browser.get(link).status_code == 404


def test_of_two_who_open_one_link_in_one_moment_one_chooses(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    link = reset_link(house, "tendai")
    persons = [stranger(house) for _ in range(4)]
    values = [
        token_of(person, link) | {"password": f"{GOOD} {number}"}
        for number, person in enumerate(persons)
    ]
    assert at_once(persons, link, values) == [303, 404, 404, 404]
    assert ask(house, lambda session: session.scalar(select(func.count(ResetLink.digest)))) == 0


def test_guessing_at_links_is_slowed(house: Flask, people: People) -> None:
    people.ruth.opens("/en/staff")
    link = invited(house)
    guesser = stranger(house)
    found = [
        guesser.browser.get(f"/en/staff/{kind}/guess{number}").status_code
        for number in range(10)
        for kind in ("invitation", "reset", "first")
    ]
    assert found == [404] * 30
    assert guesser.browser.get(link).status_code == 429


def test_a_link_is_kept_as_a_digest_only(house: Flask, people: People) -> None:
    people.ruth.opens("/en/staff")
    secret = invited(house).rpartition("/")[2]
    kept = ask(house, lambda session: session.scalars(select(Invitation)).one())
    assert secret not in (kept.digest, kept.number)
    assert stranger(house).browser.get(f"/en/staff/invitation/{kept.digest}").status_code == 404
