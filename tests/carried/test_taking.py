"""Answers that come back sealed: kept once, by the rules of the ordinary door, or told why not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.carried import taking
from edu.carried.pieces import cut
from edu.learning.carried.models import CarriedFile, CarriedNumber, forget_numbers
from edu.learning.learners import forget, learner_by_code
from edu.learning.models import Learner, OpenAnswer, Pair, Sitting
from tests.carried.phone import Phone, makes_file, new_number, seal, takes_in, told
from tests.people import People, StaffPerson, open_at_once

BEFORE, AFTER = "Questions before the lessons", "Questions after the lessons"
SECRET = "a test's secret"


@contextmanager
def looking(house: Flask) -> Iterator[Session]:
    with house.extensions["database"].session(reading=True) as session:
        yield session


def kept(house: Flask) -> list[tuple[str, str, str]]:
    """Every sitting that is finished: its wave, questionnaire and answers."""
    with looking(house) as session:
        rows = session.scalars(select(Sitting).where(Sitting.submitted_on.is_not(None)))
        return sorted(
            (each.wave, each.instrument_version.instrument, each.answers) for each in rows
        )


def learners(house: Flask) -> int:
    with looking(house) as session:
        return session.scalar(select(func.count()).select_from(Learner)) or 0


def printed_number(trainer: StaffPerson, group: int) -> str:
    """The number of a card that a trainer printed for her group."""
    page = trainer.fills(f"/en/staff/groups/{group}", f"/en/staff/groups/{group}/cards", number="1")
    return "".join(re.findall(r"<span>(\d{4})</span>", page.text))


CLOSED = (
    "It was not the time for these questions: those from before count only before the lessons, and"
    " the others only when their time has come"
)
ONE_BEFORE = [("before", "facts", "1:b,-"), ("before", "feelings", "1:3,?,-,2")]
ONE_AFTER = [("after", name, row) for _wave, name, row in ONE_BEFORE]


def test_before_and_after_find_together_in_whatever_order_files_come(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    phone = makes_file(tendai, group)
    number = new_number()
    before = phone.lines(phone.slip("before", number, m=1, d="2020-01-01"))
    after = phone.lines(
        phone.slip("after", number, d="2090-01-01", a={"feelings": "1:1,2,-,3", "facts": "1:a,b"})
    )
    page = takes_in(tendai, group, after, before)
    assert sorted(told(page)) == sorted(
        [
            f"1 · {AFTER}: Kept.",
            f"1 · {BEFORE}: Kept.",
            "The clocks of 2 phones were wrong. Today counts as the day of their answers.",
        ]
    )
    rest = [("after", "facts", "1:a,b"), ("after", "feelings", "1:1,2,-,3")]
    assert kept(house) == sorted(ONE_BEFORE + rest)
    with looking(house) as session:
        assert session.scalar(select(func.count()).select_from(Pair)) == 3
    again = takes_in(tendai, group, before, after, pasted="\n".join(before))
    assert [each.partition(": ")[2] for each in told(again)] == [
        "Here already. Nothing was kept twice.",
        "Here already. Nothing was kept twice.",
    ]
    assert (len(kept(house)), learners(house)) == (4, 1)


def test_pieces_that_were_typed_wait_for_the_missing_ones(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    phone = makes_file(tendai, group)
    lines = phone.lines(phone.slip("before", new_number(), m=1))
    part = [lines[-1], "this is no piece", lines[0], lines[0]]
    page = takes_in(tendai, group, pasted="\n".join(part))
    missing = ", ".join(map(str, range(2, len(lines))))
    assert f"these pieces are missing: {missing}." in page.text
    assert told(page)[0].startswith("1 · Unknown questions: Damaged.")
    assert learners(house) == 0
    waiting = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page.text)
    assert waiting is not None
    rest = "\n".join([waiting[1], *lines[1:-1]])
    assert told(takes_in(tendai, group, pasted=rest)) == [f"1 · {BEFORE}: Kept."]
    assert kept(house) == ONE_BEFORE


def test_a_printed_card_and_a_new_number_are_known_and_a_stranger_is_not(
    house: Flask, people: People
) -> None:
    tendai = people.tendai
    group, other = tendai.makes_group(), tendai.makes_group("Friday")
    phone = makes_file(tendai, group)
    card, elsewhere = printed_number(tendai, group), printed_number(tendai, other)
    slips = [
        phone.slip("before", card, r=1),
        phone.slip("before", elsewhere),
        phone.slip("before", new_number()),
    ]
    page = takes_in(tendai, group, *(phone.lines(each) for each in slips))
    assert [each.partition(": ")[2].partition(".")[0] for each in told(page)] == [
        "Kept",
        "Nobody has this number yet",
        "The number is of a card of another group",
    ]
    with looking(house) as session:
        assert {each.mode for each in session.scalars(select(Sitting))} == {"aloud"}
    assert kept(house) == ONE_BEFORE


def test_waves_are_those_of_the_ordinary_door(house: Flask, people: People) -> None:
    """After without the lessons is too early, before is too late once they were read, and what was
    answered is not changed by another slip."""
    tendai = people.tendai
    group = tendai.makes_group()
    phone = makes_file(tendai, group)
    first, second = new_number(), new_number()
    assert told(takes_in(tendai, group, phone.lines(phone.slip("before", first, m=1)))) == [
        f"1 · {BEFORE}: Kept."
    ]
    slips = [
        phone.slip("after", first, l=0),
        phone.slip("after", second, m=1),
        phone.slip("before", second, m=1, l=1),
        phone.slip("before", first, a={"feelings": "1:1,1,1,1", "facts": "1:a,a"}),
    ]
    told_of = told(takes_in(tendai, group, *(phone.lines(each) for each in slips[2:])))
    assert [each.partition(": ")[2].partition(".")[0] for each in told_of] == [
        "These questions were answered with this number before",
        CLOSED,
    ]
    told_of = told(takes_in(tendai, group, *(phone.lines(each) for each in slips[:2])))
    assert [each.partition(": ")[2].partition(".")[0] for each in told_of] == [
        "Kept",
        CLOSED,
    ]
    assert kept(house) == sorted(ONE_BEFORE + ONE_AFTER)
    assert learners(house) == 2


def test_whoever_deleted_herself_is_not_made_anew(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    phone = makes_file(tendai, group)
    number = new_number()
    before = phone.lines(phone.slip("before", number, m=1))
    takes_in(tendai, group, before)
    with house.extensions["database"].work() as session:
        learner = learner_by_code(session, secret=SECRET, typed=number)
        assert learner is not None
        forget(session, learner, date(2026, 11, 3))
    assert told(takes_in(tendai, group, before)) == [
        f"1 · {BEFORE}: Whoever had this number has deleted her answers. Nothing was kept."
    ]
    assert (kept(house), learners(house)) == ([], 0)
    with house.extensions["database"].work() as session:
        file = session.get_one(CarriedFile, phone.about["file"])
        forget_numbers(session, file.until)
        assert session.scalar(select(func.count()).select_from(CarriedNumber)) == 1
        forget_numbers(session, file.until + timedelta(days=1))
        assert session.scalar(select(func.count()).select_from(CarriedNumber)) == 0


def test_a_file_that_is_over_stopped_or_of_others_brings_nothing(
    house: Flask, people: People
) -> None:
    tendai, lindiwe = people.tendai, people.lindiwe
    group, other = tendai.makes_group(), tendai.makes_group("Friday")
    phone = makes_file(tendai, group)
    lines = phone.lines(phone.slip("before", new_number(), m=1))
    assert told(takes_in(tendai, other, lines))[0].partition(": ")[2].startswith("From the file of")
    with house.extensions["database"].work() as session:
        file = session.get_one(CarriedFile, phone.about["file"])
        file.until = date(2026, 1, 1)
    assert told(takes_in(tendai, group, lines)) == [
        f"1 · {BEFORE}: The last day of this file is over. Nothing was kept."
    ]
    address = f"/en/staff/groups/{group}/carried"
    with house.extensions["database"].work() as session:
        session.get_one(CarriedFile, phone.about["file"]).until = date(2099, 1, 1)
    tendai.fills(address, f"{address}/{phone.about['file']}/stop")
    assert told(takes_in(tendai, group, lines)) == [
        f"1 · {BEFORE}: This file was stopped. Nothing was kept."
    ]
    newer = makes_file(tendai, group)
    assert f'<bdi dir="ltr">{phone.about["file"]}</bdi>' in newer.page
    assert lindiwe.opens(address).status_code == 404
    assert (kept(house), learners(house)) == ([], 0)


def test_what_no_file_of_ours_seals_leaves_nothing(house: Flask, people: People) -> None:
    """A changed phone may send anything: no code that is no option, no sign of paper, no name."""
    tendai = people.tendai
    group = tendai.makes_group()
    phone = makes_file(tendai, group)
    good = phone.slip("before", new_number(), m=1)
    rows = good["a"]
    wrong = [
        good | {"a": rows | {"feelings": "1:3,?,-,4"}},
        good | {"a": rows | {"feelings": "1:3,?,-"}},
        good | {"a": rows | {"feelings": "1:#,?,-,4"}},
        good | {"a": {"feelings": rows["feelings"]}},
        good | {"a": rows | {"openly": "1:*"}},
        good | {"w": "later-9"},
        good | {"w": "\x00"},
        good | {"c": good["c"][:-1] + str((int(good["c"][-1]) + 1) % 10)},
        good | {"d": "2026-13-01"},
        good | {"m": 2},
        good | {"name": "Otieno"},
        good | {"t": {"openly": {"words": 5}}},
        good | {"p": "1"},
    ]
    heaps = [phone.lines(each) for each in wrong]
    key = bytes.fromhex(phone.about["key"])
    heaps += [cut(seal(text, key)) for text in (b"", b"[]", b"{", b"\xff", b"[" * 3000)]
    page = takes_in(tendai, group, *heaps)
    outcomes = [each.partition(" · ")[0] for each in told(page)]
    assert sum(map(int, outcomes)) == len(heaps)
    assert {each.partition(": ")[2] for each in told(page)} == {
        "Damaged. Ask for the file once more, or show the pictures again."
    }
    assert (kept(house), learners(house)) == ([], 0)
    stranger = Phone(phone.page.replace(phone.about["file"], "0" * 16))
    told_of = told(takes_in(tendai, group, stranger.lines(stranger.slip("before", good["c"]))))
    assert told_of[0].partition(": ")[2].startswith("Sealed for another server")


def test_words_of_her_own_come_with_the_open_question(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(open_question="y")
    phone = makes_file(tendai, group)
    slip = phone.slip("after", new_number(), m=1, t={"openly": {"words": " At the well.\x00 "}})
    slip["a"]["openly"] = "1:*"
    assert told(takes_in(tendai, group, phone.lines(slip))) == [f"1 · {AFTER}: Kept."]
    with looking(house) as session:
        assert session.scalars(select(OpenAnswer.text)).all() == ["At the well.\ufffd"]


def test_more_than_is_taken_in_at_once_is_not_taken_in_part(
    house: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edu.carried.coming_in.MOST", 1)
    assert taking.MOST == 200
    tendai = people.tendai
    group = tendai.makes_group()
    phone = makes_file(tendai, group)
    heaps = [phone.lines(phone.slip("before", new_number(), m=1)) for _each in range(2)]
    page = takes_in(tendai, group, *heaps)
    assert (page.status_code, kept(house)) == (422, [])


def test_nobody_comes_in_before_the_group_is_open(house: Flask, people: People) -> None:
    tendai = people.tendai
    group = tendai.makes_group(opened=False)
    phone = makes_file(tendai, group)
    lines = phone.lines(phone.slip("before", new_number(), m=1))
    assert told(takes_in(tendai, group, lines))[0].partition(": ")[2].startswith("The group is not")
    open_at_once(house, group)
    assert told(takes_in(tendai, group, lines)) == [f"1 · {BEFORE}: Kept."]
