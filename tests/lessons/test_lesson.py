# ruff: noqa: E501 (a table is read by its rows)
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.lessons.lesson import (
    Block,
    Module,
    Page,
    Piece,
    Story,
    join_blocks,
    read_lesson,
    read_module,
    read_page,
    split_blocks,
)
from edu.lessons.mistakes import Mistake
from tests.lessons.small import LESSON, MODULE, PAGE, changed, with_story

LINES = st.sampled_from(
    [
        *("---", "title: x", "::: idea", "::: do A title", ":::: do", "::: sort", ":::", "::::"),
        *("", "text", "- item", "> quote", "1. one", "  indented", "a\x0cb", "c\u2028d", "# h"),
    ]
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r", ""]))).map(
    lambda lines: "".join(line + end for line, end in lines)
)


@given(TEXTS)
def test_the_pieces_of_any_text_joined_again_are_the_text(text: str) -> None:
    assert join_blocks(split_blocks(text)) == text


@given(TEXTS)
def test_each_block_says_on_which_line_its_own_text_begins(text: str) -> None:
    before = ""
    for piece in split_blocks(text):
        if piece.block:
            normal = before.replace("\r\n", "\n").replace("\r", "\n")
            assert (piece.block.markdown, piece.block.line) == (piece.text, normal.count("\n") + 1)
        before += piece.text


def test_a_text_is_cut_into_blocks_and_what_stands_between() -> None:
    text = "---\ntitle: x\n---\n\n::: idea safety=law A title\r\nwords\n:::\n\n::: us\nstep\n:::"
    idea = "::: idea safety=law A title\r\nwords\n:::\n"
    assert split_blocks(text) == [
        Piece("---\ntitle: x\n---\n\n"),
        Piece(idea, Block("idea", "A title", "law", {"safety": "law"}, idea, 5)),
        Piece("\n"),
        Piece("::: us\nstep\n:::", Block("us", "", "", {}, "::: us\nstep\n:::", 9)),
    ]


def test_a_block_holds_its_widgets_and_ends_with_its_own_fence() -> None:
    text = ":::: do\n::: plan\n1. one\n:::\n::::\nafter\n"
    assert [piece.text for piece in split_blocks(text)] == [
        ":::: do\n::: plan\n1. one\n:::\n::::\n",
        "after\n",
    ]


def test_a_lesson_is_read_with_all_its_values() -> None:
    text = with_story("  seconds: 90\nsafety: [loss]\nsources: [One line.]\ncontent_note: Loss.\n")
    lesson, mistakes = read_lesson(text, file="content/m1/03-us-all.md", id="m1.3")
    assert mistakes == []
    assert lesson is not None
    assert (lesson.id, lesson.module, lesson.number, lesson.slug) == ("m1.3", "m1", 3, "us-all")
    assert (lesson.title, lesson.summary, lesson.minutes) == ("Us", "More alike than different.", 9)
    assert lesson.message == "Most people find a life they value again."
    assert (lesson.life_stage, lesson.rings, lesson.constructs) == (
        ("adult",),
        ("person",),
        ("EM",),
    )
    assert (lesson.safety, lesson.content_note, lesson.sources) == (
        ("loss",),
        "Loss.",
        ("One line.",),
    )
    assert lesson.story == Story("Amina, who sings", "fictional-composite", seconds=90)
    assert lesson.source == text
    assert [block.name for block in lesson.blocks] == [
        *("idea", "here", "meet", "do", "check", "us", "facilitator"),
    ]


def test_a_module_and_a_page_are_read() -> None:
    assert read_module(MODULE, file="module.toml", id="m1") == (
        Module("m1", "Everyone", "How alike we are.", "", 1, 9, ("T1",), ("EM",), "CC BY 4.0", 0),
        [],
    )
    assert read_page(PAGE, file="support.md", id="pages.support") == (
        Page("pages.support", "support", "Support", "What you can do now.", PAGE),
        [],
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title: Us\n", "", 1, "'title' is missing."),
        ("title: Us", "title: 2026", 2, "'title' must be text; put it in quotes."),
        ("minutes: 9", "minutes: 0", 4, "'minutes' must be a whole number from 1 to 60."),
        ("minutes: 9", "minutes: yes", 4, "'minutes' must be a whole number from 1 to 60."),
        ("title: Us", "titel: Us\ntitle: Us", 2, "The key 'titel' is not known here."),
        ("title: Us", "title: Us\ntitle: We", 3, "The key 'title' stands here twice."),
        ("[adult]", "[grown]", 6, "'life_stage' does not know 'grown'; use child, youth, adult, elder."),
        ("[adult]", "adult", 6, "'life_stage' must be a list of texts."),
        ("rings: [person]\n", "", 1, "'rings' is missing."),
        ("[EM]", "[EM]\nstory: Amina", 9, "'story' must hold teller and consent."),
    ],
)  # fmt: skip
def test_a_mistake_in_the_front_matter_has_its_line(
    old: str, new: str, line: int, message: str
) -> None:
    _, mistakes = read_lesson(changed(old, new), file="a.md", id="m1.1")
    assert mistakes == [Mistake("a.md", line, message)]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("no front matter", Mistake("a.md", 1, "The front matter between '---' is missing.")),
        ("---\na: b: c\n---\n", Mistake(
            "a.md", 2, "The front matter is no YAML: mapping values are not allowed here."
        )),
        ("---\n- a\n---\n", Mistake("a.md", 1, "The front matter must be 'key: value' lines.")),
        ("---\na: &x [1]\nb: *x\n---\n", Mistake("a.md", 1, "YAML aliases (*name) are not used here.")),
        ("---\n{}\n---\n", Mistake("a.md", 1, "The front matter is empty.")),
    ],
)  # fmt: skip
def test_a_front_matter_that_cannot_be_read_gives_no_lesson(text: str, mistake: Mistake) -> None:
    assert read_lesson(text, file="a.md", id="m1.1") == (None, [mistake])


RECORDED = "  uses: [site]\n  date: 2026-01-31\n  until: 2028-01-31\n  audio: media/amina.opus\n"


def recorded(left_out: str = "") -> list[Mistake]:
    extra = "".join(line for line in RECORDED.splitlines(True) if line.split(":")[0] != left_out)
    text = changed("consent: fictional-composite", "consent: recorded", with_story(extra))
    return read_lesson(text, file="a.md", id="m1.1")[1]


def test_a_recorded_story_with_a_complete_consent_has_no_mistake() -> None:
    assert recorded() == []


@pytest.mark.parametrize("name", ["uses", "date", "until"])
def test_a_recorded_story_needs_each_part_of_the_consent(name: str) -> None:
    message = f"A recorded story needs 'story.{name}'."
    assert recorded(left_out=f"  {name}") == [Mistake("a.md", 9, message)]


def test_a_recorded_story_needs_a_recording() -> None:
    message = "A recorded story needs 'story.audio' or 'story.video'."
    assert recorded(left_out="  audio") == [Mistake("a.md", 9, message)]


def test_a_consent_must_end_after_it_began() -> None:
    text = with_story(RECORDED.replace("2028", "2025"))
    text = changed("fictional-composite", "recorded", text)
    message = "'story.until' must be later than 'story.date'."
    assert read_lesson(text, file="a.md", id="m1.1")[1] == [Mistake("a.md", 14, message)]


def test_a_story_without_consent_must_say_that_it_is_made_up() -> None:
    text = changed("fictional-composite", "verbal", with_story())
    message = (
        "'verbal' is no consent: write fictional-composite, unless a real person's consent is"
        " recorded."
    )
    assert read_lesson(text, file="a.md", id="m1.1")[1] == [Mistake("a.md", 11, message)]


def test_a_real_story_may_be_shown_until_the_consent_ends() -> None:
    last = datetime.date(2028, 1, 31)
    story = Story("Amina", "recorded", ("site",), datetime.date(2026, 1, 31), last)
    days = (last, last + datetime.timedelta(days=1))
    assert [story.may_be_shown(day) for day in days] == [True, False]
    assert Story("Amina", "fictional-composite").may_be_shown(last)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (MODULE + "x =", 8, "This is no TOML: Invalid value (at end of document)."),
        (changed('"Everyone"', "Everyone", MODULE), 1, "This is no TOML: Invalid value (at line 1, column 9)."),
        (changed("order = 1", 'order = "1"', MODULE), 3, "'order' must be a whole number from 0 to 999."),
        (changed('["T1"]', '["T9"]', MODULE), 5, "'tracks' does not know 'T9'; use T1, T1-short, T2, T3, T4, T-emergency."),
        (MODULE + 'colour = "red"\n', 8, "The key 'colour' is not known here."),
    ],
)  # fmt: skip
def test_a_mistake_in_a_module_file_has_its_line(text: str, line: int, message: str) -> None:
    _, mistakes = read_module(text, file="module.toml", id="m1")
    assert mistakes == [Mistake("module.toml", line, message)]


def test_the_small_lesson_has_no_mistake() -> None:
    assert read_lesson(LESSON, file="a.md", id="m1.1")[1] == []
