"""A learner's whole way, from the module's page to her own change, and what may go wrong on it."""

import re

from flask import Flask
from sqlalchemy import func, select

from edu.learning.models import Learner, LessonDone, Pair, Sitting
from edu.learning.sittings import answers_of
from edu.quizzes.answers import Answer, State
from tests.people import OURS, People, fields_of

ALL_YES = {"contact_1": "3", "contact_2": "3", "hope_1": "3", "hope_2": "1"}
ALL_NO = {"contact_1": "1", "contact_2": "1", "hope_1": "1", "hope_2": "3"}


def count(house: Flask, table: type) -> int:
    with house.extensions["database"].session(reading=True) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def the_sitting(house: Flask, wave: str, instrument: str = "feelings") -> dict[str, Answer]:
    with house.extensions["database"].session(reading=True) as session:
        for sitting in session.scalars(select(Sitting).where(Sitting.wave == wave)):
            if sitting.instrument_version.instrument == instrument:
                return answers_of(sitting)
    raise AssertionError("no such sitting")


def steps(page: str) -> list[tuple[str, str]]:
    """The steps of the way: state and label."""
    found = re.findall(r'<li class="(\w+)">\s*<(?:a|span)[^>]*>([^<]*)<', page)
    return [(state, label) for state, label in found]


def test_a_learner_goes_the_whole_way_and_sees_her_own_change(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.answers("before", "feelings", **ALL_NO)
    amina.answers("before", "facts", k1="b")
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "feelings", **ALL_YES)
    amina.answers("after", "facts", k1="a", k2="b")
    page = amina.opens("/en/my").text
    assert steps(page) == [
        ("done", "What people think"),
        ("done", "What I know"),
        ("done", "Hello"),
        ("done", "Greeting"),
        ("done", "Sitting down"),
        ("done", "What people think"),
        ("done", "What I know"),
        ("ready", "Your own change"),
        ("ready", "Certificate"),
        ("ready", "A reminder for your calendar"),
        ("later", "What people think"),
        ("later", "What I know"),
    ]
    change = amina.opens("/en/change").text
    assert re.findall(r"<p>(Your answers moved[^/]*)/span>", change) == [
        "Your answers moved towards this: <span>closer to people<",
        "Your answers moved towards this: <span>more hopeful<",
    ]
    assert "you answered 0 of 2 questions rightly, and afterwards 2." in change


def test_the_card_is_needed_on_another_phone_and_is_enough(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.finishes("m0.1")
    elsewhere = people.learner()
    assert "Nobody is learning on this phone" in elsewhere.opens("/en/my").text
    page = elsewhere.comes_back(amina.code)
    assert "Lessons done: 1 of 3" in page.text


def test_a_card_may_be_typed_with_spaces_and_in_other_digits(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    arabic = amina.code.translate({ord(str(digit)): 0x0660 + digit for digit in range(10)})
    page = people.learner().comes_back(f" {arabic[:4]} {arabic[4:8]}-{arabic[8:]} ")
    assert "Lessons done: 0 of 3" in page.text


def test_a_wrong_digit_and_swapped_digits_are_told_from_a_card_nobody_has(people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    wrong = f"{amina.code[:-1]}{(int(amina.code[-1]) + 1) % 10}"
    assert "A digit is wrong or missing." in people.learner().comes_back(wrong).text
    amina.sends("/en/forget", code=amina.code)
    assert "Nobody has this card." in people.learner().comes_back(amina.code).text


def test_a_form_sent_twice_is_kept_once(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    page = amina.opens("/en/questions/before/feelings")
    sent = {"key": fields_of(page).hidden["key"], "do": "submit", "contact-1": "2"}
    first = amina.browser.post("/en/questions/before/feelings", data=sent, headers=OURS)
    second = amina.browser.post("/en/questions/before/feelings", data=sent, headers=OURS)
    assert (first.status_code, second.status_code) == (303, 303)
    assert count(house, Sitting) == 1
    assert the_sitting(house, "before")["contact-1"] == Answer.chosen("2")


def test_a_form_sent_again_when_its_questions_are_closed_is_said_to_be_saved(
    people: People,
) -> None:
    amina = people.amina
    amina.starts("m1")
    address = "/en/questions/before/feelings"
    sent = {"key": fields_of(amina.opens(address)).hidden["key"], "do": "submit"}
    amina.browser.post(address, data=sent, headers=OURS)
    amina.finishes("m1.1")
    again = amina.browser.post(address, data=sent, headers=OURS)
    other = amina.browser.post(address, data={**sent, "key": "k" * 32}, headers=OURS)
    assert again.headers["Location"] == "/en/my?saved"
    assert other.headers["Location"] == "/en/my?closed"


def test_a_second_tab_fills_gaps_and_changes_nothing_that_was_given(
    house: Flask, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    address = "/en/questions/before/feelings"
    one, two = (fields_of(amina.opens(address)).hidden["key"] for _ in range(2))
    amina.sends(address, key=one, do="submit", **{"contact-1": "2"})
    amina.sends(address, key=two, do="submit", **{"contact-1": "3", "hope-1": "3"})
    kept = the_sitting(house, "before")
    assert kept["contact-1"] == Answer.chosen("2")
    assert kept["hope-1"] == Answer.chosen("3")
    assert kept["hope-2"] == Answer(State.SKIPPED)


def test_every_question_can_be_left_out_and_states_are_told_apart(
    house: Flask, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.answers("before", "feelings", contact_1="?", contact_2="!", hope_1="3")
    assert the_sitting(house, "before") == {
        "contact-1": Answer(State.DONT_KNOW),
        "contact-2": Answer(State.PREFER_NOT),
        "hope-1": Answer.chosen("3"),
        "hope-2": Answer(State.SKIPPED),
    }


def test_an_answer_that_was_not_offered_is_refused_and_the_rest_is_still_there(
    house: Flask, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    page = amina.answers("before", "feelings", contact_1="9", hope_1="3")
    assert page.status_code == 422
    assert 'href="#q-contact-1"' in page.text
    assert re.search(r'name="hope-1" value="3" checked', page.text)
    assert count(house, Sitting) == 0


def test_questions_before_are_closed_once_a_lesson_is_finished(
    house: Flask, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.finishes("m1.1")
    amina.answers("before", "feelings", **ALL_YES)
    assert count(house, Sitting) == 0
    assert ("missed", "What people think") in steps(amina.opens("/en/my").text)


def test_finishing_a_lesson_records_the_release_that_was_read(house: Flask, people: People) -> None:
    amina = people.learner("sw")
    amina.starts("m1")
    amina.finishes("m1.1", "m1.1")
    with house.extensions["database"].session(reading=True) as session:
        done = session.scalars(select(LessonDone)).one()
        from edu.editions.models import Release

        release = session.get(Release, done.release_id)
        assert release is not None
        assert (done.lesson, release.tag, release.module) == ("m1.1", "sw", "m1")


def test_somebody_without_a_card_can_read_everything_to_the_end(people: People) -> None:
    reader = people.learner()
    page = reader.sends("/en/m1/1/done", release="1")
    assert page.request.path == "/en/m1/2/"
    page = reader.sends("/en/m1/2/done", release="1")
    assert page.request.path == "/en/m1/"


def test_leaving_the_phone_leaves_nothing_of_her_there(people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    page = amina.sends("/en/leave", follow=False)
    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Nobody is learning on this phone" in amina.opens("/en/my").text


def test_forgetting_deletes_every_row_about_her(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    amina.answers("before", "feelings", **ALL_NO)
    amina.finishes("m0.1", "m1.1", "m1.2")
    amina.answers("after", "feelings", **ALL_YES)
    assert count(house, Pair) == 2
    page = amina.sends("/en/forget", code=amina.code)
    assert "Everything about you was deleted just now." in page.text
    assert [count(house, table) for table in (Learner, Sitting, LessonDone, Pair)] == [0, 0, 0, 0]


def test_a_further_module_keeps_the_card_and_needs_no_second_welcome(
    house: Flask, people: People
) -> None:
    amina = people.amina
    amina.starts("m0")
    page = amina.sends("/en/start/m1", agree="same")
    assert page.request.path == "/en/my"
    assert "Lessons done: 0 of 2" in page.text
    assert count(house, Learner) == 1


def test_sending_the_consent_twice_makes_one_card_and_shows_it_again(
    house: Flask, people: People
) -> None:
    amina = people.amina
    key = fields_of(amina.opens("/en/start/m1")).hidden["key"]
    codes = {
        "".join(re.findall(r"<span>(\d{4})</span>", page.text))
        for page in (amina.sends("/en/start/m1", key=key, agree="yes") for _ in range(2))
    }
    assert len(codes) == 1
    assert count(house, Learner) == 1


def test_a_form_from_another_site_is_refused(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        page = amina.browser.post("/en/leave", headers=headers)
        assert page.status_code == 403
    assert "Lessons done" in amina.opens("/en/my").text


def test_a_browser_that_does_not_say_where_a_form_came_from_is_asked_once_more(
    house: Flask, people: People
) -> None:
    amina = people.amina
    page = amina.browser.post("/en/return", data={"code": "1234"})
    fields = fields_of(page).hidden
    assert fields["code"] == "1234"
    again = amina.browser.post("/en/return", data=fields)
    assert "A digit is wrong or missing." in again.text


def test_reading_pages_never_writes(house: Flask, people: People) -> None:
    amina = people.amina
    amina.starts("m1")
    tables = (Learner, Sitting, LessonDone, Pair)
    before = [count(house, table) for table in tables]
    for address in ("my", "questions/before/feelings", "change", "return", "join", "forget"):
        assert amina.opens(f"/en/{address}").status_code == 200
    assert [count(house, table) for table in tables] == before
