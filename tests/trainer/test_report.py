"""The first report: twelve people answer through the real forms, and the figures are right."""

import csv
import io
import random
import re
from datetime import date, timedelta
from statistics import mean, stdev

import pytest
from flask import Flask
from scipy import stats
from sqlalchemy import select

from edu.learning.models import Sitting
from tests.people import LearnerPerson, People, StaffPerson

CONTACT = ("contact_1", "contact_2")
HOPE = ("hope_1", "hope_2")
#: Answers to both questions of hope, by their sum.
HOPES = {2: ("1", "3"), 3: ("1", "2"), 4: ("2", "2"), 5: ("3", "2"), 6: ("3", "1")}


def points(answers: dict[str, str], items: tuple[str, ...]) -> float:
    """The score by hand: the mean of the answered items, `hope_2` turned round."""
    given = [
        4 - int(answers[item]) if item == "hope_2" else int(answers[item])
        for item in items
        if answers.get(item, "?") in "123"
    ]
    return mean(given)


def simulated_answers(chance: random.Random, leaning: int) -> dict[str, str]:
    """Somebody's answers to the four questions; now and then one is left out."""
    answers = {}
    for item in (*CONTACT, *HOPE):
        value = min(3, max(1, chance.choice([1, 2, 2, 3]) + leaning))
        answers[item] = str(4 - value if item == "hope_2" else value)
    if chance.random() < 0.2:
        answers[chance.choice(CONTACT)] = "?"
    return answers


def live_through(people: People, join_code: str, before: dict, after: dict, tag: str) -> None:
    """One learner's whole way in a group."""
    learner = people.learner(tag)
    learner.joins(join_code)
    learner.answers("before", "feelings", **before)
    learner.finishes("m0.1", "m1.1", "m1.2")
    learner.answers("after", "feelings", **after)


def group_of(
    people: People, trainer: StaffPerson, size: int, tag: str = "en", seed: int = 15
) -> tuple[int, list[tuple[dict, dict]]]:
    """A group of simulated learners, and what each of them answered before and after. They are so
    unlike one another that both scales may be shown of ten, of twelve, and of five more."""
    group = trainer.makes_group(tags=[tag])
    join_code = trainer.join_code(group)
    chance = random.Random(seed)
    answered = []
    for _ in range(size):
        before, after = simulated_answers(chance, 0), simulated_answers(chance, 1)
        live_through(people, join_code, before, after, tag)
        answered.append((before, after))
    return group, answered


def works_out(trainer: StaffPerson, group: int, query: str = "") -> str:
    """Press the report's button and read the report."""
    address = f"/en/staff/groups/{group}/report{query}"
    return trainer.fills(address).text


def table_of(trainer: StaffPerson, group: int, query: str = "") -> dict[str, dict[str, str]]:
    """The report's CSV, by scale."""
    page = trainer.opens(f"/en/staff/groups/{group}/report/table.csv{query}")
    rows = csv.DictReader(io.StringIO(page.text.removeprefix("\ufeff")))
    return {row["scale"]: row for row in rows}


def test_twelve_peoples_figures_equal_an_independent_calculation(people: People) -> None:
    tendai = people.tendai
    group, answered = group_of(people, tendai, 12)
    works_out(tendai, group)
    table = table_of(tendai, group)
    for scale, items in (("contact", CONTACT), ("hope", HOPE)):
        before = [points(pair[0], items) for pair in answered]
        after = [points(pair[1], items) for pair in answered]
        changes = [b - a for a, b in zip(before, after, strict=True)]
        interval = stats.ttest_rel(after, before).confidence_interval(0.95)
        row = table[scale]
        assert int(row["n"]) == 12
        assert float(row["mean_before"]) == pytest.approx(mean(before), abs=1e-6)
        assert float(row["mean_after"]) == pytest.approx(mean(after), abs=1e-6)
        assert float(row["mean_change"]) == pytest.approx(mean(changes), abs=1e-6)
        assert float(row["sd_change"]) == pytest.approx(stdev(changes), abs=1e-6)
        assert float(row["low"]) == pytest.approx(interval.low, abs=1e-6)
        assert float(row["high"]) == pytest.approx(interval.high, abs=1e-6)
        moved = {
            "improved": sum(change > 1e-9 for change in changes),
            "same": sum(abs(change) <= 1e-9 for change in changes),
            "worsened": sum(change < -1e-9 for change in changes),
        }
        said = {name: row[name] for name in moved if row[name]}
        assert all(int(said[name]) == moved[name] >= 5 for name in said)


def test_the_page_says_what_the_table_says(people: People) -> None:
    tendai = people.tendai
    group, _answered = group_of(people, tendai, 12)
    page = works_out(tendai, group)
    row = table_of(tendai, group)["contact"]
    assert "12 people could be compared." in page
    average = f"+{float(row['mean_change']):.2f}"
    assert f'Average change: <bdi dir="ltr">{average}</bdi> points.' in page
    assert "not validated" in page
    assert "significant" not in page
    assert not re.search(r"\bp\s*[=<]", page)


def test_nine_people_are_too_few_to_show_anything(people: People) -> None:
    tendai = people.tendai
    group, _answered = group_of(people, tendai, 9)
    page = tendai.opens(f"/en/staff/groups/{group}/report").text
    assert "Figures appear when at least 10 people have answered" in page
    assert "Work the report out now" not in page
    assert table_of(tendai, group) == {}


def test_a_report_does_not_change_until_five_more_people_are_in_it(people: People) -> None:
    tendai = people.tendai
    group, _answered = group_of(people, tendai, 10)
    first = works_out(tendai, group) and table_of(tendai, group)
    code = tendai.join_code(group)
    chance = random.Random(1)
    for extra in range(1, 6):
        answers = simulated_answers(chance, -1), simulated_answers(chance, 1)
        live_through(people, code, *answers, "en")
        page = tendai.opens(f"/en/staff/groups/{group}/report").text
        assert ("Work the report out now" in page) == (extra == 5)
        if extra < 5:
            assert table_of(tendai, group) == first
    works_out(tendai, group)
    assert {row["n"] for row in table_of(tendai, group).values()} == {"15"}


@pytest.mark.thorough
def test_answers_on_draft_translations_are_left_out_unless_asked_for(people: People) -> None:
    tendai = people.tendai
    group, _answered = group_of(people, tendai, 10, tag="sw")
    works_out(tendai, group, "?drafts=1")
    assert table_of(tendai, group) == {}
    assert set(table_of(tendai, group, "?drafts=1")) == {"contact", "hope"}
    page = tendai.opens(f"/en/staff/groups/{group}/report?drafts=1").text
    assert "Answers given on draft translations are counted in." in page


def test_when_everybody_moved_the_same_way_the_counts_are_withheld(people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    code = tendai.join_code(group)
    same = {"contact_1": "1", "contact_2": "1"}
    rises = [(4, 6), (4, 5), (3, 4), (4, 5), (4, 6), (3, 5), (2, 6), (4, 6), (3, 4), (2, 3)]
    for rise in rises:
        hopes = [dict(zip(HOPE, HOPES[each], strict=True)) for each in rise]
        live_through(people, code, same | hopes[0], same | hopes[1], "en")
    page = works_out(tendai, group)
    assert "How many moved which way is not shown in full, to protect each person." in page
    assert "Fewer than five people moved to the worse side." in page
    table = table_of(tendai, group)
    row = table["hope"]
    assert (row["improved"], row["same"], row["worsened"]) == ("", "", "")


def test_people_whose_means_and_spreads_would_tell_each_of_them_wait_for_others(
    people: People,
) -> None:
    """Ten people, of whom nine rise from the lowest score to the same one: nothing else has these
    means and spreads, so the scale stands among those that could not be judged."""
    tendai = people.tendai
    group = tendai.makes_group()
    code = tendai.join_code(group)
    chance = random.Random(15)
    for number in range(10):
        hopes = [dict(zip(HOPE, HOPES[each], strict=True)) for each in ((2, 3), (3, 4))[number > 8]]
        before, after = (
            {
                name: value
                for name, value in simulated_answers(chance, gain).items()
                if name in CONTACT
            }
            for gain in (0, 1)
        )
        live_through(people, code, before | hopes[0], after | hopes[1], "en")
    page = works_out(tendai, group)
    assert set(table_of(tendai, group)) == {"contact"}
    assert "what they answered could tell what each person said" in page
    assert "Work the report out now" not in page


@pytest.mark.thorough
def test_when_everybody_has_the_same_score_nothing_of_that_scale_is_shown(
    people: People,
) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    code = tendai.join_code(group)
    same = {"contact_1": "2", "contact_2": "2"}
    for number in range(10):
        live_through(people, code, same | {"hope_1": str(1 + number % 3)}, same, "en")
    page = tendai.opens(f"/en/staff/groups/{group}/report").text
    assert "Work the report out now" not in page
    # Ten are enough, so it is not said that more people are needed.
    assert "Nothing to show yet." not in page
    judged = page.partition("What could not be judged")[2].partition("</ul>")[0]
    assert re.findall(r"<li[^>]*>(.*?)</li>", judged) == ["Being close", "Hoping"]
    assert table_of(tendai, group) == {}


def test_the_codebook_explains_every_column_of_the_table(people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    table = tendai.opens(f"/en/staff/groups/{group}/report/table.csv").text
    book = tendai.opens(f"/en/staff/groups/{group}/report/codebook.csv").text
    columns = next(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    explained = [row["column"] for row in csv.DictReader(io.StringIO(book.removeprefix("\ufeff")))]
    assert explained == columns


def test_a_group_sees_started_finished_and_matched_and_never_who(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    group, _answered = group_of(people, tendai, 2)
    people.learner().joins(tendai.join_code(group))
    page = tendai.opens(f"/en/staff/groups/{group}").text
    assert re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page) == [
        ("Started", "3"),
        ("Finished all lessons", "2"),
        ("Can be compared", "2"),
    ]


def writes(people: People, code: str, words: str) -> LearnerPerson:
    """Somebody who learns in a group and answers its open question."""
    learner = people.learner()
    learner.joins(code)
    learner.finishes("m0.1", "m1.1", "m1.2")
    learner.answers("after", "openly", words=words)
    return learner


def texts_in(page: str) -> list[str]:
    return re.findall(r"<li><bdi>([^<]*)</bdi>", page)


def test_open_answers_appear_when_ten_people_wrote_and_then_in_batches_of_five(
    people: People,
) -> None:
    tendai = people.tendai
    group = tendai.makes_group(open_question="y")
    code = tendai.join_code(group)
    address = f"/en/staff/groups/{group}/report"
    for number in range(9):
        writes(people, code, f"I greet {number} <b>more</b>")
    assert "Work the report out now" not in tendai.opens(address).text
    last = writes(people, code, "I greet everybody")
    assert texts_in(tendai.opens(address).text) == []
    assert len(texts_in(works_out(tendai, group))) == 10
    for number in range(4):
        writes(people, code, f"Later {number}")
    page = tendai.opens(address).text
    assert len(texts_in(page)) == 10
    assert "Work the report out now" not in page
    assert "&lt;b&gt;more" in page
    writes(people, code, "Later 4")
    assert len(texts_in(works_out(tendai, group))) == 15
    last.sends("/en/forget", code=last.code)
    assert "I greet everybody" not in tendai.opens(address).text


def test_printed_cards_bring_their_holders_into_the_group(people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    sheet = tendai.fills(
        f"/en/staff/groups/{group}", to=f"/en/staff/groups/{group}/cards", number="3"
    ).text
    codes = [
        "".join(parts)
        for parts in re.findall(
            r"<span>(\d{4})</span> <span>(\d{4})</span> <span>(\d{4})</span>", sheet
        )
    ]
    assert len(set(codes)) == 3
    amina = people.amina
    welcome = amina.comes_back(codes[0])
    assert "You are joining this group:" in welcome.text
    amina.sends("/en/return", code=codes[0], agree="yes")
    assert "Lessons done: 0 of 3" in amina.opens("/en/my").text
    assert "<dd>1</dd>" in tendai.opens(f"/en/staff/groups/{group}").text


def test_a_later_wave_shows_the_change_and_never_means_that_could_be_subtracted(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    code = tendai.join_code(group)
    chance = random.Random(3)
    learners = []
    for _ in range(11):
        learner = people.learner()
        learner.joins(code)
        learner.answers("before", "feelings", **simulated_answers(chance, 0))
        learner.finishes("m0.1", "m1.1", "m1.2")
        learner.answers("after", "feelings", **simulated_answers(chance, 1))
        learners.append(learner)
    works_out(tendai, group)
    with house.extensions["database"].work() as session:
        for sitting in session.scalars(select(Sitting).where(Sitting.wave == "after")):
            sitting.submitted_on = (sitting.submitted_on or date.today()) - timedelta(days=70)
    for learner in learners[:10]:
        learner.answers("later-1", "feelings", **simulated_answers(chance, 1))
    works_out(tendai, group, "?wave=later-1")
    row = table_of(tendai, group, "?wave=later-1")["contact"]
    assert row["n"] == "10"
    assert (row["mean_before"], row["sd_before"], row["mean_after"]) == ("", "", "")
    assert row["mean_change"] != ""
    page = tendai.opens(f"/en/staff/groups/{group}/report").text
    assert "Some time later (1)" in page
