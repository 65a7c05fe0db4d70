"""Whether words speak of suicide, in the languages that we have words for."""

import tomllib
import unicodedata

import pytest

from edu.checks.stigma import WORDS
from edu.checks.suicide import speaks_of_suicide
from edu.checks.terms import Term

LANGUAGES = sorted(path.stem for path in WORDS.glob("*.toml"))


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("en-KE", "She tried to end her own life.", "end her own life"),
        ("sn-ZW", "Akaedza kuzviuraya zuro.", "kuzviuraya"),
        ("sw-KE", "Alijiua.", "Alijiua"),
        ("sw", "anafikiria kukatisha maisha", "kukatisha maisha"),
        ("ar", "فكّر في الانتِحار.", "الانتحار"),
        ("hi-IN", "वह ख़ुदकुशी की बात करता है।", "ख़ुदकुशी"),
        ("ta-LK", "தற்கொலையைப் பற்றி", "தற்கொலையைப்"),
        ("nn", "Ho tenkte på sjølvmord.", "sjølvmord"),
        ("es-AR", "Pensaba en\nquitarse la vida", "quitarse la vida"),
        ("zu", "Suicide is spoken of in English.", "Suicide"),
        # What only looks like it.
        ("en-KE", "She lives her own life and kills time.", ""),
        ("sn", "Akafunga zvekurima.", ""),
        ("ny", "kudziphunzitsa", ""),
        ("ar", "انتظار", ""),
        ("sv", "Hon tog sitt barn.", ""),
    ],
)
def test_the_lists_know_plain_words_and_nothing_that_looks_like_them(
    tag: str, text: str, found: str
) -> None:
    assert speaks_of_suicide(text, tag) == unicodedata.normalize("NFC", found)


def test_a_communitys_own_word_counts_and_a_word_to_avoid_is_no_term() -> None:
    term = Term("suicide", forms=("leaving by the river",))
    assert speaks_of_suicide("He spoke of leaving by the river.", "toi", [term]) == term.forms[0]
    avoided = Term("suicide", forms=("the river",), avoid=True)
    assert speaks_of_suicide("We met by the river.", "toi", [avoided]) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_with_words_has_words_for_it(language: str) -> None:
    table = tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))
    forms = table["speaks_of_suicide"]
    assert forms
    assert [form for form in forms if form != unicodedata.normalize("NFC", form).strip()] == []
    assert len(set(forms)) == len(forms)
    for form in forms:
        assert speaks_of_suicide(f"x {form.replace('*', 'a')}.", language) != ""
