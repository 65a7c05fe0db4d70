"""Names of files: what is not plain is refused, and shown by its code points."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.gate.names import LONGEST, alike, name_problem, path_problem, shown

PLAIN = [
    "m1.po",
    "03-us.md",
    "Somo la kwanza.md",
    "Gĩkũyũ.po",
    "தமிழ்.po",
    "हिन्दी.po",
    "العربية.po",
    "می‌خواهم.po",  # with the sign that parts two letters of one word
    "አማርኛ.po",
    "中文.po",
    "Привет.po",
    "Ελληνικά.po",
    "a+b, (c).po",
    "l'amour.po",
    "m1.sw-KE.po",
]

_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_NOTHING = "\u200b\u2060\ufeff\u00ad\u180e\u115f\u3164\uffa0\u034f\u2800"
_CONTROLS = "\x00\x01\x07\x08\t\n\r\x1b\x7f\x85\x9b\u2028\u2029"
_SECOND_SLASHES = "\u2215\u2044\uff0f\u29f8\u2216\uff3c\u2024\uff0e\ua789\u02d0\uff1a"
_BLANKS = "\u00a0\u2003\u3000\u202f"
_SIGNS = '\\/:*?"<>|;&$`%#!~^=[]{}@'

HOSTILE = [
    *(f"m1{sign}.po" for sign in _BIDI + _NOTHING + _CONTROLS + _SECOND_SLASHES + _BLANKS + _SIGNS),
    "",
    ".po",
    "..po",
    "-rf.po",
    " m1.po",
    "m1.po ",
    "m1.po.",
    "../m1.po",
    "a/m1.po",
    "C:m1.po",
    "m1..po",
    "con.po",
    "LPT1.po",
    "nul.x.po",
    "a" * (LONGEST + 1) + ".po",
    "த" * 70 + ".po",  # few letters, many bytes
    "m1.md",
    "m1.po.exe",
    "m1.html.po",
    "m1.svg.po",
    "m1.php.po",
    "mо1.po",  # with a Cyrillic letter
    "αbc.po",  # with a Greek one
    "ＡＢＣ.po",
    "ﬁle.po",
    "m¹.po",
    "Ⅳ.po",
    "𝐦1.po",
    unicodedata.normalize("NFD", "é.po"),
    unicodedata.normalize("NFD", "Gĩkũyũ.po"),
    "\u0301m1.po",
    "\u200cm1.po",
    "🙂.po",
    "\ud800.po",
    "\U000e0041m1.po",
]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_name_in_any_script_is_taken(name: str) -> None:
    assert name_problem(name, (".po", ".md")) == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_not_plain_is_refused(name: str) -> None:
    assert name_problem(name, (".po",)) != ""


def test_there_are_enough_hostile_names() -> None:
    assert len(set(HOSTILE)) >= 60


@given(st.text(max_size=30))
def test_whatever_a_name_is_it_is_shown_in_signs_that_do_nothing(name: str) -> None:
    seen = shown(name)
    assert [sign for sign in seen if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Zl")] == []
    assert set(seen) & set(_BIDI) == set()
    seen.encode("utf-8")


@given(st.text(max_size=20))
def test_a_name_that_is_taken_is_one_name_however_it_is_written(name: str) -> None:
    if name_problem(name) == "":
        assert unicodedata.normalize("NFC", name) == name
        assert "/" not in name
        assert alike(name) == alike(unicodedata.normalize("NFD", name).upper().lower())


@pytest.mark.parametrize(
    "path",
    ["/m1.po", "a//m1.po", "a/../m1.po", "./m1.po", "a/b/c/d/e/f/m1.po", "a\\m1.po", "con/m1.po"],
)
def test_a_path_leads_down_from_its_own_folder_or_is_refused(path: str) -> None:
    assert path_problem("a/m1.po", (".po",)) == ""
    assert path_problem(path, (".po",)) != ""
