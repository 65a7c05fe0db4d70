# ruff: noqa: E501 (a list is read by its rows)
from pathlib import Path

import pytest

from edu.lessons.load import check_content, load_content
from edu.lessons.mistakes import Broken, Mistake
from tests.lessons.small import LESSON, MODULE, PAGE, changed, with_idea


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A library of two modules and one page, without a mistake."""
    folder = tmp_path / "content"
    for module, order in (("m1", 2), ("m0", 1)):
        (folder / module).mkdir(parents=True)
        text = changed("order = 1", f"order = {order}", MODULE)
        text = changed("minutes = 9", f"minutes = {9 * order}", text)
        (folder / module / "module.toml").write_text(text)
        (folder / module / "01-us.md").write_text(LESSON)
    (folder / "m1" / "02-all-of-us.md").write_text(
        with_idea("See [us](m1.1) and [help](pages.support).")
    )
    (folder / "pages").mkdir()
    (folder / "pages" / "support.md").write_text(PAGE)
    return folder


def test_a_library_holds_modules_in_their_order_with_lessons_by_number(content: Path) -> None:
    library = load_content(content)
    assert [
        (module.id, [lesson.id for lesson in module.lessons]) for module in library.modules.values()
    ] == [("m0", ["m0.1"]), ("m1", ["m1.1", "m1.2"])]
    assert list(library.pages) == ["pages.support"]
    assert library.lesson("m1.2").slug == "all-of-us"


@pytest.mark.parametrize("id", ["m1.3", "m9.1", "support", ""])
def test_a_lesson_that_is_not_there_is_a_key_error(content: Path, id: str) -> None:
    library = load_content(content)
    with pytest.raises(KeyError):
        library.lesson(id)


def test_all_mistakes_of_all_files_are_told_together_with_file_and_line(content: Path) -> None:
    (content / "m0" / "01-us.md").write_text(changed("minutes: 9", "minutes: nine"))
    (content / "m1" / "01-us.md").write_text(changed("Ten minutes.", "Call 112 or <b>run</b>."))
    (content / "m1" / "module.toml").write_text(changed("order = 1", 'order = "1"', MODULE))
    (content / "pages" / "support.md").write_text(changed("title: Support\n", "", PAGE))
    with pytest.raises(Broken) as broken:
        load_content(content)
    assert str(broken.value).splitlines() == [
        "content/m0/01-us.md:4: 'minutes' must be a whole number from 1 to 60.",
        "content/m1/01-us.md:62: '112' looks like a telephone number; numbers belong in a place's services.",
        "content/m1/01-us.md:62: Raw HTML is not allowed; write Markdown.",
        "content/m1/module.toml:3: 'order' must be a whole number from 0 to 999.",
        "content/pages/support.md:1: 'title' is missing.",
    ]


def test_advice_does_not_keep_a_library_from_loading(content: Path) -> None:
    (content / "m1" / "01-us.md").write_text(with_idea("one " * 25 + "end."))
    assert [(mistake.file, mistake.blocks) for mistake in check_content(content)] == [
        ("content/m1/01-us.md", False)
    ]
    assert load_content(content).lesson("m1.1").title == "Us"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("m1/Us.md", "The file must be named like 03-some-words.md."),
        ("m1/04-we.md", "The next lesson's number is 03."),
        ("m1/02-we.md", "The next lesson's number is 03."),
        ("pages/A page.md", "The file must be named like support.md."),
    ],
)
def test_a_file_of_another_name_is_a_mistake(content: Path, name: str, message: str) -> None:
    (content / name).write_text(PAGE if "pages" in name else LESSON)
    blocking = [mistake for mistake in check_content(content) if mistake.blocks]
    assert blocking == [Mistake(f"content/{name}", 1, message)]


def test_a_module_needs_its_file_and_a_place_of_its_own(content: Path) -> None:
    (content / "m0" / "module.toml").unlink()
    assert check_content(content) == [
        Mistake("content/m0/module.toml", 1, "The module file is missing.")
    ]
    (content / "m0" / "module.toml").write_text(changed("order = 1", "order = 2", MODULE))
    assert check_content(content) == [
        Mistake("content/m1/module.toml", 1, "'order' 2 is taken by m0.")
    ]


def test_a_module_without_lessons_is_a_mistake(content: Path) -> None:
    (content / "m0" / "01-us.md").unlink()
    assert check_content(content) == [
        Mistake("content/m0/module.toml", 1, "The module has no lesson.")
    ]


def test_a_module_that_promises_another_length_is_advised(content: Path) -> None:
    path = content / "m1" / "module.toml"
    path.write_text(path.read_text().replace("minutes = 18", "minutes = 12"))
    message = "'minutes' says 12; the lessons take 18."
    assert check_content(content) == [Mistake("content/m1/module.toml", 1, message, blocks=False)]


def test_a_file_that_is_no_utf_8_is_told_with_its_line(content: Path) -> None:
    (content / "m1" / "01-us.md").write_bytes(LESSON.encode().replace(b"title: Us", b"title: \xff"))
    assert Mistake("content/m1/01-us.md", 2, "This is not UTF-8 text.") in check_content(content)


def test_line_ends_are_kept_as_they_are_in_the_file(content: Path) -> None:
    (content / "m1" / "01-us.md").write_bytes(LESSON.replace("\n", "\r\n").encode())
    assert load_content(content).lesson("m1.1").source == LESSON.replace("\n", "\r\n")


def test_a_missing_folder_is_a_mistake(tmp_path: Path) -> None:
    assert check_content(tmp_path / "content") == [Mistake("content", 1, "This folder is missing.")]
