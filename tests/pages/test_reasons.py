"""Why a file was refused, as a page says it: in its own language, or marked as English."""

import pytest

from edu.lessons.mistakes import Message, Mistake
from edu.pages import reasons
from edu.pages.speaking import speaking

_KNOWN = {
    "The file is larger than %(most)s.": "Faili ni kubwa kuliko %(most)s.",
    "Put the person first.": "Mtu kwanza.",
    "The file is empty.": "Faili ni tupu.",
}


@pytest.fixture(autouse=True)
def a_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reasons, "_", lambda english: _KNOWN.get(english, english))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Message("The file is larger than %(most)s.", most="5 MB"), "Faili ni kubwa kuliko 5 MB."),
        ("The file is empty.", "Faili ni tupu."),
        # A word of the file is not taken for one of ours.
        (
            Message("The file is larger than %(most)s.", most="The file is empty."),
            "Faili ni kubwa kuliko The file is empty..",
        ),
        (
            Message("%(one)s: %(fault)s", one="<b>", fault=Message("Put the person first.")),
            "&lt;b&gt;: Mtu kwanza.",
        ),
        (
            Message("%(one)s: %(fault)s", one="a", fault=Message("Nobody's words, %(n)d", n=5)),
            '<bdi lang="en" dir="ltr">a: Nobody&#39;s words, 5</bdi>',
        ),
        ("100% <odd>", '<bdi lang="en" dir="ltr">100% &lt;odd&gt;</bdi>'),
    ],
)
def test_a_reason_is_said_in_the_language_of_the_page_or_marked_as_english(
    said: str, told: str
) -> None:
    with speaking("sw"):
        assert str(reasons.reason(said)) == told


def test_on_an_english_page_nothing_is_marked_and_a_line_is_named_where_it_tells() -> None:
    found = [Mistake("a.po", 1, "The file is empty."), Mistake("a.po", 7, "Odd <i>.")]
    with speaking("en"):
        told = [str(each) for each in reasons.reasons(found)]
    assert told == [
        '<bdi dir="ltr">a.po:</bdi> Faili ni tupu.',
        '<bdi dir="ltr">a.po:7:</bdi> Odd &lt;i&gt;.',
    ]
