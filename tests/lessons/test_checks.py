"""Every kind of mistake in a tiny file that has this mistake and no other."""

# ruff: noqa: E501 (a table is read by its rows)

from pathlib import Path

import pytest

from edu.lessons.checks import check_lesson, check_module, check_page
from edu.lessons.mistakes import Mistake
from tests.lessons.small import (
    LESSON,
    MODULE,
    PAGE,
    changed,
    line_of,
    with_idea,
    with_story,
    with_widget,
)

IDS = {"m1.1", "m1.2", "pages.support"}


def found(text: str, folder: Path | None = None) -> list[Mistake]:
    return check_lesson(text, "a.md", "m1.1", IDS, folder)


def test_the_small_lesson_module_and_page_pass_every_check() -> None:
    assert found(LESSON) == []
    assert found(with_story()) == []
    assert check_module(MODULE, "module.toml", "m1", IDS) == []
    assert check_page(PAGE, "support.md", "pages.support", IDS) == []


BLOCKS = [
    (changed("::: us\nGreet somebody.\n:::\n", ""), "---", "The block 'us' is missing."),
    (
        LESSON + "\n::: facilitator\nMore.\n:::\n",
        "::: facilitator\nMore.",
        "The block 'facilitator' stands here twice.",
    ),
    (
        changed(
            "::: here\nAt the well.\n:::\n", "", changed("::: us", "::: here\nWell.\n:::\n\n::: us")
        ),
        "::: here",
        "'here' must come before 'check'.",
    ),
    (
        changed(":::: do", "::: meet\nI sing.\n:::\n\n:::: do"),
        "::: meet",
        "'meet' needs a 'story' in the front matter.",
    ),
    (
        changed("::: meet\nI sing.\n:::\n", "", with_story()),
        "---",
        "A story is announced, but there is no 'meet' block.",
    ),
    (changed("At the well.\n", ""), "::: here", "'here' is empty."),
    (changed("Ten minutes.\n:::\n", "Ten minutes.\n"), "::: fac", "'facilitator' is never closed; end it with ':::'."),
    (LESSON + "\nLost words.\n", "Lost words.", "This text stands outside every block."),
    (LESSON + "\n::: story\nWords.\n:::\n", "::: story", "There is no block or widget 'story'."),
    (LESSON + "\n:::\n", "\n:::\n$", "This ':::' closes nothing; an outer fence needs more colons than an inner."),
    (changed("::: us", "::: us colour=red"), "::: us", "'us' does not know colour=red."),
    (changed("::: us", "::: us safety=loss"), "::: us", "'us' does not know safety=loss."),
    (
        changed("::: us", "::: us safety=law"),
        "::: us",
        "'safety' in the front matter does not list 'law'.",
    ),
    (
        changed("Greet somebody.", "Some people think of suicide."),
        "::: us",
        "'us' speaks of suicide: mark it safety=suicide.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part", "message"), BLOCKS)
def test_a_mistake_in_the_shape_of_a_lesson(text: str, part: str, message: str) -> None:
    line = text.count("\n") if part.endswith("$") else line_of(part, text)
    blocking = [mistake for mistake in found(text) if mistake.message == message]
    assert blocking == [Mistake("a.md", line, message)]
    others = {mistake.message for mistake in found(text)} - {message}
    # A safety mark that is not known is not listed either: one cause, and one more to say.
    assert others <= {"'safety' in the front matter does not list 'loss'."}


def test_an_outer_fence_that_is_too_short_is_explained() -> None:
    text = changed(":::: do Try this", "::: do Try this").replace(":::\n::::", ":::\n:::")
    line = line_of(":::\n\n::: check", text)
    message = "This ':::' closes nothing; an outer fence needs more colons than an inner."
    assert Mistake("a.md", line, message) in found(text)


SORT = "::: sort\n- Mine\n- Yours\n\n1. A cup\n   > Both.\n2. A bowl\n:::"
BOARD = "::: board Amina\n1. She sings.\n   > Well.\n:::"
PLAN = "::: plan\n1. A small thing\n:::"
SORT_SHAPE = (
    "'sort' needs one list with '-' (at least two places), then one with '1.' (at least two cards)."
)


@pytest.mark.parametrize(
    "widget", [SORT, SORT.replace("sort", "match"), BOARD, PLAN, "Draw a river."]
)
def test_a_widget_of_the_right_shape_passes(widget: str) -> None:
    assert found(with_widget(widget)) == []


@pytest.mark.parametrize(
    ("widget", "message"),
    [
        (SORT.replace("- Yours\n", ""), SORT_SHAPE),
        (SORT.replace("\n2. A bowl", ""), SORT_SHAPE),
        ("::: sort\n1. A cup\n2. A bowl\n:::", SORT_SHAPE),
        (BOARD.replace(" Amina", ""), "'board' needs a title: the person's name."),
        (BOARD.replace("1.", "-").replace("   >", "  >"), "'board' needs one list with '1.'."),
        (PLAN.replace("1.", "-"), "'plan' needs one list with '1.'."),
        ("::: reveal\nWords.\n:::", "'reveal' needs a title: what to press."),
        ("::: note\nWords.\n:::", "'note' is for plain pages, not for lessons."),
        ("::: us\nWords.\n:::", "The block 'us' cannot stand inside another."),
    ],
)
def test_a_widget_of_another_shape_is_a_mistake(widget: str, message: str) -> None:
    text = with_widget(widget)
    mistakes = [mistake for mistake in found(text) if "twice" not in mistake.message]
    wanted = [Mistake("a.md", line_of(widget.split("\n")[0], text), message)]
    assert [m for m in mistakes if "must come before" not in m.message] == wanted


def test_a_moment_on_the_board_needs_one_way_to_see_it() -> None:
    text = with_widget(BOARD.replace("\n   > Well.", ""))
    message = "A moment needs a text and one '>' with one way to see it."
    assert found(text) == [Mistake("a.md", line_of("1. She sings", text), message)]


def test_a_widget_outside_do_is_a_mistake() -> None:
    text = changed("Greet somebody.", "Look:\n\n::: plan\n1. A thing\n:::\n")
    text = changed("::: us", ":::: us", text).replace(
        ":::\n\n:::\n\n::: fac", ":::\n::::\n\n::: fac"
    )
    message = "'plan' can only stand in a 'do' block."
    assert found(text) == [Mistake("a.md", line_of("::: plan", text), message)]


QUESTION = "1. Which?\n   - [x] This.\n     > Yes.\n   - [ ] That.\n     > Not quite.\n"


@pytest.mark.parametrize(
    ("old", "new", "part", "message"),
    [
        ("- [ ] That.", "- [x] That.", "1. Which?", "Exactly one option must be marked [x], not 2."),
        ("- [x] This.", "- [ ] This.", "1. Which?", "Exactly one option must be marked [x], not 0."),
        ("- [ ] That.", "- That.", "   - That.", "An option must begin with '[x] ' or '[ ] '."),
        ("\n     > Not quite.", "", "   - [ ] That.", "An option needs one '>' with its feedback, and nothing else."),
        ("   - [ ] That.\n     > Not quite.\n", "", "1. Which?", "A question needs two to five options."),
        (QUESTION, "1. Which?\n", "1. Which?", "A question needs a text and one list of options with '-'."),
        (QUESTION, "", "::: check", "'check' needs one list with '1.' of two or three questions."),
    ],
)  # fmt: skip
def test_a_mistake_in_a_question(old: str, new: str, part: str, message: str) -> None:
    text = changed(old, new)
    assert found(text) == [Mistake("a.md", line_of(part, text), message)]


def test_several_good_answers_are_right_where_the_check_says_so() -> None:
    text = changed("- [ ] That.", "- [x] That.", changed("::: check", "::: check several=yes"))
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("We <b>are</b> many.", "Raw HTML is not allowed; write Markdown."),
        ("<div>\nWe are many.\n</div>\n", "Raw HTML is not allowed; write Markdown."),
        ("<!-- hidden --> We are many.", "Raw HTML is not allowed; write Markdown."),
        ("# Us\n", "Only ### headings can stand here."),
        ("Us\n---\n", "Only ### headings can stand here."),
        ("[a](m9.9)", "There is no lesson or page 'm9.9' to link to."),
        ("[a](https://example.org)", "The link to 'https://example.org' must be the id of a lesson, such as m2.1."),
        ("<https://example.org>", "The link to 'https://example.org' must be the id of a lesson, such as m2.1."),
        ("![](media/a.png)", "The picture needs a text that says what it shows: ![text](media/...)."),
        ("![a](https://example.org/a.png)", "'https://example.org/a.png' must be a file in media/, with a plain name."),
        ("![a](media/../a.png)", "'media/../a.png' must be a file in media/, with a plain name."),
        ("![a](media/a.svg)", "'media/a.svg' must end in .jpg, .jpeg, .png, .webp, .avif."),
        ("Ring +254 700 000 123 now.", "'+254 700 000 123' looks like a telephone number; numbers belong in a place's services."),
        ("\ufeffWe are many.", "The character U+FEFF cannot stand in a text."),
        (">" * 55 + " deep\n", "This is nested too deep; text below would be lost."),
    ],
)  # fmt: skip
def test_a_mistake_in_the_markup(text: str, message: str) -> None:
    lesson = with_idea(f"{text}\n\nWe are many and we are here.")
    first = line_of("::: idea", lesson) + 1
    assert found(lesson)[0] == Mistake("a.md", first, message)
    assert {mistake.message for mistake in found(lesson)} == {message}


def test_what_only_looks_like_raw_html_passes() -> None:
    assert found(with_idea("If 3 < 4 and `<b>` is code, &lt;b> is text.")) == []


def test_links_to_known_lessons_and_pages_and_own_pictures_pass() -> None:
    text = "[a](m1.2), [b](pages.support), ![A well](media/well.png), ### not a heading"
    assert found(with_idea(text)) == []


def test_a_heading_of_the_third_level_passes() -> None:
    assert found(with_idea("### Us\n\nWe are many and we are here.")) == []


def test_raw_html_in_the_front_matter_is_a_mistake() -> None:
    text = changed("title: Us", "title: <b>Us</b>")
    assert found(text) == [Mistake("a.md", 2, "Raw HTML is not allowed; write Markdown.")]


def test_pictures_must_exist_and_be_small(tmp_path: Path) -> None:
    text = with_idea("![A well](media/well.png)")
    line = line_of("![A well]", text)
    assert found(text, tmp_path) == [Mistake("a.md", line, "The file 'media/well.png' is missing.")]
    (tmp_path / "media").mkdir()
    (tmp_path / "media/well.png").write_bytes(bytes(300 * 1024))
    assert found(text, tmp_path) == []
    (tmp_path / "media/well.png").write_bytes(bytes(301 * 1024))
    message = "'media/well.png' has 301 KB; at most 300 KB can be sent."
    assert found(text, tmp_path) == [Mistake("a.md", line, message)]


def test_recordings_must_exist_and_a_video_has_captions(tmp_path: Path) -> None:
    text = with_story("  audio: media/a.opus\n  video: media/a.mp4\n")
    assert found(text, tmp_path) == [
        Mistake("a.md", 12, "The file 'media/a.opus' is missing."),
        Mistake("a.md", 13, "The file 'media/a.mp4' is missing."),
    ]
    (tmp_path / "media").mkdir()
    (tmp_path / "media/a.opus").write_bytes(b"sound")
    (tmp_path / "media/a.mp4").write_bytes(b"film")
    message = "A video needs captions. The file 'media/a.vtt' is missing."
    assert found(text, tmp_path) == [Mistake("a.md", 13, message)]
    (tmp_path / "media/a.vtt").write_text("WEBVTT\n")
    assert found(text, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("## Now", "# Now", "Only ##, ### headings can stand here."),
        ("::: note", "::: do", "'do' is for lessons, not for plain pages."),
        ("helpline", "loss", "'note' does not know safety=loss."),
        ("Go to", "Ring 0800 111 222 or go to", "'0800 111 222' looks like a telephone number; numbers belong in a place's services."),
        ("title: Support\n", "", "'title' is missing."),
        ("Go to", "Go <i>now</i> to", "Raw HTML is not allowed; write Markdown."),
    ],
)  # fmt: skip
def test_a_mistake_on_a_plain_page(old: str, new: str, message: str) -> None:
    mistakes = check_page(changed(old, new, PAGE), "support.md", "pages.support", IDS)
    assert [mistake.message for mistake in mistakes] == [message]


def test_a_plain_page_may_link_to_other_sites() -> None:
    text = PAGE + "\n[Source](https://example.org/x)\n"
    assert check_page(text, "support.md", "pages.support", IDS) == []


def test_a_module_file_is_held_to_the_same_words() -> None:
    text = changed("How alike we are.", "For a person who suffers from fear.", MODULE)
    message = "'suffers from': Say 'lives with' or 'has', and the person first."
    assert check_module(text, "module.toml", "m1", IDS) == [Mistake("module.toml", 2, message)]
