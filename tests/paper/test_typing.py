"""Papers typed in by a trainer: a grid, errors by cell, nothing lost and nothing half kept."""

import re
from datetime import date

from flask import Flask

from tests.paper.world import cells, contacts, inputs_of, journeys, kept, paper, states_of, types
from tests.people import People

DAY = date(2026, 11, 2)


def test_a_pile_is_kept_with_the_day_on_the_papers(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    page = types(tendai, group, "before", cells(1, "1123"), cells(2, "3___"), mode="aloud")
    assert page.status_code == 200
    assert len(re.findall(r"<li class=\"card\">", page.text)) == 2
    assert kept(house) == [
        ("before", DAY, "aloud", "1,1,2,3"),
        ("before", DAY, "aloud", "3,-,-,-"),
    ]


def test_a_known_card_goes_on_where_it_was(house: Flask, people: People) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"])
    amina.joins(tendai.join_code(group))
    amina.answers("before", "feelings", contact_1="1", contact_2="1", hope_1="2", hope_2="2")
    spaced = f"{amina.code[:4]} {amina.code[4:8]}-{amina.code[8:]}"
    page = types(tendai, group, "after", cells(1, "3322", card=spaced))
    assert page.headers["Location"].endswith("/paper?kept")
    assert journeys(house) == [["after", "before"]]
    assert contacts(house) == [("after", 1, 3)]


def test_every_reason_for_no_answer_can_be_typed(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    types(tendai, group, "before", cells(1, "0?9#"))
    assert states_of(house, "before") == {
        "contact-1": "dont_know",
        "contact-2": "dont_know",
        "hope-1": "prefer_not",
        "hope-2": "illegible",
    }


def test_digits_of_every_script_mean_the_same(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    types(tendai, group, "before", cells(1, "١२௩3"))
    assert [answers for _w, _d, _m, answers in kept(house)] == ["1,2,3,3"]


def test_one_wrong_cell_keeps_nothing_and_loses_nothing(house: Flask, people: People) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"])
    other = tendai.makes_group("Elsewhere", modules=["m0"])
    amina.joins(tendai.join_code(other))
    page = types(
        tendai,
        group,
        "before",
        cells(1, "1111"),
        cells(2, "17xx"),
        cells(3, "2222", card="1234"),
        cells(4, "2222", card=amina.code),
    )
    assert page.status_code == 422
    assert kept(house) == []
    told = re.findall(r'<a href="#(c-[\w.-]+)">.*?</a>: (.*?)</li>', page.text)
    assert told == [
        ("c-2-feelings.contact-2", "This sign is not printed beside any answer."),
        ("c-2-feelings.hope-1", "This sign is not printed beside any answer."),
        ("c-2-feelings.hope-2", "This sign is not printed beside any answer."),
        ("c-3-card", "A digit is wrong or missing. The number has twelve digits."),
        ("c-4-card", "This card is of another group."),
    ]
    values = inputs_of(page)
    wanted = cells(1, "1111") | cells(2, "17xx") | cells(3, "2222", card="1234")
    assert {name: values[name] for name in wanted} == wanted


def test_a_page_that_was_open_too_long_loses_nothing(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    page = types(tendai, group, "before", cells(1, "1111"), csrf_token="outworn")
    assert page.status_code == 422
    assert inputs_of(page)["c-1-feelings.hope-2"] == "1"
    assert kept(house) == []


def test_a_pile_sent_twice_is_kept_once(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    for _ in range(2):
        types(tendai, group, "before", cells(1, "1111"), key="k" * 30)
    assert len(kept(house)) == 1


def test_answers_that_are_there_already_are_not_typed_over(house: Flask, people: People) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"])
    amina.joins(tendai.join_code(group))
    amina.answers("before", "feelings", contact_1="1")
    page = types(tendai, group, "before", cells(1, "3333", card=amina.code))
    assert page.status_code == 422
    assert "The answers of this card are there already." in page.text
    assert [answers for _w, _d, _m, answers in kept(house)] == ["1,-,-,-"]


def test_a_card_on_two_papers_of_a_pile_is_a_slip(house: Flask, people: People) -> None:
    tendai, amina = people.tendai, people.amina
    group = tendai.makes_group(modules=["m0"])
    amina.joins(tendai.join_code(group))
    rows = (cells(1, "3333", card=amina.code), cells(2, "1111", card=amina.code))
    page = types(tendai, group, "before", *rows)
    assert page.text.count("This card stands on two papers of this pile.") == 4
    assert kept(house) == []


def test_a_day_that_has_not_come_or_is_long_ago_is_refused(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    for day in ("2099-01-01", "2020-01-01", ""):
        assert types(tendai, group, "before", cells(1, "1111"), day=day).status_code == 422
    assert kept(house) == []


def test_without_a_yes_nobody_is_kept(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    assert types(tendai, group, "before", cells(1, "1111"), agreed="").status_code == 422
    assert kept(house) == []


def test_knowledge_is_typed_by_the_number_of_its_place(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m1"])
    row = cells(1, "1111") | {"c-1-facts.k1": "1", "c-1-facts.k2": "B"}
    types(tendai, group, "before", row)
    assert sorted(answers for _w, _d, _m, answers in kept(house)) == ["1,1,1,1", "a,b"]


def test_a_wave_that_is_not_in_the_plan_has_no_paper(people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m0"])
    for wave in ("before-2", "looking-back", "later-2", "never"):
        assert tendai.opens(paper(group, wave)).status_code == 404
        assert tendai.opens(paper(group, wave, "typing")).status_code == 404


def test_somebody_elses_papers_are_not_there(people: People) -> None:
    tendai, lindiwe = people.tendai, people.lindiwe
    group = tendai.makes_group(modules=["m0"])
    for parts in ((), ("before",), ("before", "typing"), ("before", "list")):
        assert lindiwe.opens(paper(group, *parts)).status_code == 404


def test_the_paper_shows_what_is_typed(people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(modules=["m1"])
    page = tendai.opens(paper(group, "before")).text
    small = re.findall(r'class="small-id">([a-z]+\.[\w-]+)<', page)
    assert small == [
        f"feelings.{name}" for name in ("contact-1", "contact-2", "hope-1", "hope-2")
    ] + [
        "facts.k1",
        "facts.k2",
    ]
    keys = re.findall(r'class="key">(\S+)</bdi></td>', page)
    assert keys == ["1", "2", "3", "0", "9"] * 4
    assert page.count("<i></i>") == 8 + 12 + 3
    assert "I am 18 or older and I want to take part" in page
    assert (
        "I am 18 or older and I want to take part" not in tendai.opens(paper(group, "after")).text
    )
    listed = tendai.opens(paper(group, "before", "list")).text
    assert re.findall(r'<th scope="col" class="turned"><bdi dir="ltr">([\w.-]+)<', listed) == small
