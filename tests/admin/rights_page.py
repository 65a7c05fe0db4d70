"""Writes the tables of docs/security/rights.md: `python -m tests.admin.rights_page` brings them up
to date, and test_rights.py says when they are not."""

import re
import tempfile
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from edu.partners.roles import BY_LANGUAGE, BY_PROGRAMME, RIGHTS, Right, Role
from edu.settings import ROOT
from tests.conftest import make_house

PAGE = ROOT / "docs" / "security" / "rights.md"

#: What somebody is who needs no right of her own.
SIGNED_IN = "anybody who is signed in"
OPEN = "anybody"


def roles_table() -> list[str]:
    """Roles and rights, a row for each right."""
    head = "| right | " + " | ".join(role.value for role in Role) + " |"
    lines = [head, "| --- |" + " --- |" * len(Role)]
    for right in Right:
        marks = ("yes" if right in RIGHTS[role] else "" for role in Role)
        lines.append(f"| {right.value} | " + " | ".join(marks) + " |")
    return lines


def scopes_table() -> list[str]:
    """For what each role can be held."""
    lines = ["| role | for one language | for one programme |", "| --- | --- | --- |"]
    for role in Role:
        by_language = "yes" if role in BY_LANGUAGE else ""
        by_programme = "yes" if role in BY_PROGRAMME else ""
        lines.append(f"| {role.value} | {by_language} | {by_programme} |")
    return lines


def staff_rules(app: Flask) -> list[Rule]:
    """Every address below /staff."""
    found = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/<tag>/staff")]
    return sorted(found, key=lambda rule: (rule.rule, rule.endpoint))


def who_may(app: Flask, rule: Rule) -> str:
    """Who enters, as the view itself says."""
    rights = getattr(app.view_functions[rule.endpoint], "rights", None)
    if rights is None:
        return OPEN
    return " or ".join(right.value for right in rights) if rights else SIGNED_IN


def routes_table(app: Flask) -> list[str]:
    """Addresses and the right that opens each."""
    lines = ["| address | method | who enters |", "| --- | --- | --- |"]
    for rule in staff_rules(app):
        methods = " ".join(sorted(set(rule.methods or ()) & {"GET", "POST"}))
        lines.append(f"| `{_short(rule.rule)}` | {methods} | {who_may(app, rule)} |")
    return lines


def _short(rule: str) -> str:
    """An address without its language, and without what is said of its blanks."""
    return re.sub(r"<(?:[^<>]*:)?([^<>:]+)>", r"<\1>", rule).removeprefix("/<tag>")


def renewed(page: str, app: Flask) -> str:
    """The page with its tables as they should be."""
    for name, lines in (
        ("rights", roles_table()),
        ("scopes", scopes_table()),
        ("routes", routes_table(app)),
    ):
        begin, end = f"<!-- from the program: {name} -->\n", f"<!-- end of {name} -->"
        above, _, rest = page.partition(begin)
        below = rest.partition(end)[2]
        page = above + begin + "\n" + "\n".join(lines) + "\n\n" + end + below
    return page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        house = make_house(Path(folder), f"sqlite:///{folder}/daraja.sqlite")
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), house), encoding="utf-8")
