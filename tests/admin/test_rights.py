"""Who may do what: the table in the program, on the page, and in the document are one."""

import re

from flask import Flask

from edu.admin.wording import right_words
from edu.partners.roles import RIGHTS, Right, Role
from tests.admin.conftest import World
from tests.admin.rights_page import OPEN, PAGE, renewed, staff_rules, who_may

#: Where nobody is signed in yet, and why.
BEFORE_SIGNING_IN = re.compile(
    r"/<tag>/staff/(sign-in|first|invitation|reset|forgotten|elsewhere)\b"
)


def test_the_document_says_what_the_program_does(house: Flask) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == renewed(page, house), "run python -m tests.admin.rights_page"


def test_every_address_of_staff_says_who_may_enter(house: Flask) -> None:
    unguarded = [rule.rule for rule in staff_rules(house) if who_may(house, rule) == OPEN]
    assert [each for each in unguarded if not BEFORE_SIGNING_IN.match(each)] == []


def test_everything_below_the_server_is_for_keepers_only(house: Flask) -> None:
    found = {
        who_may(house, rule)
        for rule in staff_rules(house)
        if rule.rule.startswith("/<tag>/staff/server")
    }
    assert found == {Right.LOOK_AFTER_SERVER.value}


def test_every_role_may_do_something_and_every_right_is_somebodys() -> None:
    assert set(RIGHTS) == set(Role)
    assert all(RIGHTS.values())
    assert frozenset().union(*RIGHTS.values()) == frozenset(Right)


def test_only_a_keeper_looks_after_the_server_and_she_sees_no_figures() -> None:
    assert [role for role in Role if Right.LOOK_AFTER_SERVER in RIGHTS[role]] == [Role.KEEPER]
    assert RIGHTS[Role.KEEPER] == {Right.LOOK_AFTER_SERVER}


def test_everybody_who_works_here_can_read_who_may_do_what(world: World) -> None:
    page = world.people.tendai.opens("/en/staff/rights").text
    told = re.findall(r"<dt><strong>([^<]+)</strong></dt><dd>([^<]+)</dd>", page)
    with world.house.test_request_context("/en/staff/rights"):
        world.house.preprocess_request()
        wanted = [right_words(right).replace("'", "&#39;") for right in Right]
    assert [right for right, _roles in told if right in wanted] == wanted
    assert dict(told)[wanted[-1]] == "Looks after the server"


def test_a_stranger_cannot_read_it(house: Flask) -> None:
    answer = house.test_client().get("/en/staff/rights")
    assert answer.headers["Location"] == "/en/staff/sign-in"
