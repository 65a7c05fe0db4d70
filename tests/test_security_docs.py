"""What the pages on security claim: every named test exists, and every figure is the program's."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from limits import RateLimitItem

from edu.brakes.brakes import BRAKES
from edu.learning.learners import SESSION_DAYS
from edu.models import TABLES
from edu.partners import passwords, sessions
from edu.server.choices import MOST_MONTHS, Choices
from tests.test_docs import ROOT, named, rows, section, text_of

SECURITY = "docs/security"

#: The levels of all requirements of ASVS 5.0.0, section by section, in their order.
LEVELS = {
    "V1.1": "22",
    "V1.2": "1111122223",
    "V1.3": "112222222223",
    "V1.4": "222",
    "V1.5": "123",
    "V2.1": "122",
    "V2.2": "112",
    "V2.3": "12223",
    "V2.4": "23",
    "V3.1": "3",
    "V3.2": "113",
    "V3.3": "12223",
    "V3.4": "11222233",
    "V3.5": "11122333",
    "V3.6": "3",
    "V3.7": "22333",
    "V4.1": "12233",
    "V4.2": "23333",
    "V4.3": "22",
    "V4.4": "1222",
    "V5.1": "2",
    "V5.2": "112333",
    "V5.3": "113",
    "V5.4": "222",
    "V6.1": "122",
    "V6.2": "111111112222",
    "V6.3": "11223333",
    "V6.4": "112233",
    "V6.5": "22222333",
    "V6.6": "2223",
    "V6.7": "33",
    "V6.8": "2222",
    "V7.1": "222",
    "V7.2": "1111",
    "V7.3": "22",
    "V7.4": "11222",
    "V7.5": "223",
    "V7.6": "22",
    "V8.1": "1233",
    "V8.2": "1123",
    "V8.3": "133",
    "V8.4": "23",
    "V9.1": "111",
    "V9.2": "1222",
    "V10.1": "22",
    "V10.2": "223",
    "V10.3": "22223",
    "V10.4": "1111122222233333",
    "V10.5": "22222",
    "V10.6": "22",
    "V10.7": "222",
    "V11.1": "2233",
    "V11.2": "22233",
    "V11.3": "11233",
    "V11.4": "1222",
    "V11.5": "23",
    "V11.6": "23",
    "V11.7": "33",
    "V12.1": "12233",
    "V12.2": "11",
    "V12.3": "22223",
    "V13.1": "2333",
    "V13.2": "222223",
    "V13.3": "2233",
    "V13.4": "1222233",
    "V14.1": "22",
    "V14.2": "12223333",
    "V14.3": "122",
    "V15.1": "12233",
    "V15.2": "12233",
    "V15.3": "1222222",
    "V15.4": "3333",
    "V16.1": "2",
    "V16.2": "22222",
    "V16.3": "2222",
    "V16.4": "222",
    "V16.5": "2223",
    "V17.1": "23",
    "V17.2": "22223333",
    "V17.3": "22",
}

#: How many of level 1 and of level 2 each chapter has, as the standard itself counts them.
CHAPTERS = {
    1: (8, 19),
    2: (4, 7),
    3: (8, 11),
    4: (2, 8),
    5: (4, 5),
    6: (13, 22),
    7: (6, 12),
    8: (4, 3),
    9: (4, 3),
    10: (5, 24),
    11: (3, 11),
    12: (3, 6),
    13: (1, 12),
    14: (2, 7),
    15: (3, 10),
    16: (0, 16),
    17: (0, 7),
}

_TEST = re.compile(r"tests/[\w/]+\.py(?:::\w+)?")


@cache
def named_tests(path: str) -> frozenset[str]:
    """The tests in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def lost_tests(text: str) -> list[str]:
    """Every test that a text names and that is not there. A file alone names none."""
    lost = []
    for name in _TEST.findall(text):
        path, _, test = name.partition("::")
        if not (ROOT / path).is_file() or (test and test not in named_tests(path)):
            lost.append(name)
    return lost


def pages() -> list[Path]:
    return sorted((ROOT / SECURITY).glob("*.md"))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    assert lost_tests(page.read_text(encoding="utf-8")) == []


def test_a_test_that_is_not_there_would_be_missed() -> None:
    assert lost_tests("`tests/test_docs.py::test_nothing` and `tests/nowhere.py::test_x`") == [
        "tests/test_docs.py::test_nothing",
        "tests/nowhere.py::test_x",
    ]


def asvs() -> list[list[str]]:
    return [cells for cells in rows(text_of(f"{SECURITY}/asvs.md")) if re.match(r"V\d", cells[0])]


def test_the_levels_are_those_of_the_standard() -> None:
    counted = {
        chapter: tuple(
            sum(
                levels.count(level)
                for name, levels in LEVELS.items()
                if name.startswith(f"V{chapter}.")
            )
            for level in "12"
        )
        for chapter in CHAPTERS
    }
    assert counted == CHAPTERS
    assert tuple(map(sum, zip(*CHAPTERS.values(), strict=True))) == (70, 183)
    assert sum(map(len, LEVELS.values())) == 345


def test_the_table_has_every_requirement_of_levels_1_and_2_once() -> None:
    wanted = [
        (f"{name}.{number}", level)
        for name, levels in LEVELS.items()
        for number, level in enumerate(levels, 1)
        if level in "12"
    ]
    assert [(cells[0], cells[1]) for cells in asvs()] == wanted
    assert len(wanted) == 253


def test_every_verdict_has_what_it_needs() -> None:
    for id, _level, asks, verdict, why in asvs():
        assert verdict in ("passes", "not applicable", "accepted"), id
        assert len(asks) > 12, id
        if verdict == "passes":
            assert "::test_" in why, id
        elif verdict == "accepted":
            assert re.search(r"The maintainers, 20\d\d-\d\d-\d\d\.$", why), id
        else:
            assert len(why) > 10, id


def test_the_totals_above_the_table_are_those_of_the_table() -> None:
    counted = Counter(cells[3] for cells in asvs())
    text = section(text_of(f"{SECURITY}/asvs.md"), "## In figures")
    told = {cells[0]: int(cells[1]) for cells in rows(text)}
    assert told == {**counted, "all": 253}


def test_every_threat_has_a_defence_and_a_test() -> None:
    table = rows(section(text_of(f"{SECURITY}/threats.md"), "## The threats"))
    assert [int(cells[0]) for cells in table] == list(range(1, 37))
    for cells in table:
        assert all(cells), cells[0]
        assert "::test_" in cells[-1], cells[0]


def _said(limit: RateLimitItem | None) -> str:
    if limit is None:
        return "–"
    unit = limit.GRANULARITY.name
    times = f"{limit.multiples} {unit}s" if limit.multiples > 1 else f"one {unit}"
    return f"{limit.amount} in {times}"


def decisions(heading: str) -> str:
    return section(text_of(f"{SECURITY}/decisions.md"), heading)


def test_the_limits_are_those_of_the_brakes() -> None:
    assert rows(decisions("## How often")) == [
        [kind, *map(_said, (brake.address, brake.whole, brake.tight, brake.who))]
        for kind, brake in BRAKES.items()
    ]


def test_the_ends_of_sessions_are_those_of_the_program() -> None:
    staff, learner = rows(decisions("## Sessions"))
    assert staff[1:3] == [f"{sessions.IDLE // 60} minutes", f"{sessions.LONGEST // 3600} hours"]
    assert learner[2] == f"{SESSION_DAYS} days"


def test_the_rules_for_passwords_are_those_of_the_program() -> None:
    text = decisions("## Passwords and second steps").strip()
    assert text.startswith(
        f"At least {passwords.SHORTEST} characters, at most {passwords.LONGEST}, any characters"
    )


def test_every_table_is_of_one_kind_of_data() -> None:
    kinds = rows(decisions("## Kinds of data"))
    assert [cells[0] for cells in kinds] == [
        "answers",
        "staff",
        "organisation",
        "texts in work",
        "notes",
        "voices",
        "faces",
        "public",
    ]
    told = sorted(name for cells in kinds for name in named(cells[1]))
    assert told == sorted(table.name for table in TABLES)


def test_answers_are_deleted_when_the_pages_say() -> None:
    assert Choices().kept_months == MOST_MONTHS == 24
    assert "deleted after 24 months" in decisions("## Kinds of data")
    assert "24 months after the last answer" in text_of(f"{SECURITY}/dpia.md")


def test_the_assessment_leaves_something_to_fill_in_under_every_heading() -> None:
    text = text_of(f"{SECURITY}/dpia.md")
    headings = re.findall(r"^## \d\. .*$", text, re.MULTILINE)
    assert len(headings) == 6
    silent = [each for each in headings if "**You:**" not in section(text, each)]
    assert silent == []
