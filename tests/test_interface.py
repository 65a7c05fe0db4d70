"""The words of the interface, looked up along the chain of languages."""

from pathlib import Path

import flask
import flask_babel
import flask_wtf
import pytest
import wtforms

from edu.catalogues import check
from edu.interface import ChainDomain, Interface
from edu.languages import language
from tests.catalogues import write


@pytest.fixture
def interface(tmp_path: Path) -> Interface:
    write(
        tmp_path,
        "sw-KE",
        """
msgid "Next"
msgstr "Endelea"

msgctxt "month"
msgid "May"
msgstr "Mei ya Kenya"

#, fuzzy
msgid "Back"
msgstr "Rudi (ya zamani)"

msgid "Stop"
msgstr ""
""",
    )
    write(
        tmp_path,
        "sw",
        """
msgid "Next"
msgstr "Mbele"

msgid "Back"
msgstr "Rudi"

msgid "Stop"
msgstr "Simama"

msgid "%(num)s lesson"
msgid_plural "%(num)s lessons"
msgstr[0] "somo %(num)s"
msgstr[1] "masomo %(num)s"
""",
    )
    write(
        tmp_path,
        "hi",
        """
msgid "%(num)s lesson"
msgid_plural "%(num)s lessons"
msgstr[0] "%(num)s पाठ (एक)"
msgstr[1] "%(num)s पाठ"

msgctxt "box"
msgid "%(num)s card"
msgid_plural "%(num)s cards"
msgstr[0] "%(num)s कार्ड (एक)"
msgstr[1] "%(num)s कार्ड"
""",
    )
    return Interface(tmp_path)


def test_a_message_comes_from_the_nearest_catalogue_of_the_chain(interface: Interface) -> None:
    words = interface.translations("sw-KE-x-kibera")
    messages = ["Next", "Back", "Stop", "Begin"]
    assert [words.gettext(message) for message in messages] == [
        "Endelea",
        "Rudi",
        "Simama",
        "Begin",
    ]
    assert [interface.origin("sw-KE", message) for message in messages] == [
        "sw-KE",
        "sw",
        "sw",
        "en",
    ]


def test_a_context_is_part_of_a_message(interface: Interface) -> None:
    words = interface.translations("sw-KE")
    assert words.pgettext("month", "May") == "Mei ya Kenya"
    assert words.pgettext("verb", "May") == "May"
    assert words.gettext("May") == "May"
    assert (words.origin("May", "month"), words.origin("May")) == ("sw-KE", "en")


def test_a_counted_message_is_counted_by_the_rule_of_its_own_catalogue(
    interface: Interface,
) -> None:
    def counted(tag: str) -> list[str]:
        words = interface.translations(tag)
        return [words.ngettext("%(num)s lesson", "%(num)s lessons", n) for n in (0, 1, 2)]

    assert counted("sw-KE") == ["masomo %(num)s", "somo %(num)s", "masomo %(num)s"]
    assert counted("hi-IN") == ["%(num)s पाठ (एक)", "%(num)s पाठ (एक)", "%(num)s पाठ"]
    assert counted("ar") == ["%(num)s lessons", "%(num)s lesson", "%(num)s lessons"]
    cards = interface.translations("hi").npgettext("box", "%(num)s card", "%(num)s cards", 0)
    assert cards == "%(num)s कार्ड (एक)"


def test_the_rule_of_the_file_counts_where_it_differs_from_ours(tmp_path: Path) -> None:
    lessons = 'msgid "lesson"\nmsgid_plural "lessons"\nmsgstr[0] "somo"\nmsgstr[1] "masomo"'
    write(tmp_path, "sw", lessons, "nplurals=2; plural=n>2;")
    words = Interface(tmp_path).translations("sw-KE")
    assert [words.ngettext("lesson", "lessons", n) for n in (2, 3)] == ["somo", "masomo"]


def test_tags_without_a_catalogue_share_the_words_of_their_ancestors(interface: Interface) -> None:
    assert interface.translations("sw-TZ") is interface.translations("sw")
    assert interface.translations("../../etc") is interface.translations("en")


def test_a_translation_that_would_break_the_page_is_left_to_the_ancestor(tmp_path: Path) -> None:
    write(tmp_path, "sw", 'msgid "Hello %(name)s"\nmsgstr "Habari %(name)s"')
    write(tmp_path, "sw-KE", 'msgid "Hello %(name)s"\nmsgstr "Sasa %(jina)s"')
    assert Interface(tmp_path).translations("sw-KE").gettext("Hello %(name)s") == "Habari %(name)s"


@pytest.mark.parametrize("plural", ["nplurals=7; plural=n;", "nplurals=2; plural=n;", "two"])
def test_an_unsound_file_is_left_out_and_the_check_says_why(tmp_path: Path, plural: str) -> None:
    broken = write(tmp_path, "ar", 'msgid "a" msgstr')
    unsound = write(tmp_path, "sw", 'msgid "Next"\nmsgstr "Endelea"\n', plural)
    sound = write(tmp_path, "ta", 'msgid "Next"\nmsgstr "அடுத்து"\n')
    interface = Interface(tmp_path)
    said = [interface.translations(tag).gettext("Next") for tag in ("ar", "sw", "ta")]
    assert said == ["Next", "Next", "அடுத்து"]
    assert [bool(check(path)) for path in (broken, unsound, sound)] == [True, True, False]
    assert check(broken)[0].line == 6


def test_a_folder_that_is_no_tag_is_not_served_and_reported(tmp_path: Path) -> None:
    path = write(tmp_path, "kiswahili", "", language("en").plural.header)
    assert Interface(tmp_path).translations("sw").gettext("Next") == "Next"
    assert [str(mistake) for mistake in check(path)] == [
        f"{path}:1: the folder kiswahili is not named by a language tag; sw-KE is one"
    ]


@pytest.fixture
def app(interface: Interface) -> flask.Flask:
    app = flask.Flask("tiny")
    flask_babel.Babel(app, locale_selector=lambda: language(flask.g.tag).formatting)
    ChainDomain(interface, lambda: flask.g.tag).attach(app)
    return app


def test_flask_babel_goes_along_the_chain(app: flask.Flask) -> None:
    later = flask_babel.lazy_gettext("Back")
    with app.test_request_context():
        flask.g.tag = "sw-KE"
        assert flask_babel.gettext("Next") == "Endelea"
        assert str(later) == "Rudi"
        lessons = flask_babel.ngettext("%(num)s lesson", "%(num)s lessons", 3)
        assert lessons == "masomo 3"
        flask.g.tag = "en"
        assert flask_babel.gettext("Next") == "Next"


def test_templates_go_along_the_chain(app: flask.Flask) -> None:
    template = """{{ _("Next") }}, {{ pgettext("month", "May") }}, {% trans num=3 %}
        {{ num }} lesson{% pluralize %}
        {{ num }} lessons{% endtrans %}"""
    with app.test_request_context():
        flask.g.tag = "sw-KE"
        shown = flask.render_template_string(template)
    assert shown == "Endelea, Mei ya Kenya, masomo 3"


_LONG = """
msgid "This field is required."
msgstr "Jaza hapa."

msgid "Field must be at least %(min)d character long."
msgid_plural "Field must be at least %(min)d characters long."
msgstr[0] "Andika herufi %(min)d."
msgstr[1] "Andika herufi %(min)d au zaidi."
"""


def test_forms_go_along_the_chain(tmp_path: Path) -> None:
    write(tmp_path, "sw", _LONG)
    app = flask.Flask("tiny")
    app.secret_key = "a test's secret"
    flask_babel.Babel(app)
    ChainDomain(Interface(tmp_path), lambda: flask.g.tag).attach(app)

    class Form(flask_wtf.FlaskForm):
        name = wtforms.StringField(validators=[wtforms.validators.InputRequired()])
        place = wtforms.StringField(validators=[wtforms.validators.Length(min=3)])

    told = {}
    for tag in ("sw-KE", "en"):
        with app.test_request_context(method="POST", data={"place": "x"}):
            flask.g.tag = tag
            app.preprocess_request()
            form = Form(meta={"csrf": False})
            assert not form.validate_on_submit()
            told[tag] = form.errors
    assert told == {
        "sw-KE": {"name": ["Jaza hapa."], "place": ["Andika herufi 3 au zaidi."]},
        "en": {
            "name": ["This field is required."],
            "place": ["Field must be at least 3 characters long."],
        },
    }
