"""Which doors answer with other headers than all the rest, and with which."""

import pytest
from flask import Flask

from edu.pages.headers import SECURITY
from tests.access.doors import OPEN
from tests.access.test_matrix import filled, methods, staff_rules
from tests.access.world import build

POLICY, FRAME, MAY = "Content-Security-Policy", "X-Frame-Options", "Permissions-Policy"


@pytest.mark.thorough
def test_only_the_desk_loosens_a_header(house: Flask) -> None:
    world = build(house)
    loose: dict[str, set[str]] = {}
    opened = 0
    for rule in staff_rules(house):
        if rule.endpoint in OPEN or "GET" not in methods(rule):
            continue
        address = filled(house, rule, world, world.ours)
        for who in ("administrator", "translator", "keeper"):
            answer = world.browsers[who].get(address)
            opened += answer.status_code == 200
            differ = {name for name, value in SECURITY if answer.headers.getlist(name) != [value]}
            if differ:
                loose.setdefault(rule.endpoint, set()).update(differ)
    assert opened > 80
    assert loose == {
        "desk.part": {POLICY},
        "segment.segment": {POLICY},
        "preview.page": {POLICY, FRAME},
        "recordings.record": {MAY},
    }
