"""Whoever does not read numbers comes back with the pictures on her card, one tap for each."""

import re

from tests.people import LearnerPerson, People

NAMES = ("sun", "tree", "fish", "house", "moon", "star", "cup", "key", "drum", "boat")


def taps(person: LearnerPerson, *pictures: str) -> str:
    """Tap pictures one after the other, without a script; the last page."""
    page = person.opens("/en/return").text
    for each in pictures:
        typed = re.search(r'id="code"[^>]* value="(\d*)"', page)
        assert typed is not None
        value = str(NAMES.index(each)) if each in NAMES else each
        page = person.sends("/en/return", code=typed[1], add=value).text
    return page


def shown(page: str) -> list[str]:
    """The pictures in the row of a page."""
    row = page.partition('<ol class="pictures"')[2].partition("</ol>")[0]
    return re.findall(r'aria-label="(\w+)"', row.partition(">")[2])


def test_the_pictures_of_a_card_bring_its_holder_back_on_another_phone(people: People) -> None:
    amina, elsewhere = people.amina, people.learner()
    pictures = shown(amina.starts("m1").text)
    assert [NAMES.index(each) for each in pictures] == [int(digit) for digit in amina.code]
    assert "Lessons done" in taps(elsewhere, *pictures)


def test_a_wrong_picture_can_be_taken_back_and_a_wrong_row_is_told(people: People) -> None:
    elsewhere = people.learner()
    assert shown(taps(elsewhere, "sun", "key", "back", "boat")) == ["sun", "boat"]
    page = taps(elsewhere, *["sun"] * 11, "boat")
    assert "A digit is wrong or missing." in page
    assert shown(page) == [*["sun"] * 11, "boat"]
