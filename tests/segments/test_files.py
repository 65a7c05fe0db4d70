from pathlib import Path

import pytest

from edu.lessons.mistakes import Broken
from edu.segments.catalogue import Catalogue, read_po, update, write_po
from edu.segments.entry import Entry
from edu.segments.files import (
    extract_file,
    file_id,
    segments_as_json,
    weave_file,
    weave_with_catalogue,
    whole_context,
)
from edu.segments.mistakes import check_markdown

from .conftest import CONTENT


@pytest.mark.parametrize(
    ("path", "identity"),
    [
        ("content/m1/03-us.md", "m1.3"),
        ("content/m10/12-us.md", "m10.12"),
        ("content/m1/module.toml", "m1"),
        ("content/pages/support.md", "pages.support"),
        ("quizzes/attitudes.toml", "attitudes"),
        ("og-balance.en.md", "og-balance.en"),
    ],
)
def test_a_file_has_the_id_under_which_its_segments_are_known(path, identity):
    assert file_id(Path(path)) == identity


def test_a_context_opens_with_the_files_id_once():
    assert whole_context("m1.3", "") == "m1.3"
    assert whole_context("m1.3", "Yes?") == "m1.3|Yes?"
    assert whole_context("attitudes", "attitudes|k1") == "attitudes|k1"


@pytest.fixture
def lesson_file(tmp_path, lesson):
    path = tmp_path / "content" / "m1" / "03-us.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(lesson.replace("\n", "\r\n").encode())
    return path


def test_a_file_is_woven_with_the_line_ends_it_has(lesson_file):
    read = lesson_file.read_bytes().decode()
    assert weave_file(lesson_file, lambda segment: None) == read
    woven = weave_file(lesson_file, _sort_in_swahili)
    assert woven == read.replace("Sort the words", "Panga maneno")


def _sort_in_swahili(segment):
    return "Panga maneno" if segment.context == "m1.3|do.title" else None


def test_json_holds_every_field_and_the_key(lesson_file):
    first = segments_as_json(lesson_file)[0]
    assert first == {
        "key": extract_file(lesson_file)[0].key,
        "context": "m1.3|title",
        "text": "Us, not them",
        "kind": "front-matter",
        "line": 2,
        "note": "title of the page",
        "block": "",
        "safety": "",
    }


def test_a_whole_catalogue_goes_out_and_comes_back_into_the_page(lesson_file):
    fresh = update(Catalogue(), {"03-us.md": extract_file(lesson_file)})
    filled = [
        Entry(each.context, each.source, f"« {each.source} »", "translated")
        for each in fresh.entries
    ]
    read = read_po(write_po(Catalogue(tuple(filled))).encode())
    woven = weave_with_catalogue(lesson_file, read)
    lesson_file.write_bytes(woven.encode())
    assert {each.text for each in extract_file(lesson_file)} == {each.target for each in filled}


def test_a_stale_translation_is_not_shown(lesson_file):
    stale = Catalogue((Entry("m1.3", "One bin", "Kapu", "stale"),))
    assert weave_with_catalogue(lesson_file, stale) == lesson_file.read_bytes().decode()


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [("a.md", b"ok\n\xff", 2), ("a.toml", b"a = 1\nb =\n", 2), ("a.png", b"", 1)],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path, name, content, line):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Broken) as broken:
        extract_file(path)
    assert [(each.file, each.line) for each in broken.value.mistakes] == [(str(path), line)]


def _lines(source):
    return [mistake.line for mistake in check_markdown("a.md", source)]


def test_a_lesson_without_mistakes_has_none(lesson):
    assert check_markdown("a.md", lesson) == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("One\n<b>two</b>\n", 2),
        ("One\n\n<div\nclass=x>\n", 3),
        ("> a\n> <!-- b -->\n", 2),
        ("|a|b|\n|-|-|\n|c|<br>|\n", 3),
    ],
)
def test_a_tag_is_refused_with_its_line(source, line):
    found = check_markdown("a.md", source)
    assert {mistake.line for mistake in found} == {line}
    assert str(found[0]).startswith(f"a.md:{line}: HTML is shown as it is typed.")


@pytest.mark.parametrize(
    "source",
    [
        "`<b>` and <https://example.org> and <a@example.org>\n",
        "```\n<b>\n```\n\n    <i>\n",
        "a < b, 3<4, <3 and \\<b>\n",
    ],
)
def test_code_and_addresses_and_sums_are_not_tags(source):
    assert _lines(source) == []


def test_text_that_is_nested_too_deeply_is_reported():
    assert _lines("> " * 40 + "One\n") == []
    assert _lines("One\n\n" + "> " * 70 + "Two\n") == [3]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("::: do\nOne\n", [1]),
        (":::: do\n::: sort\nOne\n::::\n", [2]),
        ("::: do\n::: sort\nOne\n:::\n:::\n", [2, 5]),
        (":::: do\n::: sort\nOne\n:::\n::::\n", []),
        ("> ::: do\n> One\n> :::\n", []),
        ("> ::: do\n> One\n\nTwo\n", [1]),
        ("::: sorrt\nOne\n:::\n", [1, 3]),
    ],
)
def test_a_block_that_is_not_closed_is_reported(source, lines):
    assert _lines(source) == lines


def test_our_own_files_come_back_byte_for_byte():
    files = [*CONTENT.rglob("*.md"), *CONTENT.rglob("*.toml")]
    files += (CONTENT.parent / "quizzes").glob("*.toml")
    for path in files:
        source = path.read_bytes().decode("utf-8")
        assert weave_file(path, lambda segment: None) == source
        assert weave_file(path, lambda segment: segment.text) == source
