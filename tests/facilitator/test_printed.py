"""What is printed of a lesson, and what is shown of it on a big screen."""

import itertools
import re
from datetime import date

from flask import Flask

from edu.editions.releasing import current_release
from edu.facilitator.printed import chapters, in_a_handbook
from edu.lessons.on_paper import ON_PAPER
from edu.lessons.render import english, render_blocks
from edu.pages.speaking import speaking
from edu.pages.views import module_view
from tests.pages.seen import Seen

DAY = date(2026, 11, 3)

LESSON = """---
title: Greeting
---

::: check
1. Who greets first?
   - [x] Otieno & co
     > Yes, he does.
   - [ ] Nobody
     > Look again.
2. No answers here.
:::

:::: do Say it
::: sort
- Yes
- No

1. A card
   > It fits either way.
2. Another card
:::

::: plan
1. Tomorrow I ...
:::

::: reveal What others found
The well.
:::
::::
"""


def read(house: Flask, address: str) -> Seen:
    answer = house.test_client().get(address)
    assert (address, answer.status_code) == (address, 200)
    return Seen(answer.text)


def faults(page: Seen) -> list[str]:
    """What would trip somebody who hears the page, or finds her way by its names."""
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    levels = [int(each.tag[1]) for each in page.elements if re.fullmatch("h[1-6]", each.tag)]
    jumps = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
    targets = [
        target
        for each in page.elements
        for name in ("aria-labelledby", "aria-describedby", "for")
        for target in each.attributes.get(name, "").split()
    ]
    return [
        *(f"id {each} twice" for each in sorted(set(ids)) if ids.count(each) > 1),
        *(f"{each} is nowhere" for each in targets if each not in ids),
        *(f"a heading jumps {each}" for each in jumps),
        *(f"<{each}> is loose" for each in page.loose),
        *([f"{levels.count(1)} h1"] if levels.count(1) != 1 else []),
    ]


def test_on_paper_there_is_a_box_for_each_answer_and_no_answer_is_given_away() -> None:
    check, do = render_blocks(LESSON, english, containers=ON_PAPER)
    assert check.html.count('class="box"') == 2
    assert "Otieno &amp; co</li>" in check.html
    assert "<li><p>No answers here.</p></li>" in check.html
    for told in ("Yes, he does", "Look again", "[x]", "<details", "<input"):
        assert told not in check.html
    assert do.html.count('class="box"') == 4
    assert do.html.count('<p class="line">') == 1
    for told in ("It fits either way", "What others found", "The well.", "<input", "<details"):
        assert told not in do.html


def test_what_has_not_the_shape_of_a_widget_is_printed_as_it_is() -> None:
    (do,) = render_blocks(
        ":::: do\n::: sort\nOnly words.\n:::\n::::\n", english, containers=ON_PAPER
    )
    assert "<p>Only words.</p>" in do.html


def test_names_of_two_lessons_do_not_meet_in_a_handbook() -> None:
    """Where one thing is named by two others, too."""
    named = '<h2 id="a">A</h2><h2 id="b">B</h2><div role="group" aria-labelledby="a b"></div>'
    page = Seen(f"<h1>M2</h1><h2>1</h2>{''.join(in_a_handbook(each, [named]) for each in (1, 2))}")
    assert faults(page) == []
    groups = [each["aria-labelledby"].split() for each in page.all("div")]
    assert groups == [[each["id"] for each in page.all("h3")][at : at + 2] for at in (0, 2)]


def test_what_is_printed_and_shown_is_sound_in_every_direction(house: Flask) -> None:
    for tag in ("en", "sw-KE", "ar"):
        for rest in ("1/handout", "2/handout", "handbook", "1/show/"):
            page = read(house, f"/{tag}/m1/{rest}")
            assert (tag, rest, faults(page)) == (tag, rest, [])
            assert page.all("html")[0]["lang"] == tag


def test_a_handout_holds_what_a_learner_keeps_and_nothing_for_the_leader(house: Flask) -> None:
    page = read(house, "/en/m1/1/handout")
    classes = [each.get("class", "").split()[1] for each in page.all("section")]
    assert classes == ["idea", "do", "check", "us"]
    for told in ("Ten minutes.", "Yes, he does.", "At the well, Otieno greets first."):
        assert told not in page.page


def test_a_handbook_gives_the_notes_first_then_the_lesson_with_its_answers(house: Flask) -> None:
    page = read(house, "/en/m1/handbook")
    chapter = page.page.partition('id="lesson-1"')[2].partition("</article>")[0]
    classes = re.findall(r'<section class="b (\w+)"', chapter)
    assert classes == ["facilitator", "idea", "here", "do", "check", "us"]
    assert "Yes, he does." in chapter
    assert "<details open" in chapter
    assert re.findall(r"<details(?! open>)", chapter) == []
    assert len(page.all("article")) == 2


def test_a_text_of_another_language_is_marked_on_paper(house: Flask) -> None:
    page = read(house, "/sw-KE/m1/1/handout")
    assert page.language_of("Msalimu mtu mmoja leo.") == [("sw-KE", "ltr")]
    assert page.language_of("Where do they meet?") == [("en", "ltr")]
    page = read(house, "/ar/m1/1/handout")
    assert page.language_of("At the well") == [("en", "ltr")]


def test_words_that_look_like_marks_of_ours_stay_words(house: Flask) -> None:
    with house.extensions["database"].session(reading=True) as session, speaking("en"):
        release = current_release(session, "en", "m1")
        assert release is not None
        module = module_view(release.payload, release.id, "en")
    lesson = module.lessons[0]
    text = '::: idea\nWrite <h2> or id="x" and <details name="y"> here.\n:::\n'
    marked = type(lesson)(
        **(vars(lesson) | {"markdown": f"---\ntitle: T\n---\n\n{text}", "tags": ["en", "en"]})
    )
    whole = type(module)(**(vars(module) | {"lessons": [marked]}))
    (chapter,) = chapters(whole, "en", english, DAY, {})
    assert (
        "&lt;h2&gt; or id=&quot;x&quot; and &lt;details name=&quot;y&quot;&gt; here."
        in chapter.blocks
    )


def test_nothing_is_printed_of_what_is_not_released(house: Flask) -> None:
    guest = house.test_client()
    for address in (
        "/en/m7/handbook",
        "/en/m1/9/handout",
        "/en/quizzes/handbook",
        "/en/pages/handbook",
    ):
        assert guest.get(address).status_code == 404


def test_the_big_screen_turns_block_by_block_without_a_script(house: Flask) -> None:
    page = read(house, "/en/m1/1/show/")
    slides = [each["id"] for each in page.all("div") if each.get("class") == "slide"]
    assert slides == ["s0", "s1", "s2", "s3", "s4", "s5"]
    turns = [each["href"] for each in page.all("a") if each.get("href", "").startswith("#s")]
    assert turns == ["#s1", "#s0", "#s2", "#s1", "#s3", "#s2", "#s4", "#s3", "#s5", "#s4"]


def test_the_big_screen_holds_nothing_for_the_leader_and_sends_nothing(house: Flask) -> None:
    page = read(house, "/en/m1/1/show/")
    assert "Ten minutes." not in page.page
    assert page.all("form") == []
    assert [each for each in page.all("input") if each.get("type") == "hidden"] == []
    (timer,) = [each for each in page.all("div") if "data-timer" in each]
    assert "hidden" in timer


def test_the_notes_lead_to_the_screen_and_to_what_is_printed(house: Flask) -> None:
    page = read(house, "/sw-KE/m1/2/notes/")
    links = [each["href"] for each in page.all("a")]
    wanted = ["/sw-KE/m1/2/show/", "/sw-KE/m1/2/handout", "/sw-KE/m1/handbook"]
    assert [each for each in links if each in wanted] == wanted
