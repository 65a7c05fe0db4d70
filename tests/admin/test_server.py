"""The server's own pages: overview, health, organisations, second step, retention."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from edu.health.forgetting import forget_old
from edu.learning.models import Journey, Learner
from edu.partners.members import has_administrator
from edu.partners.roles import Role
from edu.server.choices import SecondStep, choices
from tests.admin.conftest import BRIDGE, OTHER, SERVER, World, link_in, takes
from tests.people import PASSWORD

ORGANISATIONS = f"{SERVER}/organisations"


def test_a_keeper_sees_the_server_at_a_glance(world: World) -> None:
    page = world.people.kamal.opens(SERVER).text
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>(.+?)</dd>", page))
    assert list(facts) == [
        "Version",
        "Database",
        "Free space",
        "Last backup",
        "Backups kept here",
        "Releases",
    ]
    assert re.fullmatch(r'<bdi dir="ltr">\d[\w.]* \(\d{4}\)</bdi>', facts["Version"])
    assert re.fullmatch(
        r"<bdi>(SQLite|PostgreSQL)</bdi>, <bdi>[\d.,]+ [kMG]B</bdi>", facts["Database"]
    )
    assert facts["Last backup"] == "<strong>None yet. Make one now.</strong>"


def test_the_health_page_says_what_the_doctor_says(world: World) -> None:
    page = world.people.kamal.opens(f"{SERVER}/health")
    assert page.status_code == 200
    assert len(re.findall(r"<strong>(Fine|To do|Serious)</strong>", page.text)) > 10


def test_a_keeper_makes_an_organisation_and_invites_its_first_administrator(world: World) -> None:
    kamal = world.people.kamal
    page = kamal.fills(ORGANISATIONS, name=" Third  ", follow=False)
    third = page.headers["Location"]
    assert "Nobody yet." in kamal.opens(third).text
    link = link_in(
        kamal.fills(third, to=f"{third}/invite", role="administrator", language="", programme="0")
    )
    zawadi = takes(world.house, link, "zawadi")
    assert world.roles("zawadi") == [("Third", "administrator")]
    assert "Third" in zawadi.opens("/en/staff").text
    assert world.trail("Third") == [
        ("kamal", "made", "organisation", "Third", ""),
        ("kamal", "invited", "invitation", "Third", "administrator"),
        ("zawadi", "joined", "organisation", "", "administrator"),
    ]
    assert world.trail(None)[:2] == world.trail("Third")[:2]


def test_a_keeper_gives_only_the_two_roles_that_look_after(world: World) -> None:
    kamal = world.people.kamal
    bridge = f"{ORGANISATIONS}/{world.home(BRIDGE)}"
    for role, programme in (("trainer", "0"), ("authority", "0"), ("keeper", "1"), ("x", "0")):
        page = kamal.fills(
            bridge, to=f"{bridge}/invite", role=role, language="", programme=programme
        )
        assert page.status_code == 422
    assert world.invitations() == []


def test_two_organisations_have_two_names(world: World) -> None:
    kamal = world.people.kamal
    assert kamal.fills(ORGANISATIONS, name=BRIDGE).status_code == 422
    bridge = f"{ORGANISATIONS}/{world.home(BRIDGE)}"
    page = kamal.fills(bridge, to=f"{bridge}/name", name=OTHER)
    assert page.status_code == 422
    assert "There is an organisation of this name already." in page.text
    kamal.fills(bridge, to=f"{bridge}/name", name="Bridge")
    assert "Bridge" in world.people.ruth.opens("/en/staff").text
    assert world.trail("Bridge") == [("kamal", "renamed", "organisation", "Bridge", BRIDGE)]


@pytest.mark.parametrize(
    "written", ["other house", "Other  House", "OTHER\u00a0HOUSE", "Ｏther House"]
)
def test_an_organisation_that_only_looks_new_is_not_made(world: World, written: str) -> None:
    kamal = world.people.kamal
    page = kamal.fills("/en/staff/server/organisations", name=written)
    assert page.status_code == 422
    assert "There is an organisation of this name already." in page.text


def test_an_organisation_may_write_its_own_name_otherwise(world: World) -> None:
    kamal = world.people.kamal
    home = f"/en/staff/server/organisations/{world.home('Other House')}"
    assert kamal.fills(home, f"{home}/name", name="other house").status_code == 200
    assert world.home("other house") > 0


def test_an_organisation_that_is_not_there_is_not_there(world: World) -> None:
    kamal = world.people.kamal
    found = {
        kamal.browser.get(f"{ORGANISATIONS}/999").status_code,
        kamal.browser.get(f"{ORGANISATIONS}/999/close").status_code,
        kamal.browser.get(f"{SERVER}/accounts/999").status_code,
        kamal.browser.get(f"{SERVER}/content/999999").status_code,
        kamal.browser.get(f"{SERVER}/jobs/999").status_code,
        kamal.browser.get(f"{SERVER}/announcements/999").status_code,
        kamal.browser.get(f"{SERVER}/announcements/999/delete").status_code,
        kamal.browser.get(f"{SERVER}/languages/en").status_code,
        kamal.browser.get(f"{SERVER}/languages/xx").status_code,
    }
    assert found == {404}


def test_closing_is_asked_first_and_told_to_the_house(world: World) -> None:
    kamal = world.people.kamal
    bridge = f"{ORGANISATIONS}/{world.home(BRIDGE)}"
    assert "You can open it again at any time." in kamal.opens(f"{bridge}/close").text
    assert "Closed:" not in kamal.opens(bridge).text
    kamal.fills(f"{bridge}/close")
    assert "Closed:" in kamal.opens(ORGANISATIONS).text
    assert kamal.fills(bridge, to=f"{bridge}/invite", role="administrator").status_code == 404
    kamal.fills(bridge, to=f"{bridge}/open")
    assert "Closed:" not in kamal.opens(ORGANISATIONS).text
    assert [line[1] for line in world.trail(BRIDGE)] == ["closed", "opened again"]


def test_a_stricter_second_step_is_asked_at_the_next_click(world: World) -> None:
    kamal, tendai = world.people.kamal, world.people.tendai
    kamal.fills("/en/staff/account/second-step/list", now=PASSWORD)
    page = kamal.opens(f"{SERVER}/settings").text
    assert "People without a second step: 3." in page
    assert "Administrators and keepers among them: 1." in page
    kamal.fills(f"{SERVER}/settings", second_step="everybody")
    assert tendai.opens("/en/staff/groups").request.path == "/en/staff/account/second-step"
    kamal.fills(f"{SERVER}/settings", second_step="administrators")
    assert tendai.opens("/en/staff/groups").request.path == "/en/staff/groups"
    assert world.trail(None) == [
        ("kamal", "set", "setting", "second step", "everybody"),
        ("kamal", "set", "setting", "second step", "administrators"),
    ]


def test_a_policy_that_does_not_exist_is_not_chosen(house: Flask, world: World) -> None:
    page = world.people.kamal.fills(f"{SERVER}/settings", second_step="sometimes")
    assert page.status_code == 422
    with house.extensions["database"].session(reading=True) as session:
        assert choices(session).second_step is SecondStep.NOBODY


def aged(house: Flask, days: int) -> None:
    """Everybody who learns came so many days ago."""
    day = datetime.now(UTC).date() - timedelta(days=days)
    with house.extensions["database"].work() as session:
        session.execute(update(Learner).values(made_on=day))
        session.execute(update(Journey).values(started_on=day))


def test_fewer_months_are_confirmed_and_then_really_delete(house: Flask, world: World) -> None:
    kamal = world.people.kamal
    for _ in range(11):
        world.people.learner().starts("m1")
    aged(house, 250)
    address = f"{SERVER}/retention"
    page = kamal.fills(address, months="6")
    assert "for good:</" not in page.text
    assert "<strong>10 or more</strong>" in page.text
    with house.extensions["database"].session(reading=True) as session:
        assert choices(session).kept_months == 24
    kamal.fills(address, months="6", sure="yes")
    assert world.trail(None) == [("kamal", "set", "setting", "months", "6")]
    with house.extensions["database"].work() as session:
        forgotten, seen = forget_old(session, house.extensions["settings"].instance)
    assert (seen.trusted, forgotten) == (True, 11)
    with house.extensions["database"].session(reading=True) as session:
        assert session.scalar(select(func.count()).select_from(Learner)) == 0


def test_few_people_are_not_counted_out(house: Flask, world: World) -> None:
    kamal = world.people.kamal
    world.people.learner().starts("m1")
    aged(house, 250)
    page = kamal.fills(f"{SERVER}/retention", months="6")
    assert "<strong>fewer than 10</strong>" in page.text


def test_more_months_need_no_confirmation_and_no_number_is_out_of_bounds(
    house: Flask, world: World
) -> None:
    kamal = world.people.kamal
    address = f"{SERVER}/retention"
    kamal.fills(address, months="12", sure="yes")
    kamal.fills(address, months="18")
    with house.extensions["database"].session(reading=True) as session:
        assert choices(session).kept_months == 18
    for months in ("3", "25", "0", "-6", "x", "", "1e1"):
        assert kamal.fills(address, months=months, sure="yes").status_code == 422
    with house.extensions["database"].session(reading=True) as session:
        assert choices(session).kept_months == 18


def test_a_keeper_in_two_houses_who_loses_one_still_is_one(house: Flask, world: World) -> None:
    kamal = world.people.kamal
    world.also("kamal", BRIDGE, Role.TRAINER)
    assert kamal.opens(SERVER).status_code == 200
    with house.extensions["database"].session(reading=True) as session:
        assert has_administrator(session)
