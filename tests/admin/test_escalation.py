"""Stories of people who want to be more than they are."""

from typing import Any

from flask import Flask

from edu.partners.roles import Role
from tests.admin.conftest import BRIDGE, MEMBERS, OTHER, SERVER, World, link_in, takes, token_of
from tests.people import OURS


def test_an_administrator_cannot_invite_a_keeper(world: World) -> None:
    page = world.people.ruth.fills(f"{MEMBERS}/invite", role="keeper", language="", programme="0")
    assert page.status_code == 422
    assert world.invitations() == []


def test_an_administrator_cannot_make_herself_a_keeper(world: World) -> None:
    ruth = world.people.ruth
    one = f"{MEMBERS}/{world.number('ruth')}"
    page = ruth.fills(one, to=f"{one}/roles", role="keeper", language="", programme="0")
    assert page.status_code == 422
    assert world.roles("ruth") == [(BRIDGE, "administrator")]


def test_a_role_that_does_not_exist_is_given_to_nobody(world: World) -> None:
    ruth = world.people.ruth
    for role in ("owner", "", "Administrator", "keeper\0"):
        page = ruth.fills(f"{MEMBERS}/invite", role=role, language="", programme="0")
        assert page.status_code == 422
    assert world.invitations() == []


def test_fields_that_a_form_does_not_have_change_nothing(world: World) -> None:
    ruth = world.people.ruth
    ruth.fills(
        f"{MEMBERS}/invite",
        role="trainer",
        language="",
        programme="0",
        organisation=str(world.home(OTHER)),
        organisation_id=str(world.home(OTHER)),
        made_by_id="1",
        digest="x",
    )
    link = link_in(
        ruth.fills(f"{MEMBERS}/invite", role="trainer", language="", programme="0", id="1")
    )
    takes(world.house, link, "amara")
    assert world.roles("amara") == [(BRIDGE, "trainer")]


def test_another_organisations_programme_is_no_scope(world: World) -> None:
    ruth = world.people.ruth
    theirs = world.programme(OTHER)
    page = ruth.fills(f"{MEMBERS}/invite", role="trainer", language="", programme=str(theirs))
    assert page.status_code == 422
    one = f"{MEMBERS}/{world.number('tendai')}"
    page = ruth.fills(one, to=f"{one}/roles", role="trainer", language="", programme=str(theirs))
    assert page.status_code == 422
    assert world.invitations() == []
    assert world.roles("tendai") == [(BRIDGE, "trainer")]


def test_members_of_another_organisation_are_not_there(world: World) -> None:
    ruth = world.people.ruth
    one = f"{MEMBERS}/{world.number('lindiwe')}"
    token = token_of(ruth)
    sent: dict[str, Any] = {
        "csrf_token": token,
        "role": "trainer",
        "language": "",
        "programme": "0",
    }
    grant = world.grant("lindiwe", Role.TRAINER)
    answers = {
        ruth.browser.get(one).status_code,
        ruth.browser.get(f"{one}/remove").status_code,
        ruth.browser.get(f"{one}/second-step").status_code,
        ruth.sends(f"{one}/roles", **sent).status_code,
        ruth.sends(f"{one}/roles/{grant}/take", csrf_token=token).status_code,
        ruth.sends(f"{one}/reset", csrf_token=token).status_code,
        ruth.sends(f"{one}/second-step", csrf_token=token).status_code,
        ruth.sends(f"{one}/remove", csrf_token=token).status_code,
        ruth.browser.get(f"{MEMBERS}/999999").status_code,
    }
    assert answers == {404}
    assert world.roles("lindiwe") == [(OTHER, "trainer")]


def test_a_role_is_not_taken_by_way_of_somebody_elses_page(world: World) -> None:
    ruth = world.people.ruth
    world.also("tendai", BRIDGE, Role.EVALUATOR)
    theirs = world.grant("lindiwe", Role.TRAINER)
    mine = f"{MEMBERS}/{world.number('tendai')}"
    assert ruth.fills(mine, to=f"{mine}/roles/{theirs}/take").status_code == 404
    assert world.roles("lindiwe") == [(OTHER, "trainer")]


def test_an_administrator_cannot_take_over_a_keeper(world: World) -> None:
    house_head = world.adds("zawadi", OTHER, Role.ADMINISTRATOR)
    one = f"{MEMBERS}/{world.number('kamal')}"
    assert "Only whoever looks after this server" in house_head.opens(one).text
    token = token_of(house_head)
    found = {
        house_head.sends(f"{one}/reset", csrf_token=token).status_code,
        house_head.browser.get(f"{one}/second-step").status_code,
        house_head.sends(f"{one}/second-step", csrf_token=token).status_code,
    }
    assert found == {403}
    assert world.trail(OTHER) == []


def test_an_administrator_cannot_take_a_keepers_role_or_remove_one(world: World) -> None:
    house_head = world.adds("zawadi", OTHER, Role.ADMINISTRATOR)
    world.also("kamal", OTHER, Role.TRAINER)
    one = f"{MEMBERS}/{world.number('kamal')}"
    keeper = world.grant("kamal", Role.KEEPER)
    token = token_of(house_head)
    assert house_head.sends(f"{one}/roles/{keeper}/take", csrf_token=token).status_code == 403
    assert house_head.browser.get(f"{one}/remove").status_code == 403
    assert house_head.sends(f"{one}/remove", csrf_token=token).status_code == 403
    assert world.roles("kamal") == [(OTHER, "keeper"), (OTHER, "trainer")]


def test_a_member_of_two_organisations_is_let_back_in_by_a_keeper_only(world: World) -> None:
    ruth, kamal = world.people.ruth, world.people.kamal
    world.also("tendai", OTHER, Role.TRAINER)
    one = f"{MEMBERS}/{world.number('tendai')}"
    assert ruth.sends(f"{one}/reset", csrf_token=token_of(ruth)).status_code == 403
    account = f"{SERVER}/accounts/{world.number('tendai')}"
    assert link_in(kamal.fills(account, to=f"{account}/reset")).startswith("/en/staff/reset/")
    told = ("kamal", "gave a link for a new password", "account", "tendai", "")
    assert [told in world.trail(home) for home in (BRIDGE, OTHER, None)] == [True] * 3


def test_nobody_lets_herself_back_in_without_her_password(world: World) -> None:
    ruth, kamal = world.people.ruth, world.people.kamal
    own = f"{MEMBERS}/{world.number('ruth')}"
    assert ruth.sends(f"{own}/reset", csrf_token=token_of(ruth)).status_code == 403
    assert ruth.sends(f"{own}/second-step", csrf_token=token_of(ruth)).status_code == 403
    account = f"{SERVER}/accounts/{world.number('kamal')}"
    assert kamal.sends(f"{account}/reset", csrf_token=token_of(kamal)).status_code == 403
    assert kamal.sends(f"{account}/second-step", csrf_token=token_of(kamal)).status_code == 403


def test_a_trainer_enters_no_page_of_administration(world: World) -> None:
    tendai = world.people.tendai
    number = world.number("ruth")
    for path in ("members", "members/invite", f"members/{number}", "trail", "server"):
        assert tendai.browser.get(f"/en/staff/{path}").status_code == 403
    token = token_of(tendai)
    sent: dict[str, Any] = {
        "csrf_token": token,
        "role": "administrator",
        "language": "",
        "programme": "0",
    }
    own = f"{MEMBERS}/{world.number('tendai')}/roles"
    assert tendai.sends(f"{MEMBERS}/invite", **sent).status_code == 403
    assert tendai.sends(own, **sent).status_code == 403
    assert world.roles("tendai") == [(BRIDGE, "trainer")]


def test_an_administrator_enters_no_page_of_the_server(house: Flask, world: World) -> None:
    ruth = world.people.ruth
    token = token_of(ruth)
    found = set()
    for rule in house.url_map.iter_rules():
        if not rule.rule.startswith("/<tag>/staff/server"):
            continue
        path = rule.rule.replace("<tag>", "en")
        for blank in ("organisation_id", "member_id", "grant_id", "number", "release_id"):
            path = path.replace(f"<int(max=2147483647):{blank}>", "1")
        path = path.replace("<string(maxlength=64):wanted>", "sw")
        path = path.replace("<string(maxlength=120):name>", "x")
        for method in {"GET", "POST"} & set(rule.methods or ()):
            answer = ruth.browser.open(
                path, method=method, data={"csrf_token": token}, headers=OURS
            )
            found.add(answer.status_code)
    assert found == {403}


def test_a_keeper_sees_no_group_and_no_report_and_no_trail_of_a_house(world: World) -> None:
    group = world.people.tendai.makes_group()
    kamal = world.people.kamal
    for path in ("groups", f"groups/{group}", f"groups/{group}/report", "trail", "members"):
        assert kamal.browser.get(f"/en/staff/{path}").status_code == 403
    page = kamal.opens(f"{SERVER}/organisations/{world.home(BRIDGE)}").text
    assert "Tuesday" not in page
