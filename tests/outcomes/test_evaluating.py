"""A programme's report for evaluators: what is in it, and what never gets into it."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.learning.courses import course_in
from edu.learning.journeys import finish_lesson
from edu.learning.models import Journey, Learner
from edu.outcomes.analysis.reliable import Reliability
from edu.outcomes.evaluation_models import ProgrammeReport
from edu.outcomes.evaluation_queue import ask, newest_report, work_all
from edu.outcomes.figures import figures_of, newest_snapshot, take_snapshot
from edu.outcomes.models import ReportBatch
from edu.outcomes.plans import (
    Plan,
    keep_plan,
)
from tests.conftest import TINY
from tests.outcomes.evaluated import COURSE, WAITING, pairs, scale, worked_out
from tests.outcomes.programme import DAY, LONG_AGO, make, person


def test_the_figures_are_those_of_everybody_who_was_counted(session: Session) -> None:
    made = make(session, (COURSE, 14), (COURSE, 12))
    found = scale(worked_out(made))
    mine = [each for group in made.groups for each in pairs(made, group)]
    changes = [(each.after - each.before) / 2520 for each in mine]
    assert found["matched"] == len(mine)
    assert found["change"]["mean"] == pytest.approx(sum(changes) / len(changes))
    assert {"counts", "left_out", "flow", "missing", "wave_model"} & set(found) == set()
    assert found["verdict"] == "clear_improvement"


def test_a_small_group_alone_is_in_no_figure_and_two_are_put_together(session: Session) -> None:
    alone = make(session, (COURSE, 14), (COURSE, 7))
    assert scale(worked_out(alone))["matched"] == len(pairs(alone, alone.groups[0]))
    two = make(session, (COURSE, 14), (COURSE, 7), (COURSE, 8))
    found = scale(worked_out(two))
    assert found["matched"] == sum(len(pairs(two, group)) for group in two.groups)
    joint = session.scalars(
        select(ReportBatch).where(ReportBatch.programme_id == two.programme.id)
    ).all()
    assert all(each.group_id is None and each.n >= 10 for each in joint)


def test_groups_in_which_somebody_answered_of_late_are_not_put_together_yet(
    session: Session,
) -> None:
    made = make(session, (COURSE, 7), (COURSE, 8), answered_on=DAY)
    assert worked_out(made).content["scales"] == []


def test_who_withdraws_takes_her_batch_out_of_the_rows(session: Session) -> None:
    made = make(session, (COURSE, 24))
    before = scale(worked_out(made))["matched"]
    someone = pairs(made, made.groups[0])[0].journey_id
    session.delete(session.get_one(Learner, someone))
    session.flush()
    session.expire_all()
    after = scale(worked_out(made))["matched"]
    # Those who are tied to her by other scales go with her.
    assert 5 <= before - after <= 14


def test_those_who_were_lost_are_compared_as_they_began(session: Session) -> None:
    made = make(session, (COURSE, 20))
    for _ in range(9):
        person(made, made.groups[0], 0.0, LONG_AGO, "later-1")
    assert scale(worked_out(made))["attrition"] is None
    for _ in range(3):
        person(made, made.groups[0], 0.0, LONG_AGO, "later-1")
    found = scale(worked_out(made))["attrition"]
    assert found["lost"]["n"] >= 10
    assert found["difference"] == pytest.approx(found["lost"]["mean"] - found["stayed"]["mean"])
    person(made, made.groups[0], 0.0, LONG_AGO, "later-1")
    assert scale(worked_out(made))["attrition"] == found


def test_what_was_had_of_the_lessons_is_told_of_those_who_take_them(session: Session) -> None:
    made = make(session, (COURSE, 4), (WAITING, 6))
    lessons = course_in(session, "en", made.groups[0].modules).lessons
    taking = session.scalars(select(Journey).where(Journey.group_id == made.groups[0].id)).all()
    release = session.scalars(select(Release.id)).first()
    assert release is not None
    for journey in taking[:3]:
        for lesson in lessons:
            finish_lesson(session, journey, lesson["id"], release)
    told = worked_out(made).content["tidier"]
    assert "12. How well, actual: 75 % of all lessons of all who began them" in told


def test_fifty_people_show_whether_items_go_together(session: Session) -> None:
    made = make(session, (COURSE, 70))
    found = scale(worked_out(made), "hope")
    assert found["items"]["n"] >= 50
    assert -1 <= found["items"]["alpha"] <= 1
    assert [each["item"] for each in found["items"]["items"]] == ["hope-1", "hope-2"]
    assert found["dont_know"]["differs"] in (True, False)
    few = make(session, (COURSE, 20))
    assert scale(worked_out(few), "hope")["items"]["n"] is None


def test_knowledge_is_tested_question_by_question(session: Session) -> None:
    made = make(session, (COURSE, 30))
    known = scale(worked_out(made), "knowledge")["known"]
    assert [each["item"] for each in known] == ["k1", "k2"]
    assert {"learned", "forgot"} & {name for each in known for name in each} == set()


def test_the_same_people_have_the_same_digest_and_others_another(session: Session) -> None:
    made = make(session, (COURSE, 14))
    first, again = worked_out(made), worked_out(made)
    assert first.data_hash == again.data_hash
    for _ in range(6):
        person(made, made.groups[0], 0.5, LONG_AGO)
    assert worked_out(made).data_hash != first.data_hash


def test_reports_wait_in_a_row_and_one_that_fails_stops_no_other(app: Flask) -> None:
    database = app.extensions["database"]
    with database.work() as session:
        broken = make(session, (COURSE, 0)).programme.id
        keep_plan(session, broken, Plan(("feelings/contact",)), DAY).content = {}
        broken_report = ask(session, broken, DAY).id
        made = make(session, (COURSE, 14))
        number = made.programme.id
        assert ask(session, number, DAY) is ask(session, number, DAY)
    with pytest.raises(KeyError):
        work_all(database, TINY, DAY)
    with database.session(reading=True) as session:
        found = newest_report(session, number, "done")
        assert found is not None
        assert (found.made_on, len(found.data_hash), len(found.code_hash)) == (DAY, 64, 64)
        assert session.get_one(ProgrammeReport, broken_report).state == "failed"
    assert work_all(database, TINY, DAY) == 0


def test_a_group_of_thirty_is_alarmed_when_many_worsened_beyond_error(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(session, (COURSE, 60), gain=-0.6)
    calm = make(session, (COURSE, 60), gain=0.9)
    known = Reliability(0.9, "a test")
    monkeypatch.setattr("edu.outcomes.figures.reliability_of", lambda *_: known)
    for each, alert in ((made, True), (calm, False)):
        number = each.groups[0].id
        take_snapshot(session, number, "after", DAY)
        found = figures_of(newest_snapshot(session, number, "after"))
        assert found.everybody["feelings", 1, "contact"].alert is alert
        assert found.without_drafts["feelings", 1, "contact"].alert is alert
