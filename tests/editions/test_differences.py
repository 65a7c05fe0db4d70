"""What changed between two releases, block by block and word by word."""

from typing import Any

from edu.editions.drift.differences import Difference, Part, Sort, differences


def payload(*blocks: str, title: str = "Greeting") -> dict[str, Any]:
    """A module's release with one lesson of these blocks."""
    return {
        "title": {"text": title},
        "lessons": [{"id": "m1.1", "markdown": "\n\n".join(blocks)}],
    }


def shown(difference: Difference) -> tuple[str, str, str, str]:
    """A difference with what came and went in brackets."""
    before, now = (
        "".join(f"[{part.text}]" if part.new else part.text for part in parts)
        for parts in (difference.before, difference.now)
    )
    return difference.place, difference.sort.value, before, now


def test_the_same_words_differ_in_nothing() -> None:
    assert differences(payload("One.", "Two."), payload("One.", "Two.")) == []


def test_a_changed_word_is_marked_on_both_sides_and_nothing_else() -> None:
    found = differences(payload("She greets him first."), payload("She greets them first."))
    assert [shown(each) for each in found] == [
        ("m1.1", "changed", "She greets [him ]first.", "She greets [them ]first.")
    ]


def test_new_and_removed_blocks_stand_alone() -> None:
    found = differences(payload("One.", "Two.", "Three."), payload("One.", "Three.", "Four."))
    assert [shown(each) for each in found] == [
        ("m1.1", "removed", "[Two.]", ""),
        ("m1.1", "added", "", "[Four.]"),
    ]


def test_lines_that_are_only_broken_elsewhere_are_no_change() -> None:
    assert differences(payload("One two\nthree."), payload("One\ntwo three.")) == []
    found = differences(payload("One two\nthree four."), payload("One\ntwo three five."))
    assert [shown(each)[3] for each in found] == ["One\ntwo three [five.]"]


def test_the_title_and_a_lesson_that_is_gone_are_told_too() -> None:
    before, now = payload("One.", title="Greeting"), payload("One.", title="Greetings")
    now["lessons"] = []
    assert [shown(each) for each in differences(before, now)] == [
        ("title", "changed", "[Greeting]", "[Greetings]"),
        ("m1.1", "removed", "[One.]", ""),
    ]


def test_without_a_release_before_everything_is_new() -> None:
    found = differences(None, payload("One."))
    assert found == [
        Difference("title", Sort.ADDED, [], [Part("Greeting", True)]),
        Difference("m1.1", Sort.ADDED, [], [Part("One.", True)]),
    ]


def test_pages_and_questions_are_compared_by_their_place() -> None:
    def words(text: str) -> dict[str, Any]:
        return {"instruments": {"feelings": {"words": {"feelings|hope-1": {"text": text}}}}}

    found = differences(words("I hope."), words("I have hope."))
    assert [shown(each) for each in found] == [
        ("feelings|hope-1", "changed", "I hope.", "I [have ]hope.")
    ]
    page = {"pages": [{"slug": "support", "markdown": "Call."}]}
    assert [shown(each) for each in differences({"pages": []}, page)] == [
        ("support", "added", "", "[Call.]")
    ]


def test_nothing_is_lost_whatever_changes() -> None:
    before = payload("a b c", "d e", "f", "g h i j")
    now = payload("a x c", "f", "new", "g h j", "end")
    for each in differences(before, now):
        for parts, whole in ((each.before, before), (each.now, now)):
            text = "".join(part.text for part in parts)
            assert text in whole["lessons"][0]["markdown"]
