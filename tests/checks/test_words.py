"""The lists of words that hurt: whole, in form, and with something to say instead."""

import unicodedata

import pytest

from edu.checks.pair import Pair, check_pair
from edu.checks.stigma import WORDS, words_of

LANGUAGES = sorted(path.stem for path in WORDS.glob("*.toml"))
KINDS = {"label", "contempt", "suicide", "method", "brain", "myth"}


def test_the_languages_of_the_starter_profiles_have_words() -> None:
    expected = {"ar", "bem", "es", "fr", "gd", "ha", "hi", "ig", "nb", "nd", "ny", "pcm", "si"}
    expected |= {"sn", "sv", "sw", "ta", "yo"}
    assert sorted(expected - set(LANGUAGES)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_whole(language: str) -> None:
    for word in words_of(language):
        assert word.kind in KINDS
        assert bool(word.say) == (word.kind in ("label", "contempt", "suicide", "brain"))
        assert word.forms
        for form in word.forms:
            assert form == unicodedata.normalize("NFC", form).strip()
        assert len(set(word.forms)) == len(word.forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_instead_does_not_hurt(language: str) -> None:
    for word in words_of(language):
        found = [each.check for each in check_pair(Pair(language, "A person", word.say or "x"))]
        assert [check for check in found if check.startswith("words-")] == []
