"""Who works in an organisation: seeing, inviting, giving and taking roles, letting back in."""

import re

from edu.partners.roles import Role
from tests.admin.conftest import BRIDGE, MEMBERS, World, link_in, takes, token_of
from tests.people import PASSWORD, StaffPerson


def test_an_administrator_sees_who_works_here_and_with_which_role(world: World) -> None:
    page = world.people.ruth.opens(MEMBERS).text
    assert re.findall(r'members/\d+"><bdi>(\w+)</bdi>', page) == ["ruth", "tendai"]
    assert page.count("Has no second step yet.") == 2
    assert "Nobody is invited at present." in page


def test_an_invitation_makes_an_account_with_just_that_role(world: World) -> None:
    ruth = world.people.ruth
    page = ruth.fills(f"{MEMBERS}/invite", role="evaluator", language="", programme="0")
    assert "shown here once" in page.text
    assert world.invitations() == [("evaluator", "", None)]
    amara = takes(world.house, link_in(page), "amara")
    assert world.roles("amara") == [(BRIDGE, "evaluator")]
    assert amara.opens("/en/staff").status_code == 200
    assert world.invitations() == []
    assert world.trail(BRIDGE) == [
        ("ruth", "invited", "invitation", "", "evaluator"),
        ("amara", "joined", "organisation", "", "evaluator"),
    ]


def test_an_invitation_can_be_for_one_language_or_one_programme(world: World) -> None:
    ruth = world.people.ruth
    programme = world.programme(BRIDGE)
    ruth.fills(f"{MEMBERS}/invite", role="reviewer", language="sw", programme="0")
    ruth.fills(f"{MEMBERS}/invite", role="authority", language="", programme=str(programme))
    assert sorted(world.invitations(), key=str) == [
        ("authority", "", programme),
        ("reviewer", "sw", None),
    ]


def test_a_scope_that_the_role_cannot_have_is_refused_and_never_widened(world: World) -> None:
    ruth = world.people.ruth
    programme = str(world.programme(BRIDGE))
    for role, language, scope, words in (
        ("administrator", "sw", "0", "Only translators, reviewers and publishers"),
        ("trainer", "sw", "0", "Only translators, reviewers and publishers"),
        ("administrator", "", programme, "Only trainers, evaluators and authorities"),
        ("translator", "", programme, "Only trainers, evaluators and authorities"),
    ):
        page = ruth.fills(f"{MEMBERS}/invite", role=role, language=language, programme=scope)
        assert page.status_code == 422
        assert words in page.text
    assert world.invitations() == []


def test_an_invitation_can_be_taken_back(world: World) -> None:
    ruth = world.people.ruth
    link = link_in(ruth.fills(f"{MEMBERS}/invite", role="trainer", language="", programme="0"))
    page = ruth.opens(MEMBERS).text
    action = re.search(r'action="([^"]+/take-back)"', page)
    assert action is not None
    ruth.sends(action[1], csrf_token=token_of(ruth))
    assert world.invitations() == []
    stranger = StaffPerson(world.house.test_client())
    assert "This link does not work any more" in stranger.opens(link).text
    assert world.trail(BRIDGE)[-1] == ("ruth", "took back", "invitation", "", "trainer")


def test_a_role_is_given_and_taken_at_the_next_click(world: World) -> None:
    tendai, ruth = world.people.tendai, world.people.ruth
    one = f"{MEMBERS}/{world.number('tendai')}"
    ruth.fills(one, to=f"{one}/roles", role="administrator", language="", programme="0")
    assert tendai.opens(MEMBERS).status_code == 200
    grant = world.grant("tendai", Role.ADMINISTRATOR)
    ruth.fills(one, to=f"{one}/roles/{grant}/take")
    assert tendai.opens(MEMBERS).status_code == 403
    assert world.roles("tendai") == [(BRIDGE, "trainer")]
    assert world.trail(BRIDGE) == [
        ("ruth", "gave a role", "account", "tendai", "administrator"),
        ("ruth", "took a role away", "account", "tendai", "administrator"),
    ]


def test_a_role_given_twice_is_held_and_written_down_once(world: World) -> None:
    ruth = world.people.ruth
    one = f"{MEMBERS}/{world.number('tendai')}"
    for _ in range(2):
        ruth.fills(one, to=f"{one}/roles", role="evaluator", language="", programme="0")
    assert world.roles("tendai") == [(BRIDGE, "trainer"), (BRIDGE, "evaluator")]
    assert len(world.trail(BRIDGE)) == 1


def test_taking_the_only_role_asks_before_it_ends_the_work(world: World) -> None:
    ruth = world.people.ruth
    one = f"{MEMBERS}/{world.number('tendai')}"
    grant = world.grant("tendai", Role.TRAINER)
    page = ruth.sends(f"{one}/roles/{grant}/take", csrf_token=token_of(ruth))
    assert page.request.path == f"{one}/remove"
    assert "the account ends" in page.text
    assert world.roles("tendai") == [(BRIDGE, "trainer")]


def test_who_is_removed_is_signed_out_everywhere_and_cannot_come_back(world: World) -> None:
    tendai, ruth = world.people.tendai, world.people.ruth
    one = f"{MEMBERS}/{world.number('tendai')}"
    ruth.fills(f"{one}/remove")
    assert tendai.opens("/en/staff").request.path == "/en/staff/sign-in"
    assert world.browser_of("tendai").opens("/en/staff").request.path == "/en/staff/sign-in"
    assert world.roles("tendai") == []
    assert ruth.opens(one).status_code == 404
    (line,) = world.trail(BRIDGE)
    assert line == ("ruth", "removed from the organisation", "account", "tendai", "")


def test_the_last_administrator_stays_whatever_she_does(world: World) -> None:
    ruth = world.people.ruth
    one = f"{MEMBERS}/{world.number('ruth')}"
    page = ruth.fills(f"{one}/remove")
    assert page.status_code == 409
    assert "First make somebody administrator." in page.text
    world.also("ruth", BRIDGE, Role.TRAINER)
    page = ruth.fills(one, to=f"{one}/roles/{world.grant('ruth', Role.ADMINISTRATOR)}/take")
    assert page.status_code == 409
    assert world.roles("ruth") == [(BRIDGE, "administrator"), (BRIDGE, "trainer")]
    assert world.trail(BRIDGE) == []


def test_an_administrator_who_is_not_the_last_may_leave(world: World) -> None:
    ruth = world.people.ruth
    world.adds("amara", BRIDGE, Role.ADMINISTRATOR)
    page = ruth.fills(f"{MEMBERS}/{world.number('ruth')}/remove")
    assert page.request.path == "/en/staff/sign-in"
    assert world.roles("ruth") == []


def test_a_lost_password_is_replaced_by_a_link_that_works_once(world: World) -> None:
    ruth, tendai = world.people.ruth, world.people.tendai
    one = f"{MEMBERS}/{world.number('tendai')}"
    link = link_in(ruth.fills(one, to=f"{one}/reset"))
    stranger = StaffPerson(world.house.test_client(), "tendai")
    stranger.fills(link, password="seven green goats at dawn")
    assert tendai.opens("/en/staff").request.path == "/en/staff/sign-in"
    assert stranger.opens(link).status_code == 404
    stranger.fills("/en/staff/sign-in", login="tendai", password="seven green goats at dawn")
    assert stranger.opens("/en/staff").request.path == "/en/staff"
    assert ("ruth", "gave a link for a new password", "account", "tendai", "") in world.trail(
        BRIDGE
    )


def test_a_lost_second_step_is_taken_away_once_that_was_confirmed(world: World) -> None:
    tendai, ruth = world.people.tendai, world.people.ruth
    tendai.fills("/en/staff/account/second-step/list", now=PASSWORD)
    one = f"{MEMBERS}/{world.number('tendai')}"
    assert "Signs in with two steps." in ruth.opens(one).text
    assert "phone and list are both lost" in ruth.opens(f"{one}/second-step").text
    assert "Signs in with two steps." in ruth.opens(one).text
    assert tendai.opens("/en/staff").request.path == "/en/staff"
    page = ruth.fills(f"{one}/second-step")
    assert "Has no second step yet." in page.text
    assert tendai.opens("/en/staff").request.path == "/en/staff/sign-in", "whoever has her phone"
    assert world.trail(BRIDGE)[-1] == (
        "ruth",
        "took the second step away",
        "account",
        "tendai",
        "",
    )


def test_what_a_role_means_is_explained_where_it_is_given(world: World) -> None:
    page = world.people.ruth.opens(f"{MEMBERS}/invite").text
    assert "Reads reports. Changes nothing." in page
    assert "Looks after the server" not in page


def test_languages_of_one_name_are_told_apart(world: World) -> None:
    page = world.people.ruth.opens(f"{MEMBERS}/invite").text
    listed = re.findall(r'<option value="([\w-]+)">([^<]+)</option>', page)
    named = [name for tag, name in listed if tag in ("ff", "fub", "fuv")]
    assert sorted(named) == ["Fulfulde (ff)", "Fulfulde (fub)", "Fulfulde (fuv)"]
    assert [name for tag, name in listed if tag == "sw"] == ["Kiswahili"]


def test_an_invitation_and_the_place_of_work_say_for_what_the_role_is(world: World) -> None:
    ruth = world.people.ruth
    programme = str(world.programme(BRIDGE, "North"))
    for login, role, language, scope, words in (
        ("chipo", "translator", "sw", "0", "Translator (<bdi>Kiswahili</bdi>)"),
        ("farai", "trainer", "", programme, "Trainer (<bdi>North</bdi>)"),
        ("nyasha", "publisher", "", "0", "Publisher</p>"),
    ):
        page = ruth.fills(f"{MEMBERS}/invite", role=role, language=language, programme=scope)
        somebody = StaffPerson(world.house.test_client(), login)
        assert words in somebody.opens(link_in(page)).text
        mine = takes(world.house, link_in(page), login)
        assert words in mine.opens("/en/staff").text
        assert words.removesuffix("</p>") in mine.opens("/en/staff/account").text
