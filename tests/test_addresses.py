"""Addresses are put together as werkzeug does it, only later."""

from pathlib import Path

import pytest
from werkzeug.routing import Map, Rule

from edu.addresses import LateRule
from tests.conftest import leave, make_house

RULES: list[tuple[str, dict[str, object]]] = [
    ("/", {}),
    ("/<tag>/lessons/<name>", {}),
    ("/<tag>/groups/<int(fixed_digits=4):number>", {}),
    ("/<tag>/any/<any(one,two):which>/ä b", {}),
    ("/<tag>/files/<path:place>", {}),
    ("/first", {"page": 1}),
]
ASKED: list[dict[str, object]] = [
    {},
    {"tag": "en", "name": "a b/ä"},
    {"tag": "ar", "number": 7, "page": 2},
    {"tag": "ta", "which": "two"},
    {"tag": "sw-KE", "place": "a/ b", "tab": ["x", "ü"]},
    {"page": 1},
]


def addresses(kind: type[Rule]) -> list[tuple[str, str] | None]:
    """What rules of this kind answer to everything asked, twice, with what they do not take and
    without."""
    rules = [
        kind(rule, endpoint=str(place), defaults=defaults)
        for place, (rule, defaults) in enumerate(RULES)
    ]
    Map(rules)
    return [
        rule.build(values, append_unknown)
        for rule in rules
        for values in ASKED
        if rule.arguments <= values.keys() | (rule.defaults or {}).keys()
        for append_unknown in (False, True, False, True)
    ]


def test_a_late_rule_makes_the_addresses_werkzeug_makes() -> None:
    assert addresses(LateRule) == addresses(Rule)


def test_an_application_begins_without_compiling_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    real = Rule._compile_builder

    def noted(rule: Rule, append_unknown: bool = True) -> object:
        compiled.append(rule.rule)
        return real(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    app = make_house(tmp_path, "sqlite://")
    try:
        assert compiled == []
        with app.test_request_context():
            app.url_for("home.home", tag="en")
            app.url_for("home.home", tag="ar")
        assert compiled == ["/<tag>/staff"]
    finally:
        leave(app)
