"""Items between languages, and what "I don't know" counts as, on answers made for it."""

import random

from edu.outcomes.item_figures import between_languages, is_right, known_items, unsure
from edu.outcomes.paired import PairedChange
from edu.outcomes.programme_rows import Learner
from edu.quizzes.answers import Answer, State
from edu.quizzes.instrument import Instrument
from edu.quizzes.load import load_instrument
from edu.quizzes.scoring import score
from tests.conftest import TINY

SCALE = (1, "contact")


def instrument(name: str) -> Instrument:
    found, mistakes = load_instrument(TINY / "quizzes" / f"{name}.toml")
    assert found is not None
    assert mistakes == []
    return found


def people(n: int, tag: str) -> list[Learner]:
    return [Learner(f"{tag}{place:04}", "group 1", "course", tag, {}) for place in range(n)]


def answers(read: Instrument, who: list[Learner], *, unlike: str = "") -> dict:
    """Answers of people of many tempers; one item says something else in one language."""
    chance = random.Random(3)
    found = {}
    for each in who:
        temper = chance.gauss(2, 0.8)
        found[each.journey] = {
            item.id: Answer.chosen(
                str(
                    min(
                        3,
                        max(
                            1,
                            round(
                                temper
                                + chance.gauss(0, 0.5)
                                + (1.5 if item.id == unlike and each.tag == "sw" else 0)
                            ),
                        ),
                    )
                )
            )
            for item in read.items
        }
    return found


def test_fewer_than_a_hundred_readers_of_a_language_are_not_compared() -> None:
    read = instrument("feelings")
    who = people(120, "en") + people(99, "sw")
    assert between_languages(read, SCALE, who, answers(read, who)) is None


def test_an_item_that_means_something_else_in_a_language_is_seen() -> None:
    read = instrument("feelings")
    who = people(150, "en") + people(140, "sw") + people(5, "ar")
    fair = between_languages(read, SCALE, who, answers(read, who))
    assert fair is not None
    assert (fair["languages"], fair["people"]) == (["en", "sw"], [150, 140])
    assert [each["size"] for each in fair["items"]] == ["small", "small"]
    unfair = between_languages(read, SCALE, who, answers(read, who, unlike="contact-2"))
    assert unfair is not None
    assert [each["item"] for each in unfair["items"]] == ["contact-1", "contact-2"]
    assert all(each["size"] != "small" for each in unfair["items"])


def test_knowledge_counts_exactly_the_right_options() -> None:
    read = instrument("facts")
    first = read.items[0]
    assert is_right(read, first, {"k1": Answer.chosen("a")})
    assert not is_right(read, first, {"k1": Answer.chosen("b")})
    assert not is_right(read, first, {"k1": Answer(State.DONT_KNOW)})
    before = {f"p{place}": {"k1": Answer.chosen("b")} for place in range(12)}
    after = {f"p{place}": {"k1": Answer.chosen("a")} for place in range(12)}
    told = known_items(read, before, after)
    assert set(told[0]) == {"item", "why"}
    assert told[1]["difference"] == 0.0


def test_it_is_told_where_dont_know_would_change_the_verdict() -> None:
    read = instrument("feelings")
    chance = random.Random(1)
    before, after, pairs = {}, {}, []
    for place in range(40):
        one, two = str(chance.randint(1, 2)), str(chance.randint(2, 3))
        who = f"p{place}"
        before[who] = {"contact-1": Answer.chosen(one), "contact-2": Answer(State.DONT_KNOW)}
        after[who] = {"contact-1": Answer.chosen(two), "contact-2": Answer.chosen(two)}
        scores = [score(read, wave[who])["contact"] for wave in (before, after)]
        assert scores[0] is not None
        assert scores[1] is not None
        pairs.append((scores[0].units, scores[1].units))
    headline = PairedChange.from_pairs(pairs, higher_means=read.higher_is("contact"))
    found = unsure(read, SCALE, headline, before, after)
    assert found is not None
    assert found["differs"] is False
    assert set(found) == {"differs", "verdict"}
    assert unsure(read, (1, "knowledge"), headline, before, after) is None
