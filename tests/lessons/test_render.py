# ruff: noqa: E501 (HTML is compared line by line)
import pytest

from edu.lessons.lesson import split_blocks
from edu.lessons.render import RenderedBlock, english, render_blocks, render_fragment
from tests.lessons.small import LESSON, changed, with_story


def rendered(text: str, **options: object) -> str:
    """The HTML without the line ends between its elements."""
    return "".join(render_fragment(text, **options).split("\n"))  # type: ignore[arg-type]


def test_a_block_is_a_section_with_the_usual_heading() -> None:
    text = "::: idea\nWe are *many*.\n:::\n"
    html = '<section class="b idea" id="b-idea"><h2>The idea</h2>\n<p>We are <em>many</em>.</p>\n</section>\n'
    assert render_blocks(text, english) == [RenderedBlock("idea", "", html, "")]


def test_a_block_with_a_title_of_its_own_keeps_the_usual_word_above_it() -> None:
    text = "::: us safety=law One <step> & more\nGo.\n:::\n"
    [block] = render_blocks(text, english)
    assert (block.title, block.safety) == ("One <step> & more", "law")
    assert block.html.split("\n")[0] == (
        '<section class="b us" id="b-us"><h2><small>One step</small> One &lt;step&gt; &amp; more</h2>'
    )


def test_the_blocks_of_a_lesson_come_in_order_and_nothing_from_outside_them() -> None:
    text = changed("::: here", "Lost words.\n\n::: here")
    blocks = render_blocks(text, english)
    assert [block.name for block in blocks] == [
        *("idea", "here", "do", "check", "us", "facilitator"),
    ]
    assert [block.name for block in blocks if "Lost" in block.html] == []


def test_two_blocks_of_one_kind_have_different_ids() -> None:
    text = "::: here\nA\n:::\n\n::: here\nB\n:::\n"
    ids = [block.html.split('"')[3] for block in render_blocks(text, english)]
    assert ids == ["b-here", "b-here-1"]


CHECK = """\
::: check
1. Which one?
   - [x] The **first**.
     > Yes.
   - [ ] The second.
     > Not quite.
:::
"""


def test_a_question_is_a_group_whose_options_open_to_their_feedback() -> None:
    assert rendered(CHECK) == (
        '<section class="b check" id="b-check"><h2>Look back</h2>'
        '<p class="how">Choose an answer to see what it leads to. Nothing is sent or counted.</p>'
        '<div class="q" role="group" aria-labelledby="c1"><p class="qt" id="c1">Which one?</p>'
        '<details name="c1"><summary>The <strong>first</strong>.</summary>'
        '<div class="good"><p class="fw"><span aria-hidden="true">✓</span> A good answer</p>'
        "<p>Yes.</p></div></details>"
        '<details name="c1"><summary>The second.</summary>'
        '<div class="again"><p class="fw"><span aria-hidden="true">↺</span> Look again</p>'
        "<p>Not quite.</p></div></details>"
        "</div></section>"
    )


def test_a_list_that_is_no_question_is_shown_as_it_is() -> None:
    text = CHECK.replace("- [ ] The second.", "- The second.")
    assert "<li>[x] The <strong>first</strong>.<blockquote>" in rendered(text)


SORT = """\
:::: do
::: sort A title
- Mine
- Yours

1. A cup
   > Both.
2. A bowl
:::
::::
"""


def test_cards_to_sort_are_questions_with_the_places_as_answers() -> None:
    assert rendered(SORT) == (
        '<section class="b do" id="b-do"><h2>Try it</h2><div class="sort"><h3>A title</h3>'
        '<p class="how">Choose a place for each card. Your choices stay on this page.</p>'
        "<fieldset><legend>A cup</legend>"
        '<label><input type="radio" name="s1"> Mine</label>'
        '<label><input type="radio" name="s1"> Yours</label>'
        "<details><summary>What others often say</summary><p>Both.</p></details></fieldset>"
        "<fieldset><legend>A bowl</legend>"
        '<label><input type="radio" name="s2"> Mine</label>'
        '<label><input type="radio" name="s2"> Yours</label></fieldset>'
        "</div></section>"
    )


def test_things_to_match_are_cards_with_another_instruction() -> None:
    html = rendered(SORT.replace("sort", "match"))
    assert html == rendered(SORT).replace("sort", "match").replace(
        "Choose a place for each card.", "Choose one for each."
    )


def test_a_plan_has_a_nameless_line_for_each_prompt() -> None:
    assert rendered("::: plan\n1. A thing\n:::\n") == (
        '<div class="plan"><p class="how">Write for yourself. Nothing is kept or sent; you can'
        " print this page.</p><ol><li><label>A thing"
        ' <input type="text" autocomplete="off"></label></li></ol></div>'
    )


def test_what_is_revealed_is_behind_its_title() -> None:
    assert rendered("::: reveal Look & see\nHere.\n:::\n") == (
        '<details class="reveal"><summary>Look &amp; see</summary><p>Here.</p></details>'
    )


BOARD = "::: board Amina\n1. She sings.\n   > Well.\n2. She rests.\n:::\n"


def test_the_board_has_flat_radios_before_each_square() -> None:
    html = rendered(BOARD)
    moments = html.split('<fieldset class="board">')[1:]
    assert [moment.split("</legend>")[0] for moment in moments] == [
        "<legend>Amina: 1 of 2",
        "<legend>Amina: 2 of 2",
    ]
    radio = (
        '<input id="w1i3" name="w1i" type="radio" class="i3 ih">'
        '<label for="w1i3"><span class="vh">How much illness or distress? </span>much</label>'
    )
    assert moments[0].count(radio) == 1
    assert [moment.count('type="radio"') for moment in moments] == [10, 10]
    assert [moment.split('<div class="square">')[1].count("<input") for moment in moments] == [0, 0]
    seen = "<details><summary>One way to see it</summary><p>Well.</p></details>"
    assert [moment.count(seen) for moment in moments] == [1, 0]


def test_a_widget_of_another_shape_is_shown_as_ordinary_text() -> None:
    assert rendered("::: board Amina\nNo list.\n:::\n") == "<h3>Amina</h3><p>No list.</p>"


def test_a_made_up_story_says_so_before_it_is_told() -> None:
    html = {block.name: block.html for block in render_blocks(with_story(), english)}["meet"]
    assert html.split("\n") == [
        '<section class="b meet" id="b-meet"><h2>Meet someone</h2>',
        '<p class="teller"><b>Fictional composite</b> Amina, who sings</p>',
        '<p class="hint">A story put together from many lives. This is not one real person.</p>',
        '<div class="told">',
        "<p>I sing.</p>",
        "</div>",
        "</section>",
        "",
    ]


def test_a_recording_is_not_fetched_before_it_is_wanted_and_says_its_size() -> None:
    text = with_story("  audio: media/a.opus\n")
    sizes = {"media/a.opus": 2049}
    blocks = render_blocks(text, english, media="/files/m1/", sizes=sizes)
    html = {block.name: block.html for block in blocks}["meet"]
    assert html.split("\n")[3:5] == [
        '<p class="how"><a href="/files/m1/a.opus">Listen (3 KB)</a></p>',
        '<audio controls preload="none" src="/files/m1/a.opus"></audio>',
    ]


def test_a_note_on_a_plain_page_keeps_its_title() -> None:
    assert rendered("::: note safety=helpline At any hour\nGo.\n:::\n") == (
        '<div class="note"><p><strong>At any hour</strong></p><p>Go.</p></div>'
    )


def test_a_table_scrolls_by_itself_and_carries_no_inline_style() -> None:
    assert rendered("| a | b |\n| --- | --: |\n| c | d |\n") == (
        '<div class="tw" role="group" tabindex="0" aria-label="Table"><table><thead><tr>'
        '<th>a</th><th class="end">b</th></tr></thead><tbody><tr><td>c</td>'
        '<td class="end">d</td></tr></tbody></table></div>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <script>x</script>", "<p>a &lt;script&gt;x&lt;/script&gt;</p>"),
        ("![A well](https://example.org/w.png)", "<p>A well</p>"),
        ("![A well](data:image/png;base64,AAAA)", "<p>A well</p>"),
        ("[a](javascript:alert)", "<p>[a](javascript:alert)</p>"),
        ("[a](tel:112) [b](//example.org) [c](/x)", "<p>a b c</p>"),
        ("![A well](media/w.png)", '<p><img src="media/w.png" alt="A well" loading="lazy" /></p>'),
        ("[a](m1.2)", '<p><a href="m1.2">a</a></p>'),
        ("[a](https://example.org/)", '<p><a href="https://example.org/" rel="noopener noreferrer">a</a></p>'),
    ],
)  # fmt: skip
def test_only_what_is_safe_leaves_the_renderer(text: str, html: str) -> None:
    assert rendered(text) == html


def test_a_lesson_keeps_no_link_to_another_site() -> None:
    text = "::: us\nSee [this *page*](https://example.org/) now.\n:::\n"
    assert "<p>See this <em>page</em> now.</p>" in render_blocks(text, english)[0].html


def test_links_and_pictures_get_the_addresses_of_the_page() -> None:
    html = rendered("[a](m1.2) ![b](media/c.png)", link=lambda id: f"/sw/{id}", media="/files/")
    assert (
        html == '<p><a href="/sw/m1.2">a</a> <img src="/files/c.png" alt="b" loading="lazy" /></p>'
    )


def test_interface_words_come_from_the_catalogue_and_are_escaped() -> None:
    html = rendered(CHECK + SORT + BOARD, words=lambda message: f"<{len(message)}>")
    assert "A good answer" not in html
    assert '<p class="fw"><span aria-hidden="true">✓</span> &lt;13&gt;</p>' in html
    assert "<13>" not in html


EN = ("en", "ltr")


def test_each_piece_in_another_language_says_so_on_its_own_element() -> None:
    text = "---\ntitle: T\nminutes: 3\nsummary: S\n---\n\n::: idea Title\n### H\n\nP\n\n- I\n\n| A | B |\n|---|---|\n| c | |\n:::\n"
    languages = [None, EN, EN, EN, EN, EN, EN, None, EN]
    assert rendered(text, languages=languages) == (
        '<section class="b idea" id="b-idea"><h2><small>The idea</small>'
        ' <span lang="en" dir="ltr">Title</span></h2>'
        '<h3 lang="en" dir="ltr">H</h3><p lang="en" dir="ltr">P</p>'
        '<ul><li><p lang="en" dir="ltr">I</p></li></ul>'
        '<div class="tw" role="group" tabindex="0" aria-label="Table"><table><thead><tr>'
        '<th lang="en" dir="ltr">A</th><th>B</th></tr></thead>'
        '<tbody><tr><td lang="en" dir="ltr">c</td><td></td></tr></tbody></table></div></section>'
    )


def test_widgets_mark_the_words_of_another_language_and_not_their_own() -> None:
    html = rendered(CHECK, languages=[None, EN, None, None, EN])
    assert '<summary lang="en" dir="ltr">The <strong>first</strong>.</summary>' in html
    assert "<summary>The second.</summary>" in html
    assert html.endswith(
        'Look again</p><p lang="en" dir="ltr">Not quite.</p></div></details></div></section>'
    )
    html = rendered(SORT, languages=[EN, EN, None, EN, None, None])
    assert '<h3 lang="en" dir="ltr">A title</h3>' in html
    assert '<input type="radio" name="s1"> <span lang="en" dir="ltr">Mine</span></label>' in html
    assert '<legend lang="en" dir="ltr">A cup</legend>' in html
    assert "<legend>A bowl</legend>" in html
    html = rendered(BOARD, languages=[EN, EN, None, None])
    assert '<legend><span lang="en" dir="ltr">Amina</span>: 1 of 2</legend>' in html
    assert '<p lang="en" dir="ltr">She sings.</p>' in html


def test_the_teller_s_language_is_marked() -> None:
    text = "---\nstory:\n  teller: Amina\n  consent: fictional-composite\ntitle: T\n---\n::: meet\nI sing.\n:::\n"
    html = rendered(text, languages=[EN, None, None])
    assert '<b>Fictional composite</b> <span lang="en" dir="ltr">Amina</span></p>' in html


def test_a_wrong_number_of_languages_is_refused() -> None:
    with pytest.raises(ValueError, match="1 languages for 4 values and 17 pieces of text"):
        render_blocks(LESSON.replace("minutes: 9", "minutes: 9\ncontent_note: N"), english, [EN])


def test_a_block_alone_renders_as_it_does_within_its_lesson() -> None:
    for piece, block in zip(
        [piece for piece in split_blocks(LESSON) if piece.block],
        render_blocks(LESSON, english),
        strict=True,
    ):
        assert render_blocks(piece.text, english) == [block]
