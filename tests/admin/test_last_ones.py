"""Closed organisations, and the last keeper and administrator: nobody is locked out for good."""

import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.partners.looking_after import dismiss, take_away
from edu.partners.members import LastOne, member_named, organisation_named
from edu.partners.models import Grant, Member
from edu.partners.roles import Role
from tests.admin.conftest import BRIDGE, MEMBERS, OTHER, SERVER, World, link_in
from tests.people import StaffPerson


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
