"""Stories of people who want to be more than they are."""

import threading
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.partners.looking_after import dismiss, take_away
from edu.partners.members import LastOne, member_named, organisation_named
from edu.partners.models import Grant, Member
from edu.partners.roles import Role
from tests.admin.conftest import BRIDGE, MEMBERS, OTHER, SERVER, World, link_in, takes, token_of
from tests.people import OURS, PASSWORD, StaffPerson


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


def test_an_invitation_opens_once(world: World) -> None:
    ruth = world.people.ruth
    link = link_in(ruth.fills(f"{MEMBERS}/invite", role="trainer", language="", programme="0"))
    takes(world.house, link, "amara")
    late = StaffPerson(world.house.test_client())
    page = late.opens(link)
    assert page.status_code == 404
    assert "This link does not work any more" in page.text


def test_of_two_who_take_an_invitation_in_one_moment_one_gets_it(world: World) -> None:
    ruth = world.people.ruth
    link = link_in(ruth.fills(f"{MEMBERS}/invite", role="trainer", language="", programme="0"))
    people = {name: StaffPerson(world.house.test_client(), name) for name in ("amara", "eve")}
    tokens = {}
    for name, person in people.items():
        page = person.opens(link)
        tokens[name] = page.text.partition('name="csrf_token"')[2].split('value="')[1]
    barrier = threading.Barrier(len(people))

    def take(name: str) -> None:
        token = tokens[name].split('"')[0]
        barrier.wait()
        people[name].sends(link, csrf_token=token, login=name, password=PASSWORD)

    threads = [threading.Thread(target=take, args=(name,)) for name in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = [world.roles(name) for name in people]
    assert sorted(held) == [[], [(BRIDGE, "trainer")]]


def test_a_link_made_by_a_former_administrator_lets_nobody_in(world: World) -> None:
    ruth = world.people.ruth
    amara = world.adds("amara", BRIDGE, Role.ADMINISTRATOR)
    kept = link_in(
        amara.fills(f"{MEMBERS}/invite", role="administrator", language="", programme="0")
    )
    one = f"{MEMBERS}/{world.number('tendai')}"
    reset = link_in(amara.fills(one, to=f"{one}/reset"))
    ruth.fills(f"{MEMBERS}/{world.number('amara')}/remove")
    stranger = StaffPerson(world.house.test_client())
    assert stranger.opens(kept).status_code == 404
    assert stranger.opens(reset).status_code == 404


def test_who_only_loses_the_administrators_role_loses_her_links_too(world: World) -> None:
    ruth = world.people.ruth
    amara = world.adds("amara", BRIDGE, Role.ADMINISTRATOR, Role.TRAINER)
    kept = link_in(
        amara.fills(f"{MEMBERS}/invite", role="administrator", language="", programme="0")
    )
    one = f"{MEMBERS}/{world.number('amara')}"
    ruth.fills(one, to=f"{one}/roles/{world.grant('amara', Role.ADMINISTRATOR)}/take")
    assert StaffPerson(world.house.test_client()).opens(kept).status_code == 404


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    ruth = world.people.ruth
    one = f"{MEMBERS}/{world.number('tendai')}"
    grant = world.grant("tendai", Role.TRAINER)
    world.also("tendai", BRIDGE, Role.EVALUATOR)
    tokens: list[dict[str, Any]] = [{}, {"csrf_token": "made up"}]
    for token in tokens:
        sent = token | {"role": "administrator", "language": "", "programme": "0"}
        assert ruth.sends(f"{MEMBERS}/invite", **sent).status_code == 422
        assert ruth.sends(f"{one}/roles", **sent).status_code == 422
        assert ruth.sends(f"{one}/roles/{grant}/take", **token).status_code == 400
        assert ruth.sends(f"{one}/reset", **token).status_code == 400
        assert ruth.sends(f"{one}/remove", **token).status_code == 200
        assert ruth.sends(f"{one}/second-step", **token).status_code == 200
    assert world.roles("tendai") == [(BRIDGE, "trainer"), (BRIDGE, "evaluator")]
    assert world.trail(BRIDGE) == []


def test_a_token_of_somebody_else_changes_nothing(world: World) -> None:
    ruth, kamal = world.people.ruth, world.people.kamal
    one = f"{MEMBERS}/{world.number('tendai')}"
    assert ruth.sends(f"{one}/reset", csrf_token=token_of(kamal)).status_code == 400


def test_an_open_page_of_somebody_who_was_demoted_does_nothing(world: World) -> None:
    ruth = world.people.ruth
    amara = world.adds("amara", BRIDGE, Role.ADMINISTRATOR, Role.TRAINER)
    token = token_of(amara)
    one = f"{MEMBERS}/{world.number('amara')}"
    ruth.fills(one, to=f"{one}/roles/{world.grant('amara', Role.ADMINISTRATOR)}/take")
    sent: dict[str, Any] = {
        "csrf_token": token,
        "role": "administrator",
        "language": "",
        "programme": "0",
    }
    assert amara.sends(f"{one}/roles", **sent).status_code == 403
    assert world.roles("amara") == [(BRIDGE, "trainer")]


def test_in_a_closed_organisation_nobody_works_and_no_link_leads_in(world: World) -> None:
    ruth, tendai, kamal = world.people.ruth, world.people.tendai, world.people.kamal
    group = tendai.makes_group()
    code = tendai.join_code(group)
    link = link_in(ruth.fills(f"{MEMBERS}/invite", role="trainer", language="", programme="0"))
    bridge = f"{SERVER}/organisations/{world.home(BRIDGE)}"
    kamal.fills(f"{bridge}/close")
    for person in (ruth, tendai, world.browser_of("ruth")):
        assert person.opens("/en/staff").request.path == "/en/staff/sign-in"
    assert StaffPerson(world.house.test_client()).opens(link).status_code == 404
    assert world.people.amina.joins(code).status_code == 200
    kamal.fills(bridge, to=f"{bridge}/open")
    again = world.browser_of("tendai")
    assert again.opens(f"/en/staff/groups/{group}").status_code == 200


def test_a_member_of_two_houses_keeps_the_one_that_is_open(world: World) -> None:
    kamal = world.people.kamal
    world.also("tendai", OTHER, Role.TRAINER)
    kamal.fills(f"{SERVER}/organisations/{world.home(BRIDGE)}/close")
    assert OTHER in world.browser_of("tendai").opens("/en/staff").text


def test_a_keeper_cannot_lock_everybody_out_of_the_server(world: World) -> None:
    kamal = world.people.kamal
    page = kamal.fills(f"{SERVER}/organisations/{world.home(OTHER)}/close")
    assert page.status_code == 409
    assert "Nobody who looks after this server could sign in any more." in page.text
    account = f"{SERVER}/accounts/{world.number('kamal')}"
    grant = world.grant("kamal", Role.KEEPER)
    page = kamal.fills(account, to=f"{account}/roles/{grant}/take")
    assert page.status_code == 409
    assert world.roles("kamal") == [(OTHER, "keeper")]


def test_a_keeper_in_a_closed_house_is_no_second_keeper(world: World) -> None:
    kamal = world.people.kamal
    world.adds("zawadi", BRIDGE, Role.KEEPER)
    kamal.fills(f"{SERVER}/organisations/{world.home(BRIDGE)}/close")
    account = f"{SERVER}/accounts/{world.number('kamal')}"
    grant = world.grant("kamal", Role.KEEPER)
    assert kamal.fills(account, to=f"{account}/roles/{grant}/take").status_code == 409
    assert world.roles("kamal") == [(OTHER, "keeper")]


def test_a_keeper_who_is_not_the_last_may_stop_and_is_none_at_the_next_click(
    world: World,
) -> None:
    kamal = world.people.kamal
    zawadi = world.adds("zawadi", BRIDGE, Role.KEEPER, Role.TRAINER)
    account = f"{SERVER}/accounts/{world.number('zawadi')}"
    kamal.fills(account, to=f"{account}/roles/{world.grant('zawadi', Role.KEEPER)}/take")
    assert zawadi.opens(SERVER).status_code == 403
    assert world.roles("zawadi") == [(BRIDGE, "trainer")]


def test_a_keeper_takes_no_role_but_the_keepers_from_an_account(world: World) -> None:
    kamal = world.people.kamal
    account = f"{SERVER}/accounts/{world.number('tendai')}"
    grant = world.grant("tendai", Role.TRAINER)
    assert kamal.fills(account, to=f"{account}/roles/{grant}/take").status_code == 404
    assert world.roles("tendai") == [(BRIDGE, "trainer")]


def test_two_administrators_who_remove_each_other_in_one_moment_do_not_both_succeed(
    house: Flask, world: World
) -> None:
    world.adds("amara", BRIDGE, Role.ADMINISTRATOR)
    refused = []

    def remove(session: Session, login: str) -> None:
        member, home = member_named(session, login), organisation_named(session, BRIDGE)
        assert member is not None
        assert home is not None
        dismiss(session, member, home.id, date(2026, 11, 21))

    def second() -> None:
        with house.extensions["database"].session() as session:
            try:
                remove(session, "amara")
                session.commit()
            except LastOne:
                refused.append("amara")

    with house.extensions["database"].session() as session:
        remove(session, "ruth")
        other = threading.Thread(target=second)
        other.start()
        other.join(timeout=1)  # time enough to go wrong, where that can be
        session.commit()
    other.join()
    assert refused == ["amara"]
    assert world.roles("ruth") == []
    assert world.roles("amara") == [(BRIDGE, "administrator")]


def test_what_cannot_be_taken_is_left_whole(house: Flask, world: World) -> None:
    assert world.people.ruth.login == "ruth"
    with house.extensions["database"].work() as session:
        grant = session.scalars(select(Grant).join(Member).where(Member.login == "ruth")).one()
        with pytest.raises(LastOne):
            take_away(session, grant)
    assert world.roles("ruth") == [(BRIDGE, "administrator")]
