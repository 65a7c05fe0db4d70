"""The evaluator's report, the plan behind it, and who may do what with them."""

import re
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from edu.groups.models import Arm, Group
from edu.outcomes.evaluation_queue import ask, newest_report, work_all
from edu.partners.members import organisation_named
from edu.partners.roles import Role
from edu.server.jobs import Jobs, Work
from edu.server.models import Job
from tests.conftest import TINY
from tests.outcomes.programme import DAY, make
from tests.people import People, StaffPerson, fields_of, make_staff


@pytest.fixture
def programme(house: Flask, people: People) -> int:
    """A programme of the Bridge Society with two groups of simulated people."""
    assert people.ruth
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        made = make(session, (Arm.INTERVENTION, 14), (Arm.INTERVENTION, 13), home=home.id)
        make_staff(session, "edith", "Bridge Society", Role.EVALUATOR)
        return made.programme.id


@pytest.fixture
def large(house: Flask, people: People) -> int:
    """A programme of so many people that their rows may leave."""
    assert people.ruth
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        made = make(session, (Arm.INTERVENTION, 70), home=home.id, gain=0.1)
        make_staff(session, "edith", "Bridge Society", Role.EVALUATOR)
        return made.programme.id


def edith(people: People) -> StaffPerson:
    """Evaluates, and changes nothing."""
    return StaffPerson(people.house.test_client(), "edith").signs_in()


class Started:
    """Jobs that only note what was asked of them."""

    def __init__(self) -> None:
        self.works: list[Work] = []

    def start(self, _session: object, work: Work) -> tuple[int, object]:
        self.works.append(work)
        return 1, lambda: None


def asks(house: Flask, who: StaffPerson, programme: int) -> str:
    """Press the button, let the work be done, and read the page."""
    jobs: Jobs = house.extensions["jobs"]
    started = Started()
    house.extensions["jobs"] = started
    address = f"/en/staff/programmes/{programme}/evaluation"
    waiting = who.fills(address).text
    house.extensions["jobs"] = jobs
    assert started.works == [Work.EVALUATE]
    assert "A new report is being worked out." in waiting
    assert work_all(house.extensions["database"], TINY, DAY) == 1
    return who.opens(address).text


def test_an_evaluator_reads_the_figures_and_takes_them_away(
    house: Flask, people: People, large: int
) -> None:
    reader = edith(people)
    page = asks(house, reader, large)
    assert "change.mean" in page
    assert "There is no frozen plan" in page
    assert "RE-AIM" in page
    assert "1. Brief name: Winter" in page
    root = f"/en/staff/programmes/{large}/evaluation"
    for name in ("tables.csv", "rows.csv", "codebook.csv", "rows.sav", "rows.dta", "tidier.txt"):
        answer = reader.opens(f"{root}/{name}")
        assert (name, answer.status_code) == (name, 200)
        assert "attachment" in answer.headers["Content-Disposition"]
    assert reader.opens(f"{root}/rows.txt").status_code == 404


def test_an_evaluator_changes_nothing_and_another_house_sees_nothing(
    house: Flask, people: People, programme: int
) -> None:
    reader = edith(people)
    root = f"/en/staff/programmes/{programme}"
    assert "Keep the plan" not in reader.opens(f"{root}/evaluation/plan").text
    assert "Keep the note" not in reader.opens(f"{root}/voices").text
    assert reader.sends(f"{root}/evaluation/plan").status_code == 403
    assert reader.sends(f"{root}/voices").status_code == 403
    stranger = people.lindiwe
    for path in ("evaluation", "evaluation/rows.csv", "voices", "voices/codebook"):
        assert stranger.opens(f"{root}/{path}").status_code == 404


def test_an_evaluator_reads_how_the_lessons_of_her_programme_were_adapted(
    house: Flask, people: People, programme: int
) -> None:
    with house.extensions["database"].work() as session:
        for group in session.scalars(select(Group).where(Group.programme_id == programme)):
            group.tags, group.modules = ["sw-KE"], ["m1"]
    reader, root = edith(people), f"/en/staff/programmes/{programme}/evaluation"
    assert f'href="{root}/adaptations"' in reader.opens(root).text
    page = reader.opens(f"{root}/adaptations").text
    tables = re.findall(r'href="([^"]+/m1/[^"]+)"', page)
    assert [each.rpartition("/")[2] for each in tables] == [
        "frame.csv",
        "dimensions.csv",
        "tidier.txt",
    ]
    desk = make_translator(house)
    for each in tables:
        answer = reader.opens(each)
        at_the_desk = each.replace(f"programmes/{programme}/evaluation/adaptations", "editions")
        at_the_desk = at_the_desk.replace("/m1/", "/m1/changes/")
        assert answer.data == desk.opens(at_the_desk).data
        assert reader.browser.get(at_the_desk).status_code == 403
        assert people.lindiwe.browser.get(each).status_code == 404
    assert reader.browser.get(tables[0].replace("sw-KE", "sw")).status_code == 404


def make_translator(house: Flask) -> StaffPerson:
    with house.extensions["database"].work() as session:
        make_staff(session, "chipo", "Bridge Society", Role.TRANSLATOR)
    return StaffPerson(house.test_client(), "chipo").signs_in()


def test_rows_of_so_few_that_who_worsened_could_be_counted_do_not_leave(
    house: Flask, people: People, programme: int
) -> None:
    reader = edith(people)
    asks(house, reader, programme)
    root = f"/en/staff/programmes/{programme}/evaluation"
    for name in ("rows.csv", "rows.sav", "codebook.csv"):
        refused = reader.opens(f"{root}/{name}")
        assert refused.status_code == 404
        assert "No rows may leave yet" in refused.text
        assert f'href="{root}/tables.csv"' in refused.text


def test_who_waits_stands_beside_who_has_the_lessons(house: Flask, people: People) -> None:
    assert people.ruth
    with house.extensions["database"].work() as session:
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        arms = (Arm.INTERVENTION, 14), (Arm.WAITING, 14)
        number = make(session, *arms * 2, home=home.id).programme.id
        make_staff(session, "edith", "Bridge Society", Role.EVALUATOR)
    page = asks(house, edith(people), number)
    assert "Waits first (waiting list): While waiting for the lessons 28" in page
    assert "Difference, allowing for how they began" in page
    assert ">feelings 1 / contact</bdi>" in page


def test_a_plan_is_kept_frozen_and_what_was_otherwise_written_beside_it(
    house: Flask, people: People, programme: int
) -> None:
    ruth = people.ruth
    address = f"/en/staff/programmes/{programme}/evaluation/plan"
    wrong = ruth.fills(address, people="30", minimum="10")
    assert wrong.status_code == 422
    assert "Choose one to three." in wrong.text
    backwards = ruth.fills(
        address,
        primary="feelings/contact",
        people="30",
        minimum="10",
        begins_on="2026-12-01",
        ends_on="2026-11-01",
    )
    assert "The end lies before the beginning." in backwards.text
    kept = ruth.fills(address, primary="feelings/contact", people="30", minimum="9").text
    assert "Freeze the plan" not in kept
    said: dict[str, Any] = {"primary": "feelings/contact", "people": "30", "minimum": "12"}
    page = ruth.fills(address, **said).text
    assert "Freeze the plan" in page
    assert "With 30 people who answer both times, a change of 0.53 standard deviations" in page
    refused = ruth.fills(address, to=f"{address}/freeze")
    assert refused.status_code == 422
    assert re.findall(r"<li>([^<]+)</li>", refused.text.partition("It cannot be frozen yet")[2])[
        :5
    ] == [
        "People are asked before and after the lessons at least.",
        "Say who looks after the evaluation here.",
        "Say who reads it from outside.",
        "Choose at least one kind of words beside the numbers.",
        "Say until when the answers are kept.",
    ]
    whole: dict[str, Any] = {
        "waves": ["before", "after"],
        "words": "interview",
        "kept_until": "2028-11-22",
    }
    seen = fields_of(ruth.opens(address)).hidden["seen"]
    ruth.fills(address, **said, **whole, owner="coordinator", reader="users' group")
    # What was written after her page was made is shown to her before it is frozen.
    moved = ruth.fills(address, to=f"{address}/freeze", seen=seen)
    assert (moved.status_code, "Somebody else has saved this meanwhile." in moved.text) == (
        409,
        True,
    )
    frozen = ruth.fills(address, to=f"{address}/freeze").text
    assert "Frozen on" in frozen
    assert re.search(r"[0-9a-f]{64}", frozen)
    assert "Keep the plan" not in frozen
    assert "<dd><bdi>coordinator</bdi></dd>" in frozen
    assert '(<bdi dir="ltr">feelings</bdi>)' in frozen
    told = ruth.fills(address, to=f"{address}/deviations", text="Began a week late").text
    assert "Began a week late" in told
    report = asks(house, edith(people), programme)
    assert "Began a week late" in report
    assert re.search(r"<bdi>Being close</bdi>: \d+ people instead of 30\.", report)
    assert "main scale" in report


def test_without_the_extra_a_page_says_what_to_install(
    house: Flask, people: People, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edu.trainer.evaluation.can_write", lambda: False)
    reader = edith(people)
    page = asks(house, reader, large)
    assert "daraja[spss]" in page
    assert "rows.sav" not in page
    answer = reader.opens(f"/en/staff/programmes/{large}/evaluation/rows.sav")
    assert answer.status_code == 404
    assert "daraja[spss]" in answer.text


def test_before_anything_was_worked_out_there_is_nothing_to_take_away(
    people: People, programme: int
) -> None:
    reader = edith(people)
    root = f"/en/staff/programmes/{programme}/evaluation"
    assert "Nothing has been worked out yet." in reader.opens(root).text
    assert reader.opens(f"{root}/rows.csv").status_code == 404


def test_the_job_works_out_what_was_asked_for(house: Flask, people: People, programme: int) -> None:
    with house.extensions["database"].work() as session:
        ask(session, programme, DAY)
        job = Job(kind="evaluate", state="under way", made_at=datetime(2026, 11, 22), said="")
        session.add(job)
        session.flush()
        number = job.id
    answer = house.test_cli_runner().invoke(args=["job", str(number)])
    assert (answer.exit_code, answer.output) == (0, "")
    with house.extensions["database"].session(reading=True) as session:
        assert session.get_one(Job, number).state == "done"
        assert newest_report(session, programme, "done") is not None
