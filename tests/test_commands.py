"""The command line, as people script against it."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.conftest import TINY, make_house

GREETING = TINY / "content/m1/01-greeting.md"
HELLO = TINY / "content/m0/01-hello.md"
FEELINGS = TINY / "quizzes/feelings.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the tiny content that a test may write in."""
    copy = tmp_path / "root"
    shutil.copytree(TINY, copy)
    return copy


@pytest.fixture
def app(tmp_path: Path, root: Path) -> Iterator[Flask]:
    made = make_house(tmp_path, f"sqlite:///{tmp_path / 'daraja.sqlite'}", root)
    yield made
    made.extensions["database"].engine.dispose()


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(each) for each in arguments])


def said(result: Result) -> tuple[int, str, str]:
    """Exit code, what went to standard output, and what was complained of."""
    return result.exit_code, result.stdout, result.stderr


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_coverage_counts_what_readers_meet_what_was_adapted_and_what_was_reviewed(
    app: Flask,
) -> None:
    assert said(run(app, "coverage")) == (
        0,
        "       m0      m1      pages   quizzes\n"
        "ar     -       -       12/0/0  -\n"
        "sw     11/0/0  17/0/1  62/0/0  10/0/0\n"
        "sw-KE  11/0/0  19/5/0  62/0/0  10/0/0\n",
        "",
    )
    lines = run(app, "coverage", "--csv").stdout.splitlines()
    assert lines[0] == "tag,module,texts,own,read,adapted,reviewed"
    # A region has two texts of its own and reads seven more in the words of its language.
    assert [line for line in lines if line.startswith("sw-KE,m1")] == ["sw-KE,m1,47,2,9,5,0"]


def test_check_is_silent_and_content_when_nothing_is_wrong(app: Flask) -> None:
    assert said(run(app, "check")) == (0, "", "")


def test_check_tells_advice_and_is_content(app: Flask, root: Path) -> None:
    edit(root / "translations/sw/LC_MESSAGES/m1.po", '"Nobody"', '"No one at all"')
    assert said(run(app, "check")) == (
        0,
        "translations/sw/LC_MESSAGES/m1.po:31: no source has this text here any more (advice)\n",
        "",
    )


def test_check_tells_every_mistake_with_file_and_line_and_fails(app: Flask, root: Path) -> None:
    edit(root / "content/m0/module.toml", "order = 0", 'order = "first"')
    edit(root / "quizzes/facts.toml", "correct = true", "correct = false")
    edit(root / "translations/sw-KE/m1.toml", 'why = "A proverb everybody knows."', "")
    result = run(app, "check")
    assert result.exit_code == 1
    places = [re.match(r"([\w./-]+):\d+: \S", line) for line in result.stdout.splitlines()]
    assert {place[1] if place else "" for place in places} == {
        "content/m0/module.toml",
        "quizzes/facts.toml",
        "translations/sw-KE/m1.toml",
    }


def test_check_finds_a_translation_that_would_change_the_page(app: Flask, root: Path) -> None:
    edit(root / "translations/sw/LC_MESSAGES/m0.po", '"Ukiwa hatarini"', '"safety=none"')
    result = run(app, "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("translations/sw/LC_MESSAGES/m0.po:")
    assert len(result.stdout.splitlines()) == 1


def test_check_finds_a_record_whose_place_is_not_there(app: Flask, root: Path) -> None:
    edit(root / "translations/sw-KE/m1.toml", 'block = "us"', 'block = "meet"')
    assert said(run(app, "check")) == (
        1,
        "translations/sw-KE/m1.toml:1:"
        " shorter: it finds no such block, or would touch a safety block\n",
        "",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Piga simu 0800 720 990 leo.",
        "Alitaka kujiua: suicide ni neno zito.",
        "<script>alert(1)</script> Karibu.",
        "[Fungua](https://elsewhere.example/)",
    ],
)
def test_check_holds_the_blocks_of_an_adaptation_to_the_rules_of_lessons(
    app: Flask, root: Path, text: str
) -> None:
    edit(root / "translations/sw-KE/m1.toml", "Umoja ni nguvu.", text)
    result = run(app, "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("translations/sw-KE/m1.toml:")


def test_segments_are_json_with_everything_a_translator_needs(app: Flask) -> None:
    segments = json.loads(run(app, "segments", GREETING).stdout)
    assert [each["text"] for each in segments][:3] == [
        "Greeting",
        "Who greets whom.",
        "Everybody can greet.",
    ]
    found = next(each for each in segments if each["text"] == "Otieno")
    assert {name: found[name] for name in ("context", "block", "line", "safety")} == {
        "context": "m1.1|Who greets first?",
        "block": "check",
        "line": 35,
        "safety": "",
    }
    assert len({each["key"] for each in segments}) == len(segments) - 1  # one feedback stands twice


def test_segments_of_a_questionnaire_are_told_too(app: Flask) -> None:
    segments = json.loads(run(app, "segments", FEELINGS).stdout)
    found = [(each["context"], each["text"]) for each in segments]
    assert ("feelings|option|3", "Yes") in found
    assert ("feelings|contact-1", "I would sit beside a neighbour who is unwell.") in found


def test_segments_of_what_is_no_text_are_refused_with_file_and_line(
    app: Flask, tmp_path: Path
) -> None:
    broken = tmp_path / "01-broken.md"
    broken.write_bytes(b"Fine.\n\n\xff\n")
    assert said(run(app, "segments", broken)) == (
        1,
        "",
        f"{broken}:3: This is not UTF-8. Save the file as UTF-8.\n",
    )


def test_weaving_one_file_goes_to_standard_output_with_every_other_byte_untouched(
    app: Flask,
) -> None:
    result = run(app, "weave", GREETING, "--catalogue", TINY / "translations/sw/LC_MESSAGES/m1.po")
    expected = GREETING.read_text()
    for english, swahili in (
        ("title: Greeting", "title: Salamu"),
        ("At the well, Otieno greets first.", "Kisimani, Otieno anasalimu kwanza."),
        ("Who greets first?", "Nani anasalimu kwanza?"),
        ("[ ] Nobody", "[ ] Hakuna mtu"),
        ("Greet one person today.", "Msalimu mtu mmoja leo."),
        ("Ten minutes.", "Dakika kumi."),
    ):
        expected = expected.replace(english, swahili)
    assert said(result) == (0, expected, "")


def test_weaving_keeps_the_line_ends_of_windows(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "m1").mkdir()
    file = tmp_path / "m1" / "01-greeting.md"
    file.write_bytes(b"---\r\ntitle: Greeting\r\n---\r\n\r\nHello.\r\n")
    catalogue = TINY / "translations/sw/LC_MESSAGES/m1.po"
    result = run(app, "weave", file, "--catalogue", catalogue)
    assert result.stdout_bytes == b"---\r\ntitle: Salamu\r\n---\r\n\r\nHello.\r\n"


def test_weaving_several_files_needs_a_folder(app: Flask, tmp_path: Path) -> None:
    catalogue = TINY / "translations/sw/LC_MESSAGES/m1.po"
    second = TINY / "content/m1/02-sitting-down.md"
    refused = run(app, "weave", GREETING, second, "--catalogue", catalogue)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "several files need --into" in refused.stderr
    into = tmp_path / "woven"
    done = run(app, "weave", GREETING, second, "--catalogue", catalogue, "--into", into)
    assert said(done) == (0, "", "")
    assert sorted(each.name for each in into.iterdir()) == [
        "01-greeting.md",
        "02-sitting-down.md",
    ]
    assert "Otieno anasalimu kwanza." in (into / "02-sitting-down.md").read_text()


def test_weaving_two_files_of_one_name_never_loses_one_of_them(app: Flask, tmp_path: Path) -> None:
    catalogue = TINY / "translations/sw/LC_MESSAGES/m1.po"
    files = [TINY / "content" / module / "module.toml" for module in ("m0", "m1")]
    into = tmp_path / "woven"
    result = run(app, "weave", *files, "--catalogue", catalogue, "--into", into)
    kept = [each.read_text() for each in into.rglob("*.toml")] if into.exists() else []
    assert (result.exit_code, len(kept)) in ((0, 2), (1, 0), (2, 0))


def test_weaving_words_that_would_change_the_page_is_refused(app: Flask, tmp_path: Path) -> None:
    words = (TINY / "translations/sw/LC_MESSAGES/m0.po").read_text()
    catalogue = written(tmp_path / "bad.po", words.replace("Ukiwa hatarini", "safety=none"))
    result = run(app, "weave", HELLO, "--catalogue", catalogue)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{HELLO}:")


def test_render_gives_the_safe_html_of_a_file(app: Flask, tmp_path: Path) -> None:
    file = written(tmp_path / "page.md", "# Hi\n\n<script>alert(1)</script>\n\n*Yes* & no.\n")
    code, html, complaints = said(run(app, "render", file))
    assert (code, complaints) == (0, "")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<p><em>Yes</em> &amp; no.</p>" in html


def test_score_gives_a_row_for_each_sitting(app: Flask, tmp_path: Path) -> None:
    answers = written(
        tmp_path / "answers.csv",
        "learner,contact-1,contact-2,hope-1,hope-2\nx,1,2,3,1\ny,,,,\n",
    )
    code, table, complaints = said(run(app, "score", FEELINGS, answers))
    assert (code, complaints) == (0, "")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["learner"], row["contact"], row["hope"], row["hope.why"]) for row in rows] == [
        ("x", "1.5", "3.0", ""),
        ("y", "", "", "nothing answered"),
    ]


def test_score_tells_what_is_wrong_with_file_and_line(app: Flask, tmp_path: Path) -> None:
    answers = written(
        tmp_path / "answers.csv",
        "learner,contact-1,contact-2,hope-1,hope-2\n\nx,1,2,3,1\n\ny,9,,,\n",
    )
    result = run(app, "score", FEELINGS, answers)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{answers}:5: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "the file is empty"),
        ("contact-1,contact-2,hope-1,hope-2\n", "there is no row below the names of the columns"),
        # Which of both columns holds her answers nobody could tell.
        ("contact-1,contact-2,hope-1,hope-2,hope-1\n1,2,3,1,2\n", "there are 2 columns 'hope-1'"),
    ],
)
def test_score_of_a_table_that_cannot_be_meant_is_refused(
    app: Flask, tmp_path: Path, table: str, told: str
) -> None:
    answers = written(tmp_path / "answers.csv", table)
    result = run(app, "score", FEELINGS, answers)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{answers}:1: {told}\n"


def test_score_reads_semicolons_and_the_digits_of_every_script(app: Flask, tmp_path: Path) -> None:
    commas = written(tmp_path / "a.csv", "contact-1,contact-2,hope-1,hope-2\n1,2,3,1\n")
    other = written(tmp_path / "b.csv", "\ufeffcontact-1; contact-2;hope-1;hope-2\n١;2;٣;१\n")
    told = [said(run(app, "score", FEELINGS, file)) for file in (commas, other)]
    assert told[0] == told[1]
    assert told[0][0] == 0


def test_score_of_a_broken_questionnaire_is_refused(app: Flask, tmp_path: Path) -> None:
    broken = written(tmp_path / "broken.toml", 'id = "broken"\n')
    answers = written(tmp_path / "answers.csv", "learner\nx\n")
    result = run(app, "score", broken, answers)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "broken.toml:1: " in result.stderr


def test_change_analyses_any_table_as_json(app: Flask, tmp_path: Path) -> None:
    lines = "".join(f"{number},{number % 3},{number % 3 + 1}\n" for number in range(12))
    data = written(tmp_path / "data.csv", "id,first,second\n" + lines)
    ends = ("--minimum", "0", "--maximum", "3")
    result = run(app, "change", data, "--before", "first", "--after", "second", *ends)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["counts"] == {
        "rows": 12,
        "matched": 12,
        "improved": 12,
        "same": 0,
        "worsened": 0,
    }
    assert found["change"]["mean"] == 1.0


def test_change_knows_where_higher_is_worse(app: Flask, tmp_path: Path) -> None:
    lines = "".join(f"{number % 3},{number % 3 + 1}\n" for number in range(12))
    data = written(tmp_path / "data.csv", "first,second\n" + lines)
    columns = ("--before", "first", "--after", "second", "--higher-is", "worse")
    found = json.loads(run(app, "change", data, *columns).stdout)
    assert (found["counts"]["improved"], found["counts"]["worsened"]) == (0, 12)


def test_change_without_such_a_column_is_refused(app: Flask, tmp_path: Path) -> None:
    data = written(tmp_path / "data.csv", "first,second\n1,2\n")
    assert said(run(app, "change", data, "--before", "first", "--after", "third")) == (
        1,
        "",
        f"{data}:1: no column 'third'; the columns are 'first', 'second'\n",
    )


@pytest.mark.parametrize("name", ["score", "change"])
def test_a_table_that_is_not_utf_8_is_a_mistake_and_no_crash(
    app: Flask, tmp_path: Path, name: str
) -> None:
    data = tmp_path / "data.csv"
    data.write_bytes("learner,contact-1,contact-2,hope-1,hope-2\nZoë,1,2,3,1\n".encode("latin-1"))
    arguments = {
        "score": (FEELINGS, data),
        "change": (data, "--before", "contact-1", "--after", "contact-2"),
    }[name]
    result = run(app, name, *arguments)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert result.stderr.startswith(f"{data}:2: ")


def test_prepare_says_what_was_done_and_where_the_site_is(app: Flask) -> None:
    code, told, complaints = said(run(app, "prepare"))
    assert (code, complaints) == (0, "")
    lines = told.splitlines()
    assert re.fullmatch(r"16 new releases, \d\d pages written", lines[0])
    assert lines[1] == "Daraja is at http://127.0.0.1:8000/"
    link = r"First administrator, once: http://127\.0\.0\.1:8000/en/staff/first/[\w-]{43}"
    assert re.fullmatch(link, lines[2])
    assert len(lines) == 3
    again = said(run(app, "prepare"))[1].splitlines()
    assert [line.partition(":")[0] for line in again] == [
        "Daraja is at http",
        "First administrator, once",
    ]


def test_prepare_with_broken_content_tells_every_mistake_and_fails(app: Flask, root: Path) -> None:
    edit(root / "content/m0/module.toml", "order = 0", 'order = "first"')
    edit(root / "translations/sw-KE/m1.toml", 'why = "A proverb everybody knows."', "")
    code, told, complaints = said(run(app, "prepare"))
    assert (code, told) == (1, "")
    lines = complaints.splitlines()
    assert lines[0] == "Nothing was started, because of these mistakes:"
    assert [line.rpartition(": ")[0].partition(": ")[0] or line for line in lines[1:]] == [
        "content/m0/module.toml:4",
        "translations/sw-KE/m1.toml:27",
    ]
