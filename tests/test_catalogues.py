"""The catalogues of the interface: brought up to date with what is said, and checked."""

import re
from pathlib import Path

import pytest
import wtforms
from babel.messages.extract import extract_from_dir

from edu.catalogues import _KEYWORDS, FORM_MESSAGES, check, extract, freshness, update
from edu.languages import language
from edu.settings import ROOT
from tests.catalogues import write

LESSONS = 'msgid "One lesson"\nmsgid_plural "%(num)s lessons"\n'


@pytest.mark.parametrize(
    ("tag", "entry", "messages"),
    [
        ("sw", 'msgid "Hi %(name)s"\nmsgstr "Habari %(name)s"', []),
        ("sw", 'msgid "Hi %(name)s"\nmsgstr ""', []),
        ("sw", '#, fuzzy\nmsgid "Hi %(name)s"\nmsgstr "Habari"', []),
        (
            "sw",
            'msgid "Hi %(name)s"\nmsgstr "Habari %(jina)s"',
            [
                "%(name)s is missing in: Habari %(jina)s",
                "%(jina)s is not in the English of: Habari %(jina)s",
            ],
        ),
        (
            "sw",
            'msgid "Hi %(name)s"\nmsgstr "Habari %(name)"',
            [
                "%(name)s is missing in: Habari %(name)",
                "a percent sign is written %% in: Habari %(name)",
            ],
        ),
        ("sw", 'msgid "half"\nmsgstr "50%"', ["a percent sign is written %% in: 50%"]),
        ("sw", 'msgid "half"\nmsgstr "50%%"', []),
        ("sw", 'msgid "50%"\nmsgstr "asilimia 50%"', []),
        (
            "sw",
            'msgid "a <b>c</b>"\nmsgstr "a <b onclick=x()>c</b>"',
            ["the tags are not those of the English in: a <b onclick=x()>c</b>"],
        ),
        ("sw", 'msgid "<b>a</b> <i>c</i>"\nmsgstr "<i>c</i> <b>a</b>"', []),
        ("sw", LESSONS + 'msgstr[0] "somo moja"\nmsgstr[1] "masomo %(num)s"', []),
        (
            "hi",
            LESSONS + 'msgstr[0] "एक पाठ"\nmsgstr[1] "%(num)s पाठ"',
            ["%(num)s is missing in: एक पाठ"],  # said of 0 and of 1
        ),
        ("yo", LESSONS + 'msgstr[0] "ẹ̀kọ́ %(num)s"', []),
        (
            "smj",  # the dual says its number by itself, the form for one too
            'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\n'
            'msgstr[0] "x"\nmsgstr[1] "y"\nmsgstr[2] "z"',
            ["%(num)s is missing in: z"],
        ),
        (
            "ar",
            LESSONS + 'msgstr[0] "x"\nmsgstr[1] "x %(num)s"',
            ["2 plural forms, but the language has 6"],
        ),
    ],
)
def test_placeholders_plural_forms_and_tags_are_those_of_the_english(
    tmp_path: Path, tag: str, entry: str, messages: list[str]
) -> None:
    path = write(tmp_path, tag, entry)
    line = 7 if entry.startswith("#") else 6
    assert [str(mistake) for mistake in check(path)] == [
        f"{path}:{line}: {message}" for message in messages
    ]


@pytest.mark.parametrize(
    ("plural", "messages"),
    [
        ("nplurals=2; plural=(n > 1)", []),
        ("nplurals=2; plural=n>=2;", []),
        ("nplurals=2; plural=(n != 1);", ["the header should say"]),
        ("nplurals=3; plural=(n > 1);", ["the header should say"]),
        ("nplurals=7; plural=(n > 1);", ["Plural-Forms is not a rule"]),
    ],
)
def test_the_header_counts_as_the_language_does(
    tmp_path: Path, plural: str, messages: list[str]
) -> None:
    found = check(write(tmp_path, "si", "", plural))
    assert [mistake.message[: len(messages[0])] for mistake in found] == messages


def test_a_message_that_stands_twice_is_reported_at_both_places(tmp_path: Path) -> None:
    path = write(tmp_path, "sw", 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"')
    assert [mistake.line for mistake in check(path)] == [6, 9]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    source = tmp_path / "edu"
    (source / "templates" / "learner").mkdir(parents=True)
    (source / "views.py").write_text(
        "from flask_babel import gettext as _, lazy_gettext, pgettext\n"
        '_("Next")\n'
        "# Translators: on a button\n"
        'lazy_gettext("Go back")\n'
        'pgettext("month", "May")\n',
        encoding="utf-8",
    )
    (source / "templates" / "learner" / "lesson.html").write_text(
        '{{ _("Next") }}{% trans %}100% free{% endtrans %}'
        "{% trans count=3 %}\n  {{ count }} lesson, 100%{% pluralize %}\n"
        "  {{ count }} lessons,\n  100%{% endtrans %}",
        encoding="utf-8",
    )
    return tmp_path


def read(project: Path, tag: str) -> str:
    path = project / "translations" / tag / "LC_MESSAGES" / "messages.po"
    return path.read_text(encoding="utf-8")


def test_extraction_finds_code_and_templates_in_the_order_of_files(project: Path) -> None:
    template = [entry for entry in extract(project) if entry.occurrences != [("wtforms", "")]]
    assert [(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in template] == [
        (None, "Next", ""),
        (None, "100%% free", ""),
        (None, "%(count)s lesson, 100%%", "%(count)s lessons, 100%%"),
        (None, "Go back", ""),
        ("month", "May", ""),
    ]
    assert template[0].occurrences == [
        ("edu/templates/learner/lesson.html", ""),
        ("edu/views.py", ""),
    ]
    assert [entry.flags for entry in template[:3]] == [[], [], ["python-format"]]
    assert template[3].comment == "on a button"


def test_extraction_knows_every_name_under_which_the_program_asks_for_words() -> None:
    imported = re.compile(r"from flask_babel import (\w*gettext)(?: as (\w+))?$", re.MULTILINE)
    names = {
        alias or name
        for file in (ROOT / "edu").rglob("*.py")
        for name, alias in imported.findall(file.read_text("utf-8"))
    }
    assert {"_", "_l", "ngettext"} <= names
    assert names - _KEYWORDS.keys() == set()


def test_extraction_works_without_templates(tmp_path: Path) -> None:
    (tmp_path / "edu").mkdir()
    assert {entry.occurrences[0][0] for entry in extract(tmp_path)} == {"wtforms"}


def test_the_messages_of_forms_are_what_wtforms_says() -> None:
    folder = Path(wtforms.__file__).parent
    keywords = {"gettext": None, "ngettext": (1, 2)}
    said = {message for _, _, message, _, _ in extract_from_dir(folder, keywords=keywords)}
    assert [message for message in FORM_MESSAGES if message not in said] == []


def test_a_new_catalogue_has_the_languages_header_and_no_dates(project: Path) -> None:
    assert len(update(project, ["ar"])) == 1
    assert read(project, "ar").startswith(
        "# The words of Daraja's interface: العربية\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: Daraja\\n"\n'
        '"Language: ar\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {language("ar").plural.header}\\n"\n'
        "\n"
        "#: edu/templates/learner/lesson.html edu/views.py\n"
        'msgid "Next"\n'
        'msgstr ""\n'
    )
    assert 'msgstr[5] ""' in read(project, "ar")
    assert [
        str(mistake)
        for mistake in check(project / "translations" / "ar" / "LC_MESSAGES" / "messages.po")
    ] == []


def test_an_update_changes_nothing_the_second_time(project: Path) -> None:
    write(project / "translations", "sw", 'msgid "Next"\nmsgstr "Mbele"')
    assert len(update(project, ["ar", "sw-KE"])) == 3
    assert update(project) == []
    assert freshness(project) == ""


def test_an_update_keeps_translations_and_drops_what_is_no_longer_said(project: Path) -> None:
    write(
        project / "translations",
        "sw",
        '# asked twice\nmsgid "Next"\nmsgstr "Mbele"\n\nmsgid "Gone for ever"\nmsgstr "Imeondoka"',
    )
    update(project)
    text = read(project, "sw")
    assert '# asked twice\n#: edu/templates/learner/lesson.html edu/views.py\nmsgid "Next"' in text
    assert 'msgstr "Mbele"' in text
    assert "Imeondoka" not in text


def test_a_changed_english_keeps_its_old_translation_as_fuzzy(project: Path) -> None:
    write(project / "translations", "sw", 'msgid "Go back."\nmsgstr "Rudi"')
    update(project)
    entry = '#, fuzzy\n#| msgid "Go back."\nmsgid "Go back"\nmsgstr "Rudi"\n'
    assert entry in read(project, "sw")
    assert update(project) == []


def test_a_regional_catalogue_holds_only_what_differs(project: Path) -> None:
    write(project / "translations", "sw", "")
    write(project / "translations", "sw-KE", 'msgid "Next"\nmsgstr "Endelea"')
    update(project, ["en-GB"])
    assert [read(project, tag).count("msgid ") for tag in ("sw-KE", "en-GB")] == [2, 1]


def test_a_tag_in_another_letter_case_begins_no_catalogue(project: Path) -> None:
    with pytest.raises(ValueError, match="sw_ke is not a language tag"):
        update(project, ["sw_ke"])


def test_a_stale_catalogue_is_told_as_a_diff(project: Path) -> None:
    update(project, ["sw"])
    with (project / "edu" / "views.py").open("a", encoding="utf-8") as file:
        file.write('_("Something quite new")\n')
    told = freshness(project).splitlines()
    assert '+msgid "Something quite new"' in told
    assert told[0] == "--- translations/sw/LC_MESSAGES/messages.po"
    assert told[-1] == "run `make catalogues`"


def test_how_a_translators_program_writes_the_file_makes_it_no_staler(project: Path) -> None:
    update(project, ["sw"])
    path = project / "translations" / "sw" / "LC_MESSAGES" / "messages.po"
    text = read(project, "sw")
    text = text.replace('"Language: sw\\n"', '"Language: sw\\n"\n"X-Generator: Poedit 3.5\\n"')
    text = text.replace('msgid "Go back"', 'msgid ""\n"Go "\n"back"')
    path.write_text(text, encoding="utf-8")
    assert freshness(project) == ""
    assert update(project) == [path]
