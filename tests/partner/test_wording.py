"""Words at the desk that stand between two languages."""

import pytest
from flask import Flask
from flask_babel import Babel

from edu.pages.set_apart import codes_apart, set_apart
from edu.pages.speaking import speaking
from edu.partner.note_wording import note_words


@pytest.mark.parametrize(
    ("tag", "value", "shown"),
    [
        ("ar", "benzi", "\u2068benzi\u2069"),
        ("ar", "مجنون", "مجنون"),
        ("ar", "99", "99"),
        ("en", "benzi", "benzi"),
        ("en", "مجنون", "\u2068مجنون\u2069"),
    ],
)
def test_only_words_that_run_another_way_are_set_apart(tag: str, value: str, shown: str) -> None:
    with speaking(tag):
        assert set_apart({"found": value}) == {"found": shown}


def test_what_a_text_is_told_of_stands_apart_from_its_english_words() -> None:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        assert note_words("title of the page") == ("title of the page", "")
        assert note_words("an answer to: Who greets?") == ("an answer to:", "Who greets?")
        assert note_words("title of the block do") == ("title of the block “Try it”", "")
        assert note_words("Keep it short.") == ("", "Keep it short.")


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("اكتبوه هكذا: 2026-11-30.", "اكتبوه هكذا: [2026-11-30]."),
        ("مثل 2026-11. لا", "مثل [2026-11]. لا"),
        ("أولاً: sw-KE en", "أولاً: [sw-KE en]"),
        ("-0.08 (بين -0.54 و0.38)", "[-0.08] (بين [-0.54] و0.38)"),
    ],
)
def test_what_is_to_be_typed_as_it_stands_is_set_apart_where_a_page_runs_the_other_way(
    sentence: str, shown: str
) -> None:
    with speaking("ar"):
        assert codes_apart(sentence).translate({0x2066: "[", 0x2069: "]"}) == shown
    with speaking("sw"):
        assert codes_apart(sentence) == sentence
