"""What taking part means is read on a screen and on paper: it says nothing that only one has."""

import re
from pathlib import Path

import pytest

from edu.languages import SOURCE
from edu.segments.catalogue import read_po
from tests.paper.world import paper
from tests.people import People

ROOT = Path(__file__).parents[2]
#: What only a screen has, in the languages that ship.
ON_SCREENS = {
    "en": ("tap", "button", "click", "press"),
    "ar": ("اضغط", "زر"),
    "es-419": ("toca", "botón"),
    "hi": ("बटन", "दबाएँ"),
    "sw": ("gusa", "kitufe"),
    "ta": ("பட்டன்", "தட்டு"),
}


def consent(tag: str) -> str:
    """The text that people agree to, in a language."""
    if tag == SOURCE:
        return (ROOT / "content" / "pages" / "consent.md").read_text("utf-8")
    file = ROOT / "translations" / tag / "LC_MESSAGES" / "pages.po"
    found = [each for each in read_po(file).entries if each.context.startswith("pages.consent")]
    return "\n".join(each.target for each in found)


@pytest.mark.parametrize("tag", ON_SCREENS)
def test_the_text_people_agree_to_names_nothing_that_only_a_screen_has(tag: str) -> None:
    said = consent(tag).casefold()
    assert "18" in said
    words = set(re.findall(r"[^\W_]+", said)) if tag == SOURCE else {said}
    assert [each for each in ON_SCREENS[tag] if any(each in word for word in words)] == []


def test_the_first_paper_says_how_to_agree_with_a_pen_and_how_not_to(people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    page = tendai.opens(paper(group, "before")).text
    assert "You decide. Yes and no are both fine." in page
    agreeing = page.partition("I am 18 or older and I want to take part")[2]
    said = re.findall(r"<p>(.*?)</p>", agreeing)[0]
    assert said == (
        "Tick this box if you want to take part. If not, leave the whole paper empty. "
        "Fold it and put it into the box all the same."
    )
    assert "Tick this box" not in tendai.opens(paper(group, "after")).text


def test_a_paper_without_a_card_says_that_it_cannot_be_taken_back(people: People) -> None:
    tendai = people.tendai
    told = "On this paper you have no code."
    groups = [tendai.makes_group(linking=linking) for linking in ("card", "elements")]
    pages = [tendai.opens(paper(group, "before")).text for group in groups]
    assert [told in page for page in pages] == [False, True]
    assert told not in tendai.opens(paper(groups[1], "after")).text
