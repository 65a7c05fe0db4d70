"""Links, forms and open pages of people whose rights have ended give nobody anything."""

import threading
from typing import Any

from edu.partners.roles import Role
from tests.admin.conftest import BRIDGE, MEMBERS, World, link_in, takes, token_of
from tests.people import PASSWORD, StaffPerson


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
