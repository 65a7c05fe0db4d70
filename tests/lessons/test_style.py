import pytest

from edu.lessons.checks import check_lesson
from edu.lessons.mistakes import Mistake
from edu.lessons.phone import phone_numbers
from edu.lessons.style import words_about_people
from tests.lessons.small import LESSON, changed, line_of, with_idea, with_widget


def found(text: str) -> list[Mistake]:
    return check_lesson(text, "a.md", "m1.1", set())


def phrases(text: str) -> list[tuple[str, bool]]:
    """What was objected to, and whether it blocks."""
    return [(m.message.partition(":")[0], m.blocks) for m in words_about_people(text, 1, "a.md")]


@pytest.mark.parametrize(
    ("text", "phrase", "blocks"),
    [
        ("He suffers from fear.", "suffers from", True),
        ("A sufferer.", "sufferer", True),
        ("She is a schizophrenic.", "a schizophrenic", True),
        ("She is a depressive and a cook.", "a depressive", True),
        ("We met two addicts.", "addicts", True),
        ("Care for the mentally ill.", "the mentally ill", True),
        ("He committed suicide.", "committed suicide", True),
        ("A failed suicide attempt.", "failed suicide", True),
        ("A suicide epidemic.", "suicide epidemic", True),
        ("It is a chemical imbalance.", "chemical imbalance", True),
        ("It is a brain\ndisease.", "brain disease", True),
        ("Mere superstition.", "superstition", True),
        ("They are ignorant.", "ignorant", True),
        ("Myths and facts about us.", "Myths and facts", True),
        ("These people need us.", "These people", False),
        ("A victim of depression.", "victim of depression", False),
        ("He took an overdose.", "overdose", False),
    ],
)
def test_words_that_hurt_are_found(text: str, phrase: str, blocks: bool) -> None:
    assert phrases(text) == [(f"'{phrase}'", blocks)]


@pytest.mark.parametrize(
    "text",
    [
        "A depressive illness can pass.",
        "She lives with schizophrenia and runs a shop.",
        "He is in recovery from alcohol.",
        "Alcoholics Anonymous meets here.",
        "Some people think of suicide, and many come through.",
        "A person can believe it is a curse.",
        "In fact, we are many.",
        'People say "the mentally ill", and it hurts.',
        "People say “a madman”, and it hurts.",
        "The factory closed.",
    ],
)
def test_words_that_are_fine_or_only_quoted_pass(text: str) -> None:
    assert phrases(text) == []


@pytest.mark.parametrize("text", ["Myth: it is catching.", "**Fact 2:** it is not.", "Fact – no."])
def test_a_myth_and_a_fact_are_no_layout(text: str) -> None:
    message = "No myth-and-fact lists: they spread the myth. Say what is so."
    assert words_about_people(text, 4, "a.md") == [Mistake("a.md", 4, message)]


def test_a_table_of_myths_and_facts_is_found_by_its_head() -> None:
    text = with_idea("| Myth | Fact |\n| --- | --- |\n| a | b |\n\nWe are many and we are here.")
    message = "No myth-and-fact lists: they spread the myth. Say what is so."
    assert found(text) == [Mistake("a.md", line_of("| Myth", text), message)]


def test_a_card_to_sort_may_show_what_nobody_should_say() -> None:
    cards = "1. She is a schizophrenic.\n2. A madman.\n   > Nobody is a case."
    assert found(with_widget(f"::: sort\n- Yes\n- Never\n\n{cards}\n:::")) == []


def test_what_is_said_about_a_card_is_held_to_the_rules() -> None:
    cards = "1. One.\n2. Two.\n   > She is a schizophrenic."
    text = with_widget(f"::: sort\n- Yes\n- Never\n\n{cards}\n:::")
    message = (
        "'a schizophrenic': This makes a condition into a person's name; put the person first."
    )
    assert found(text) == [Mistake("a.md", line_of("   > She is", text), message)]


def test_only_an_answer_that_is_not_marked_as_good_may_show_it() -> None:
    assert found(changed("- [ ] That.", "- [ ] She is a depressive.")) == []
    text = changed("- [x] This.", "- [x] She is a depressive.")
    assert [mistake.line for mistake in found(text)] == [line_of("- [x] She", text)]


def test_the_line_of_a_finding_is_its_own_within_a_paragraph() -> None:
    text = with_idea("We are\nmany. He suffers\nfrom fear.")
    assert [mistake.line for mistake in found(text)] == [line_of("many. He", text)]


def test_a_heading_that_speaks_of_danger_is_advised_against() -> None:
    text = changed("::: us", "::: us Are we dangerous?")
    message = "A heading that speaks of danger plants it; say what helps."
    assert found(text) == [Mistake("a.md", line_of("::: us", text), message, blocks=False)]


def test_a_sentence_of_more_than_25_words_is_advised_against() -> None:
    words = "one " * 24
    assert found(with_idea(f"{words}end.")) == []
    text = with_idea(f"Short.\n{words}one end.")
    message = "This sentence has 26 words; 25 are enough."
    assert found(text) == [Mistake("a.md", line_of("one one", text), message, blocks=False)]


@pytest.mark.parametrize(("count", "fits"), [(119, False), (120, True), (250, True), (251, False)])
def test_an_idea_has_120_to_250_words(count: int, fits: bool) -> None:
    start = LESSON.index("We are many")
    body = "\n".join(["One."] * count)
    text = LESSON[:start] + body + "\n" + LESSON[LESSON.index(":::\n\n::: here") :]
    message = f"'idea' has {count} words; 120 to 250 are wanted."
    advice = Mistake("a.md", line_of("::: idea", text), message, blocks=False)
    assert found(text) == ([] if fits else [advice])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+44 20 7946 0123", "+44 20 7946 0123"),
        ("write 0800-111-222", "0800-111-222"),
        ("(0)70.123.4567", "(0)70.123.4567"),
        ("116 123 at night", "116 123"),
        ("116123", "116123"),
        ("call 112", "112"),
        ("dial the number 988 now", "988"),
        ("text us on 85258", "85258"),
        ("tel:999", "tel:999"),
        ("٠٧٠٠ ١٢٣ ٤٥٦", "٠٧٠٠ ١٢٣ ٤٥٦"),
        ("०८०० १११ २२२", "०८०० १११ २२२"),
    ],
)
def test_what_could_be_dialled_is_found(text: str, number: str) -> None:
    assert [found for _, found in phone_numbers(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-21", "from 2019-2023", "2017/2018", "38,364 people", "1 000 000 people"),
        *("100 000 people", "9.00-17.30", "0.123456", "PMC8567115", "doi 10.1371/journal.0258729"),
        *("https://example.org/1234567", "ISBN 978-3-16-148410-0", "m1.1", "call 100 neighbours"),
        *("90 to 120 words", "In 24 countries, 101 studies, 72 reports"),
    ],
)
def test_years_sums_and_sources_are_no_telephone_numbers(text: str) -> None:
    assert phone_numbers(text) == []
