"""Being signed in: how it begins, how it ends, and what a clock may do to it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from edu.partners import steady
from edu.partners.models import StaffSession
from edu.partners.sessions import IDLE, LONGEST, device_of, end_old_sessions
from edu.partners.steady import Moment
from tests.account.hands import (
    ask,
    change,
    is_in,
    member_of,
    stranger,
    told,
    types_password,
)
from tests.people import OURS, PASSWORD, People, StaffPerson, fields_of

ACCOUNT = "/en/staff/account"


class Machine:
    """A machine whose clock and steady seconds are set by hand."""

    def __init__(self) -> None:
        self.clock = datetime(2026, 11, 21, 8, 0, 0)
        self.second = 1000
        self.boot = "first"

    def moment(self) -> Moment:
        return Moment(self.clock, self.boot, self.second)

    def waits(self, **time: float) -> None:
        """Time goes by, on both."""
        self.clock += timedelta(**time)
        self.second += int(timedelta(**time).total_seconds())

    def is_set(self, **by: float) -> None:
        """Somebody, or the network, sets the clock."""
        self.clock += timedelta(**by)

    def starts_again(self) -> None:
        """The machine is switched off and on."""
        self.boot, self.second = self.boot + "'", 30


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The machine on which the house runs."""
    made = Machine()
    monkeypatch.setattr(steady, "moment", made.moment)
    return made


def rows(house: Flask) -> list[StaffSession]:
    return list(ask(house, lambda session: session.scalars(select(StaffSession)).all()))


def test_an_hour_without_use_ends_a_session(people: People, machine: Machine) -> None:
    tendai = people.tendai
    machine.waits(minutes=59)
    assert is_in(tendai)
    machine.waits(minutes=59)
    assert is_in(tendai)
    machine.waits(minutes=60)
    assert not is_in(tendai)


def test_twelve_hours_end_a_session_however_much_it_is_used(
    people: People, machine: Machine
) -> None:
    tendai = people.tendai
    used = []
    for _ in range(25):
        machine.waits(minutes=30)
        used.append(is_in(tendai))
    assert used == [True] * 23 + [False] * 2


@pytest.mark.parametrize("hours", [-1, 1, -400 * 24, 400 * 24])
def test_a_clock_that_is_set_signs_nobody_out_and_keeps_nobody_in(
    people: People, machine: Machine, hours: int
) -> None:
    tendai = people.tendai
    machine.is_set(hours=hours)
    assert is_in(tendai)
    machine.waits(minutes=50)
    machine.is_set(hours=-hours)
    assert is_in(tendai)
    for _ in range(14):
        machine.waits(minutes=50)
        is_in(tendai)
    assert not is_in(tendai)


@pytest.mark.parametrize("hours", [-1, 1, -400 * 24, 400 * 24])
def test_without_use_a_session_ends_in_an_hour_whatever_the_clock_says(
    people: People, machine: Machine, hours: int
) -> None:
    tendai = people.tendai
    machine.is_set(hours=hours)
    machine.waits(minutes=61)
    assert not is_in(tendai)


def test_a_machine_that_was_off_for_a_moment_keeps_everybody(
    people: People, machine: Machine
) -> None:
    tendai = people.tendai
    machine.waits(hours=0.5)
    machine.starts_again()
    machine.is_set(minutes=2)
    assert is_in(tendai)
    machine.waits(minutes=30)
    assert is_in(tendai)


def test_a_machine_that_was_off_for_an_hour_keeps_nobody(people: People, machine: Machine) -> None:
    tendai = people.tendai
    machine.starts_again()
    machine.is_set(minutes=61)
    assert not is_in(tendai)


def test_a_box_that_starts_in_the_past_keeps_nobody_longer_than_a_day_of_work(
    people: People, machine: Machine
) -> None:
    tendai = people.tendai
    machine.waits(hours=0.9)
    assert is_in(tendai)
    machine.starts_again()
    machine.is_set(days=-400)
    assert is_in(tendai)
    machine.is_set(days=400)
    still = []
    for _ in range(14):
        machine.waits(minutes=55)
        still.append(is_in(tendai))
    assert still == [True] * 12 + [False] * 2


def test_a_box_that_starts_in_the_future_asks_everybody_to_sign_in(
    people: People, machine: Machine
) -> None:
    tendai = people.tendai
    machine.starts_again()
    machine.is_set(days=400)
    assert not is_in(tendai)


def test_reading_writes_down_at_most_every_five_minutes_that_somebody_is_here(
    house: Flask, people: People, machine: Machine
) -> None:
    tendai = people.tendai
    before = rows(house)[0].seen_second
    machine.waits(minutes=4)
    is_in(tendai)
    assert rows(house)[0].seen_second == before
    machine.waits(minutes=1)
    is_in(tendai)
    assert rows(house)[0].seen_second == before + 300


def test_old_sessions_are_deleted(house: Flask, people: People, machine: Machine) -> None:
    people.tendai.opens("/en/staff")
    machine.waits(minutes=40)
    people.ruth.opens("/en/staff")
    machine.waits(minutes=30)
    with house.extensions["database"].work() as session:
        assert end_old_sessions(session) == 1
    assert [row.member_id for row in rows(house)] == [member_of(house, "ruth").id]


def test_this_machine_tells_both_times() -> None:
    now = steady.moment()
    assert abs((datetime.now(UTC).replace(tzinfo=None) - now.at).total_seconds()) < 5
    assert now.second > 0


def test_signing_in_gives_a_new_secret_whatever_was_there_before(
    house: Flask, people: People
) -> None:
    people.tendai.opens("/en/staff")
    planted = "x" * 43
    person = stranger(house)
    person.browser.set_cookie("staff", planted)
    types_password(person, "tendai")
    cookie = person.browser.get_cookie("staff")
    assert cookie is not None
    assert cookie.value != planted
    thief = stranger(house)
    thief.browser.set_cookie("staff", planted)
    assert not is_in(thief)
    types_password(person, "tendai")
    assert sorted(row.digest for row in rows(house) if planted in row.digest) == []


def test_a_form_cookie_from_before_signing_in_is_worth_nothing_after(
    house: Flask, people: People
) -> None:
    people.ruth.opens("/en/staff")
    attacker = stranger(house)
    known = fields_of(attacker.opens("/en/staff/sign-in")).hidden["csrf_token"]
    planted = attacker.browser.get_cookie("staff_form")
    assert planted is not None
    person = stranger(house)
    person.browser.set_cookie("staff_form", planted.value)
    types_password(person, "ruth")
    assert is_in(person)
    assert person.sends("/en/staff/sign-out", False, csrf_token=known).status_code == 400


def test_signing_in_as_somebody_else_ends_the_session_before(house: Flask, people: People) -> None:
    tendai = people.tendai
    kept = tendai.browser.get_cookie("staff")
    assert kept is not None
    tendai.fills("/en/staff/account", to="/en/staff/sign-out")
    types_password(tendai, "ruth")
    thief = stranger(house)
    thief.browser.set_cookie("staff", kept.value)
    assert not is_in(thief)


def test_what_is_kept_of_a_session_lets_nobody_in(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    for value in (rows(house)[0].digest, rows(house)[0].number):
        thief = stranger(house)
        thief.browser.set_cookie("staff", value)
        assert not is_in(thief)


def test_one_sees_ones_devices_and_signs_another_one_out(house: Flask, people: People) -> None:
    tendai = people.tendai
    other = StaffPerson(house.test_client(), "tendai")
    other.browser.environ_base["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Linux; Android 8.1.0; X) AppleWebKit/537.36 Chrome/60.0 Mobile Safari/537.36"
    )
    other.signs_in()
    page = tendai.opens(ACCOUNT)
    assert "Chrome, Android" in page.text
    number = next(row.number for row in rows(house) if row.device == "Chrome, Android")
    ending = f"{ACCOUNT}/devices/{number}/end"
    assert people.ruth.fills(ACCOUNT, to=ending).status_code == 404
    assert tendai.sends(ending, False, csrf_token="made up").status_code == 400
    assert is_in(other)
    tendai.fills(ACCOUNT, to=ending)
    assert (is_in(other), is_in(tendai)) == (False, True)
    assert told(house, "tendai")[-1] == ("ended a session", "")


def test_a_device_is_told_so_coarsely_that_many_are_alike() -> None:
    assert device_of("Mozilla/5.0 (Android 13; Mobile; rv:121.0) Firefox/121.0") == (
        "Firefox, Android"
    )
    assert device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 17_1) Version/17.1 Safari/604.1") == (
        "Safari, iPhone"
    )
    assert device_of("<script>alert(1)</script>") == ""


def test_a_new_password_ends_all_other_sessions(house: Flask, people: People) -> None:
    tendai, other = people.tendai, people.tendai
    new = "four gentle goats under one umbrella"
    tendai.fills(f"{ACCOUNT}/password", now=PASSWORD, password=new)
    assert (is_in(tendai), is_in(other)) == (True, False)
    for password, enters in ((PASSWORD, False), (new, True)):
        person = stranger(house)
        types_password(person, "tendai", password)
        assert is_in(person) is enters


def test_a_member_whose_account_ended_is_out_at_once(house: Flask, people: People) -> None:
    tendai = people.tendai
    change(house, "tendai", ended_on=datetime(2026, 11, 1).date())
    assert not is_in(tendai)
    person = stranger(house)
    assert types_password(person, "tendai").status_code == 422


def test_a_member_without_a_role_is_out_at_once(house: Flask, people: People) -> None:
    tendai = people.tendai
    with house.extensions["database"].work() as session:
        for grant in session.merge(member_of(house, "tendai")).grants:
            session.delete(grant)
    assert not is_in(tendai)
    assert types_password(stranger(house), "tendai").status_code == 422


def test_signing_out_ends_the_session_and_clears_the_browser(house: Flask, people: People) -> None:
    tendai = people.tendai
    kept = tendai.browser.get_cookie("staff")
    assert kept is not None
    token = fields_of(tendai.opens(ACCOUNT)).hidden["csrf_token"]
    answer = tendai.sends("/en/staff/sign-out", False, csrf_token=token)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert tendai.browser.get_cookie("staff") is None
    assert tendai.browser.get_cookie("staff_form") is None
    thief = stranger(house)
    thief.browser.set_cookie("staff", kept.value)
    assert not is_in(thief)


def test_no_staff_page_is_kept_for_the_back_button(house: Flask, people: People) -> None:
    tendai = people.tendai
    kept = {
        rule.rule: tendai.browser.get(rule.rule.replace("<tag>", "en")).headers["Cache-Control"]
        for rule in house.url_map.iter_rules()
        if rule.rule.startswith("/<tag>/staff")
        and not rule.arguments - {"tag"}
        and "GET" in (rule.methods or ())
    }
    assert len(kept) > 10
    assert kept == dict.fromkeys(kept, "no-store")


def over_tls(browser: FlaskClient) -> Callable[[str], list[str]]:
    """Sign in over TLS; which cookies were set, and how."""

    def send(login: str) -> list[str]:
        base = "https://localhost"
        page = browser.get("/en/staff/sign-in", base_url=base)
        answer = browser.post(
            "/en/staff/sign-in",
            base_url=base,
            headers=OURS,
            data={
                "login": login,
                "password": PASSWORD,
                "csrf_token": fields_of(page).hidden["csrf_token"],
            },
        )
        return [*page.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]

    return send


def test_over_tls_cookies_cannot_be_planted_by_neighbours(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    cookies = over_tls(house.test_client())("tendai")
    names = [each.partition("=")[0] for each in cookies if "Max-Age=0" not in each]
    assert names == ["__Host-staff_form", "__Host-known", "__Host-staff"]
    for each in cookies:
        parts = {part.strip() for part in each.split(";")[1:]}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
        assert not any(part.startswith("Domain") for part in parts)


def test_over_tls_a_plain_cookie_is_not_believed(house: Flask, people: People) -> None:
    kept = people.tendai.browser.get_cookie("staff")
    assert kept is not None
    browser = house.test_client()
    browser.set_cookie("staff", kept.value, secure=True)
    assert browser.get("/en/staff", base_url="https://localhost").status_code == 303


def test_a_session_lasts_no_longer_in_the_browser_than_here(house: Flask, people: People) -> None:
    people.tendai.opens("/en/staff")
    cookies = over_tls(house.test_client())("tendai")
    ours = next(each for each in cookies if each.startswith("__Host-staff="))
    assert f"Max-Age={LONGEST};" in ours
    assert (IDLE, LONGEST) == (3600, 43200)
