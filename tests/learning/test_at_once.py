"""Two things in the same moment: a double tap, a second tab, a slow network that sends again."""

import re
import threading
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.learning.journeys import finish_lesson
from edu.learning.learners import make_learner
from edu.learning.models import Journey, Learner, LessonDone, Pair, Sitting
from edu.learning.sittings import Reading, answers_of, save_draft, submit
from edu.quizzes.answers import Answer
from tests.people import OURS, People

Work = Callable[[Session], object]
TODAY = date(2026, 11, 21)


def overlapping(database: Database, first: Work, second: Work) -> list[BaseException]:
    """Do both works so that the second begins before the first is committed; what went wrong.

    On SQLite the second waits at its beginning, on PostgreSQL where the two touch.
    """
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            with database.work() as session:
                second(session)
        except BaseException as error:
            wrong.append(error)

    other = threading.Thread(target=run)
    with database.work() as session:
        first(session)
        other.start()
        other.join(0.5)
    other.join()
    return wrong


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do all works from the same moment on; what each of them gave."""
    ready = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        ready.wait()
        results[place] = work()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def sittings(database: Database) -> list[tuple[str, dict[str, Answer]]]:
    with database.session(reading=True) as session:
        return [(each.wave, answers_of(each)) for each in session.scalars(select(Sitting))]


@pytest.mark.parametrize("keys", [("k" * 32, "k" * 32), ("k" * 32, "m" * 32)])
def test_the_same_form_sent_twice_in_one_moment_is_kept_once(
    house: Flask, database: Database, people: People, keys: tuple[str, str]
) -> None:
    amina = people.amina
    amina.starts("m1")
    cookie = amina.browser.get_cookie("sid")
    assert cookie is not None

    def send(key: str) -> Callable[[], object]:
        browser = house.test_client()
        browser.set_cookie("sid", cookie.value)
        sent = {"key": key, "do": "submit", "contact-1": "3", "hope-1": "2"}
        address = "/en/questions/before/feelings"
        return lambda: browser.post(address, data=sent, headers=OURS).status_code

    assert at_once(*map(send, keys)) == [303, 303]
    kept = sittings(database)
    assert len(kept) == 1
    assert kept[0][1]["contact-1"] == Answer.chosen("3")
    assert kept[0][1]["hope-1"] == Answer.chosen("2")


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("wave", ["before", "after"])
def test_a_second_tab_changes_no_answer_whichever_moment_it_comes(
    database: Database,
    people: People,
    reading: Callable[[Session, str], Reading],
    the_journey: Callable[[Session], Journey],
    begun: bool,
    wave: str,
) -> None:
    amina = people.amina
    amina.starts("m1")
    if wave == "after":
        amina.answers("before", "feelings", contact_1="1", hope_1="1", hope_2="1")
    if begun:
        with database.work() as session:
            before = {"hope-2": Answer.chosen("1")}
            save_draft(session, the_journey(session), reading(session, wave), before)

    def send(key: str, **answers: str) -> Work:
        given = {name.replace("_", "-"): Answer.chosen(code) for name, code in answers.items()}
        return lambda session: submit(
            session,
            the_journey(session),
            reading(session, wave),
            given,
            key=key * 32,
            today=TODAY,
        )

    wrong = overlapping(database, send("k", contact_1="2"), send("m", contact_1="3", hope_1="3"))
    assert wrong == []
    kept = dict(sittings(database))[wave]
    assert (kept["contact-1"], kept["hope-1"]) == (Answer.chosen("2"), Answer.chosen("3"))
    with database.session(reading=True) as session:
        pairs = session.scalars(select(Pair)).all()
        scales = sorted(pair.scale for pair in pairs)
        assert scales == (["contact", "hope"] if wave == "after" else [])


def test_the_consent_sent_twice_in_one_moment_makes_one_card(database: Database) -> None:
    codes: list[str] = []

    def agree(session: Session) -> None:
        card = make_learner(
            session, secret="secret", start_key="k" * 32, group_id=None, today=TODAY
        )
        codes.append(card.code)

    assert overlapping(database, agree, agree) == []
    assert len(set(codes)) == 1
    with database.session(reading=True) as session:
        assert len(session.scalars(select(Learner)).all()) == 1


def test_a_lesson_finished_twice_in_one_moment_is_done_once(
    database: Database, people: People, the_journey: Callable[[Session], Journey]
) -> None:
    people.amina.starts("m1")

    def finish(session: Session) -> None:
        finish_lesson(session, the_journey(session), "m1.1", None)

    assert overlapping(database, finish, finish) == []
    with database.session(reading=True) as session:
        assert session.scalars(select(LessonDone.lesson)).all() == ["m1.1"]


def test_a_card_first_used_on_two_phones_in_one_moment_leads_to_one_journey(
    house: Flask, database: Database, people: People
) -> None:
    tendai = people.tendai
    group = tendai.makes_group()
    page = tendai.fills(f"/en/staff/groups/{group}", to=f"/en/staff/groups/{group}/cards", number=1)
    code = "".join(re.findall(r"<span>(\d{4})</span>", page.text))

    def use() -> Callable[[], object]:
        phone = people.learner()
        return lambda: phone.sends("/en/return", False, code=code, agree="yes").status_code

    assert at_once(use(), use()) == [303, 303]
    with database.session(reading=True) as session:
        assert len(session.scalars(select(Journey)).all()) == 1
