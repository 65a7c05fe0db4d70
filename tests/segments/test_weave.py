import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.lessons.markdown import PARSER
from edu.segments.markdown import extract, weave
from edu.segments.segment import fold
from edu.segments.source import Source
from edu.segments.structure import StructureChanged, structure

from .conftest import LESSON

LOOKS_LIKE_MARKDOWN = [
    "1. one", "1) one", "- dash", "+ plus", "* star", "# hash", "###### six", "#", "> quote",
    "---", "--- x", "***", "* * *", "___", "===", "=", "-", ":::", "::: idea", "::: do\n:::",
    "```", "``` x", "~~~", "~~~ py", "a | b", "| a |", "|", "[x]: http://example.org", "[x]: <",
    "<div", "<div>", "<!-- x", "one\n\ntwo", "one\n- two", "one\n---", "one\n===",
    "one\\\n- two", "one\\\n===", "one\\\n---", "one\\\n:-:", "a | b\\\n--- | ---",
    "one\\\n1. two", "one\\\n> two", "one\\\n```", "one\\\n:::", "one\\", "\\", "`", "``", "**",
    "    code", "\tcode", "\u00a0", "x #", "x ##", "key: value", "'", '"', "& a", "* b", "{x}",
    "[a, b", "a #c", "!x", "%x", "@x", "yes", "null", "12", "1:30", "2026-11-21", "~", "a: ",
    "? a", "\x85 x", "\ufeff", "\x01", "[ ] x", "[x] y", "...", "\udc80x", "a\x00b", "![](",
    "a|", "\\|a", "`a|b`", "\\- x", "x\\\n\u00a0", "x\\\n\\",
]  # fmt: skip


def _only(wanted, words):
    return lambda segment: words if segment == wanted else None


# A block of YAML text whose whole line is three dashes would end the front matter, and
# `a=b` at the start of a title is an attribute: neither has an escape.
NO_WAY_TO_WRITE = {("front-matter", "---")}


@pytest.mark.parametrize("words", LOOKS_LIKE_MARKDOWN)
def test_words_that_look_like_markdown_stay_words_or_are_refused(words):
    before = extract(LESSON)
    for number, segment in enumerate(before):
        if segment.context == "message" and (segment.kind, words) in NO_WAY_TO_WRITE:
            with pytest.raises(StructureChanged):
                weave(LESSON, _only(segment, words))
            continue
        woven = weave(LESSON, _only(segment, words))
        after = extract(woven)
        assert [each.kind for each in after] == [each.kind for each in before]
        assert [new.text for new, old in zip(after, before, strict=True) if old != segment] == [
            old.text for old in before if old != segment
        ], number


@pytest.mark.parametrize(
    "words",
    ["1. one", "- dash", "# hash", "> quote", "---", ":::", "```", "===", "[x]: /y", "~~~", "+ a"],
)
def test_an_escaped_sign_is_read_as_it_was_typed(words):
    woven = weave("One\n", lambda segment: words)
    inline = PARSER.parse(woven)[1]
    assert "".join(child.content for child in inline.children) == words


def test_a_translation_that_starts_with_a_dash_stays_a_paragraph():
    assert weave("One\n", lambda segment: "- un") == "\\- un\n"


def test_a_title_that_would_become_an_attribute_is_refused_with_its_line(lesson):
    title = next(each for each in extract(lesson) if each.kind == "title")
    with pytest.raises(StructureChanged) as refused:
        weave(lesson, lambda segment: "a=b c" if segment == title else segment.text + " x")
    assert refused.value.segment == title
    assert refused.value.line == title.line
    assert "Sort the words" in refused.value.message


def test_no_words_and_the_same_words_leave_every_byte(lesson):
    assert weave(lesson, lambda segment: None) == lesson
    assert weave(lesson, lambda segment: segment.text) == lesson
    assert weave(lesson, lambda segment: f"  {segment.text}\n") == lesson
    assert weave(lesson, lambda segment: " \n") == lesson


def test_everything_around_the_words_stays():
    source = "#  One  ##\n\n*  two\n   three\n\n> four\nfive\n\n|six|  seven  |\n|-|:-:|\n"
    woven = weave(source, lambda segment: segment.text.upper())
    assert woven == "#  ONE  ##\n\n*  TWO THREE\n\n> FOUR FIVE\n\n|SIX|  SEVEN  |\n|-|:-:|\n"


def test_a_hard_break_opens_its_line_as_the_block_needs():
    source = "> - one\n\n1.  [ ] two\n\n- > three\n"
    woven = weave(source, lambda segment: segment.text + "\\\nnext")
    assert woven == "> - one\\\n>   next\n\n1.  [ ] two\\\n    next\n\n- > three\\\n  > next\n"


def test_the_mark_of_an_option_is_not_the_translators():
    source = "::: check\n1. A?\n   - [x] Yes\n   - [ ] No\n:::\n"
    woven = weave(source, _german)
    assert woven == "::: check\n1. A?\n   - [x] [ ] Ja\n   - [ ] - Nein\n:::\n"


def _german(segment):
    return {"Yes": "[ ] Ja", "No": "- Nein"}.get(segment.text)


@pytest.mark.parametrize(
    ("source", "words", "woven"),
    [
        ("title: One", "Uno", "title: Uno"),
        ("title: One # why", "a # b", "title: 'a # b' # why"),
        ("title: One", "a: b", "title: 'a: b'"),
        ("title: One", "yes", "title: 'yes'"),
        ("title: 'One'", "l'une", "title: 'l''une'"),
        ('title: "One"', 'say "a" \\ b', 'title: "say \\"a\\" \\\\ b"'),
        ("title: One\n  two", "uno dos", "title: uno dos"),
        ("title: |\n  One\n  two\n", "uno: dos", "title: |\n  uno: dos\n"),
        ("x: {title: One, b: c}", "a, b", "x: {title: 'a, b', b: c}"),
        ("title: Us, not them", "a, b", "title: a, b"),
        ("title: One", "- a", "title: '- a'"),
    ],
)
def test_a_value_of_the_front_matter_keeps_its_quotes_where_it_can(source, words, woven):
    assert weave(f"---\n{source}\n---\n", lambda segment: words) == f"---\n{woven}\n---\n"


def test_two_equal_cells_are_translated_each_in_its_place():
    source = "| a | a | a |\n|---|---|---|\n"
    numbers = iter("123")
    assert weave(source, lambda segment: next(numbers)) == "| 1 | 2 | 3 |\n|---|---|---|\n"


@pytest.mark.parametrize(
    ("source", "woven"),
    [
        ("> | a | b |\n> |---|---|\n", "> | A\\|A | B\\|B |\n> |---|---|\n"),
        ("- | - | x\n  |---|---|\n", "- | -\\|- | X\\|X\n  |---|---|\n"),
        ("> a | b\n> ---|---\n", "> A\\|A | B\\|B\n> ---|---\n"),
        ("a|b\n-|-\n", "A\\|A|B\\|B\n-|-\n"),
    ],
)
def test_cells_are_found_whatever_stands_before_the_row(source, woven):
    def doubled(segment):
        return f"{segment.text.upper()}|{segment.text.upper()}"

    assert weave(source, doubled) == woven


def test_a_backslash_at_the_end_of_a_cell_does_not_eat_its_border():
    woven = weave("|a|b|\n|-|-|\n", lambda segment: segment.text + "\\")
    assert [each.text for each in extract(woven)] == ["a\\", "b\\"]


def test_an_underlined_heading_with_one_pipe_does_not_become_a_table():
    woven = weave("One\n---\n", lambda segment: "uno |")
    assert [each.kind for each in extract(woven)] == ["heading"]


@pytest.mark.parametrize(
    ("source", "words", "woven"),
    [
        ("One\n\n---\n", "--- x", "\\--- x\n\n---\n"),  # no front matter
        ("# One\n", "C #", "# C \\#\n"),  # no closing hashes
        ("# One\n", "#", "# \\#\n"),
        ("> one\n  two\n", "a\\\nb", "> a\\\n> b\n"),  # a lazy line lends no prefix
        ("\x0c\nabc\n", "x", "\x0c\nx\n"),  # a line that the parser trims away
        ("- one\n---\n", "a | b", "- a &#124; b\n---\n"),  # no table above a rule
        ("---\ntitle: &a One\nsummary: *a\n---\n", "x", "---\ntitle: &a One\nsummary: *a\n---\n"),
    ],
)  # fmt: skip
def test_small_traps_are_stepped_over(source, words, woven):
    assert weave(source, lambda segment: words) == woven


def test_a_hard_break_in_an_option_stands_under_its_mark():
    source = "::: check\n1. A?\n   - [x] Yes\n:::\n"
    woven = weave(source, lambda segment: "Ja\\\nja" if segment.kind == "option" else None)
    assert woven == "::: check\n1. A?\n   - [x] Ja\\\n     ja\n:::\n"


def test_an_empty_last_line_inside_a_quotation_does_no_harm():
    assert weave("> ::: do\n>", lambda segment: "x") == "> ::: do\n>"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[a]: /b\n\nx\n", "[a]: /c\n\nx\n"),
        ("[a]: /b\n\nx\n", "x\n"),
        ("::: do One\n:::\n", "::: do\n:::\n"),
        ("::: us safety=law\n:::\n", "::: us\n:::\n"),
        ("- a\n", "* a\n"),
        ("2. a\n", "1. a\n"),
        ("```\na\n```\n", "```\nb\n```\n"),
        ("|a|\n|-|\n", "|a|\n|:-|\n"),
        ("---\nminutes: 1\n---\n", "---\nminutes: 2\n---\n"),
    ],
)
def test_a_difference_that_is_not_of_words_is_one_of_structure(one, other):
    assert structure(Source(one)) != structure(Source(other))


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_stay_and_new_lines_use_them(newline):
    source = "# One\n\n> two\n> three\n\n::: note Four\nfive\n:::\n".replace("\n", newline)
    assert weave(source, lambda segment: segment.text) == source
    woven = weave(source, lambda segment: segment.text.upper() + "\\\nx")
    expected = "# ONE x\n\n> TWO THREE\\\n> x\n\n::: note FOUR x\nFIVE\\\nx\n:::\n"
    assert woven == expected.replace("\n", newline)


def test_a_byte_order_mark_stays_and_hides_nothing():
    source = "\ufeff---\ntitle: One\n---\nTwo\n"
    assert weave(source, lambda segment: segment.text) == source
    woven = weave(source, lambda segment: segment.text.upper())
    assert woven == "\ufeff---\ntitle: ONE\n---\nTWO\n"


def test_the_bytes_that_no_text_should_hold_do_no_harm():
    source = "One\x00two\n\n[a\ud800]: /b\ud800\n\n- \udfffthree\n"
    assert weave(source, lambda segment: segment.text) == source
    assert weave(source, lambda segment: "x\ud800\x00") == (
        "x\ufffd\ufffd\n\n[a\ud800]: /b\ud800\n\n- x\ufffd\ufffd\n"
    )


LESSON_STRUCTURE = structure(Source(LESSON))

MARKS = st.sampled_from(
    ["#", ">", "-", "+", "*", "_", "=", "~", "`", ":", "|", "[", "]", "(", ")", "!", "\\", "\n",
     "\\\n", " ", "  ", "\t", "1.", "2)", "::: do", ":::", "---", "===", "[x]: /y", "<b>", "<!--",
     "&", "'", '"', "{", "}", ",", "a", "b c", "\r\n", "\u00a0", "ü", "\ud800", "\x00"]
)  # fmt: skip
WORDS = st.one_of(st.lists(MARKS, max_size=12).map("".join), st.text(max_size=30))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_no_translation_changes_the_blocks_of_a_page(words):
    count = iter(range(10**6))
    try:
        woven = weave(LESSON, lambda segment: words[next(count) % len(words)])
    except StructureChanged:
        return
    assert structure(Source(woven)) == LESSON_STRUCTURE
    assert [each.kind for each in extract(woven)] == [each.kind for each in extract(LESSON)]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abcü*_`[]()!'\"&,:# \u00a0।，", min_size=1, max_size=40))
def test_what_was_woven_in_is_what_is_found_again(words):
    before = extract(LESSON)
    woven = weave(LESSON, lambda segment: "w " + words + " w")
    assert [each.text for each in extract(woven)] == [fold("w " + words + " w")] * len(before)


@settings(max_examples=100, deadline=None)
@given(st.lists(MARKS, max_size=25).map("".join), WORDS)
def test_any_page_survives_any_translation(source, words):
    assert weave(source, lambda segment: segment.text) == source
    try:
        woven = weave(source, lambda segment: words)
    except StructureChanged:
        return
    assert len(extract(woven)) == len(extract(source))
