"""Who may enter: every door is guarded, and what is not hers does not exist for her."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.routing import Rule

from edu.groups.models import Group
from edu.learning.models import Learner
from edu.partners.models import Member, StaffSession
from tests.people import OURS, PASSWORD, People, StaffPerson, fields_of

#: Pages of a group's things that nobody made here: papers, a certificate, meetings, days.
NOT_MADE = re.compile(
    r"/((sheets|sessions|hands|incidents|observed)/1|linking/certificate|dates\.ics)\b"
)


def staff_rules(house: Flask) -> list[Rule]:
    return [rule for rule in house.url_map.iter_rules() if rule.rule.startswith("/<tag>/staff")]


def filled(rule: Rule, group: int = 1) -> str:
    """The address of a rule, with something for each of its blanks."""
    address = rule.rule.replace("<tag>", "en").replace("<int(max=2147483647):group_id>", str(group))
    for blank, something in (
        ("<token>", "x"),
        ("<name:wave>", "before"),
        ("<any(csv, xlsx):kind>", "csv"),
        ("<any(had, slip):said>", "had"),
    ):
        address = address.replace(blank, something)
    return re.sub(r"<int\(max=2147483647\):\w+>", "1", address)


def methods(rule: Rule) -> list[str]:
    return sorted(set(rule.methods or ()) & {"GET", "POST"})


def group_addresses(house: Flask, group: int) -> list[tuple[str, str]]:
    """Every way in to one group."""
    return [
        (method, filled(rule, group))
        for rule in staff_rules(house)
        for method in methods(rule)
        if "group_id" in rule.arguments and "programme_id" not in rule.arguments
    ]


def test_a_made_up_cookie_opens_nothing(house: Flask) -> None:
    stranger = house.test_client()
    for value in ("", "x", "a" * 4000, "\u0161"):
        stranger.set_cookie("staff", value)
        stranger.set_cookie("sid", value)
        assert stranger.get("/en/staff").headers["Location"] == "/en/staff/sign-in"
        assert "Nobody is learning on this phone" in stranger.get("/en/my").text


def test_a_trainer_is_no_administrator(people: People) -> None:
    tendai, ruth = people.tendai, people.ruth
    assert tendai.opens("/en/staff").status_code == 200
    assert tendai.browser.get("/en/staff/members").status_code == 403
    assert tendai.sends("/en/staff/members/invite", role="keeper").status_code == 403
    assert "/en/staff/members" not in tendai.opens("/en/staff").text
    assert ruth.browser.get("/en/staff/members").status_code == 200
    assert "/en/staff/members" in ruth.opens("/en/staff").text


def test_another_organisations_group_is_not_there(house: Flask, people: People) -> None:
    group = people.tendai.makes_group()
    lindiwe = people.lindiwe
    token = fields_of(lindiwe.opens("/en/staff")).hidden["csrf_token"]
    addresses = group_addresses(house, group)
    assert len(addresses) == 71
    found = {
        (method, address): lindiwe.browser.open(
            address, method=method, data={"csrf_token": token, "number": "2"}, headers=OURS
        ).status_code
        for method, address in addresses
    }
    assert found == dict.fromkeys(addresses, 404)
    assert "Tuesday" not in lindiwe.opens("/en/staff").text
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(Learner)).all() == []


def test_her_own_group_is_there(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    found = {
        tendai.browser.get(address).status_code
        for method, address in group_addresses(house, group)
        if method == "GET" and not re.search(NOT_MADE, address)
    }
    assert found == {200}


def test_a_group_that_nobody_has_is_not_there(people: People) -> None:
    tendai = people.tendai
    found = {
        (number, page): tendai.browser.get(f"/en/staff/groups/{number}{page}").status_code
        for number in ("0", "7", "2147483648", "99999999999999999999")
        for page in ("", "/report", "/report/table.csv")
    }
    assert found == dict.fromkeys(found, 404)


def test_a_form_without_its_token_changes_nothing(house: Flask, people: People) -> None:
    ruth = people.ruth
    group = ruth.makes_group()
    values = {
        "name": "Eve",
        "tags": ["en"],
        "modules": ["m1"],
        "number": "3",
    }
    for address, status in (
        ("/en/staff/groups/new", 422),
        (f"/en/staff/groups/{group}/cards", 303),
        (f"/en/staff/groups/{group}/report", 400),
        ("/en/staff/sign-out", 400),
    ):
        for token in ({}, {"csrf_token": "made up"}):
            assert ruth.sends(address, False, **values, **token).status_code == status
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalars(select(Group.name)).all() == ["Tuesday"]
        assert session.scalars(select(Learner)).all() == []
    assert ruth.opens("/en/staff").request.path == "/en/staff"


def test_a_form_with_a_token_of_somebody_else_changes_nothing(people: People) -> None:
    ruth, lindiwe = people.ruth, people.lindiwe
    token = fields_of(lindiwe.opens("/en/staff/groups/new")).hidden["csrf_token"]
    page = ruth.sends(
        "/en/staff/groups/new", csrf_token=token, name="Eve", tags=["en"], modules=["m1"]
    )
    assert page.status_code == 422
    assert 'value="Eve"' in page.text
    assert "This page was open for too long." in page.text


def test_signing_in_needs_a_token_too(people: People) -> None:
    people.tendai.opens("/en/staff")
    stranger = StaffPerson(people.house.test_client(), "tendai")
    page = stranger.sends("/en/staff/sign-in", login="tendai", password=PASSWORD)
    assert page.status_code == 422
    assert stranger.opens("/en/staff").request.path == "/en/staff/sign-in"


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(people: People) -> None:
    people.tendai.opens("/en/staff")
    stranger = StaffPerson(people.house.test_client())
    pages = [
        stranger.fills("/en/staff/sign-in", login=login, password=password)
        for login, password in (("tendai", "wrong"), ("nobody", "wrong"), ("nobody", PASSWORD))
    ]
    assert [page.status_code for page in pages] == [422] * 3
    plain = {
        re.sub(r'(name="csrf_token"[^>]*value=")[^"]*|value="(tendai|nobody)"', "", page.text)
        for page in pages
    }
    assert len(plain) == 1
    assert "The name or the password is not right." in plain.pop()


def test_no_name_is_too_strange_to_be_refused_quietly(people: People) -> None:
    stranger = StaffPerson(people.house.test_client())
    names = ("tendai\0", "ten\0dai", "x" * 10_000, "' OR 1=1 --", "\u202eiadnet")
    found = [
        stranger.fills("/en/staff/sign-in", login=login, password="x").status_code
        for login in names
    ]
    assert found == [422] * len(names)


def test_the_password_is_never_sent_back(people: People) -> None:
    stranger = StaffPerson(people.house.test_client())
    page = stranger.fills("/en/staff/sign-in", login="tendai", password="a secret of hers")
    assert "a secret of hers" not in page.text


def test_signing_out_ends_the_session_on_the_server(people: People) -> None:
    tendai = people.tendai
    cookie = tendai.browser.get_cookie("staff")
    assert cookie is not None
    tendai.fills("/en/staff", to="/en/staff/sign-out")
    thief = people.house.test_client()
    thief.set_cookie("staff", cookie.value)
    assert thief.get("/en/staff").headers["Location"] == "/en/staff/sign-in"
    assert tendai.browser.get_cookie("staff") is None


def test_signing_out_on_one_device_leaves_the_other_signed_in(people: People) -> None:
    one, other = people.tendai, people.tendai
    one.fills("/en/staff", to="/en/staff/sign-out")
    assert other.opens("/en/staff").request.path == "/en/staff"


def test_a_session_ends_by_itself(house: Flask, people: People) -> None:
    tendai = people.tendai
    with house.extensions["database"].work() as session:
        # As if the machine had been switched on anew, thirteen hours later.
        seen_at = session.scalars(select(StaffSession.seen_at)).one()
        session.execute(
            update(StaffSession).values(boot="before", seen_at=seen_at - timedelta(hours=13))
        )
    assert tendai.opens("/en/staff").request.path == "/en/staff/sign-in"


def test_the_database_holds_no_cookie_and_no_password(house: Flask, people: People) -> None:
    tendai = people.tendai
    cookie = tendai.browser.get_cookie("staff")
    assert cookie is not None
    with house.extensions["database"].session(reading=True) as session:
        assert cookie.value not in session.scalars(select(StaffSession.digest)).all()
        hashes = session.scalars(select(Member.password_hash)).all()
    assert [str(each).startswith("$argon2id$") for each in hashes] == [True] * 4
    assert len(set(hashes)) == 4


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_cookie_is_kept_from_scripts_and_other_sites(people: People, scheme: str) -> None:
    people.tendai.opens("/en/staff")
    flags = {}
    for login in ("learner", "tendai"):
        browser = people.house.test_client()
        base = f"{scheme}://localhost"
        page = browser.get("/en/staff/sign-in", base_url=base)
        token = fields_of(page).hidden["csrf_token"]
        headers = OURS | {"Referer": f"{base}/en/staff/sign-in"}
        if login == "tendai":
            values = {"csrf_token": token, "login": login, "password": PASSWORD}
            done = browser.post("/en/staff/sign-in", base_url=base, data=values, headers=headers)
            assert done.status_code == 303
        else:
            values = {"key": "k" * 32, "agree": "yes"}
            done = browser.post("/en/start/m1", base_url=base, data=values, headers=headers)
            assert done.status_code == 200
        for cookie in page.headers.getlist("Set-Cookie") + done.headers.getlist("Set-Cookie"):
            parts = [part.strip() for part in cookie.split(";")]
            kept = {part for part in parts[1:] if part.partition("=")[0] not in ("Expires",)}
            name = parts[0].partition("=")[0]
            flags[name] = {part for part in kept if not part.startswith("Max-Age")}
    expected = {"HttpOnly", "SameSite=Lax", "Path=/"} | ({"Secure"} if scheme == "https" else set())
    front = "__Host-" if scheme == "https" else ""
    names = ("staff_form", "staff", "known", "sid")
    assert flags == {front + name: expected for name in names}


def test_a_learners_cookie_is_no_staff_cookie(people: People) -> None:
    tendai = people.tendai
    amina = people.amina
    amina.starts("m1")
    hers, his = amina.browser.get_cookie("sid"), tendai.browser.get_cookie("staff")
    assert hers is not None
    assert his is not None
    thief = people.house.test_client()
    thief.set_cookie("staff", hers.value)
    thief.set_cookie("sid", his.value)
    assert thief.get("/en/staff").headers["Location"] == "/en/staff/sign-in"
    assert "Nobody is learning on this phone" in thief.get("/en/my").text
