"""A programme's report for evaluators: what is in it, and what never gets into it."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from math import sqrt
from pathlib import Path
from statistics import correlation, stdev

import pytest
from flask import Flask
from scipy.stats import t
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.groups.models import Arm, Group
from edu.learning.courses import course_in
from edu.learning.journeys import finish_lesson
from edu.learning.models import Journey, Learner, Pair
from edu.outcomes.analysis.reliable import Reliability
from edu.outcomes.disclosure_rows import exported
from edu.outcomes.evaluating import Analysis, analyse, count_in
from edu.outcomes.evaluation_models import ProgrammeReport
from edu.outcomes.evaluation_queue import ask, newest_report, work_all
from edu.outcomes.evaluation_table import fields_of, tables_csv
from edu.outcomes.exporting import export_of
from edu.outcomes.figures import figures_of, newest_snapshot, take_snapshot
from edu.outcomes.models import ReportBatch
from edu.outcomes.plans import (
    Frozen,
    Plan,
    add_deviation,
    deviations_of,
    digest_of,
    freeze,
    keep_plan,
    minimum_of,
    plan_of,
)
from edu.outcomes.statistics_files import written
from edu.quizzes.scoring import UNITS
from tests.conftest import TINY, _prepared, make_house
from tests.databases import fresh_sqlite_url
from tests.outcomes.programme import DAY, LONG_AGO, Made, make, person

COURSE, WAITING, COMPARISON = Arm.INTERVENTION, Arm.WAITING, Arm.COMPARISON


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("evaluated")
    made = make_house(folder, fresh_sqlite_url(folder, _prepared))
    yield made
    made.extensions["database"].engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.extensions["database"].session() as found:
        yield found
        found.rollback()


def worked_out(made: Made, today: date = DAY) -> Analysis:
    count_in(made.session, made.programme.id, today)
    return analyse(made.session, TINY, made.programme.id, today)


def scale(found: Analysis, name: str = "contact") -> dict:
    return next(each for each in found.content["scales"] if each["scale"] == name)


def pairs(made: Made, group: Group, name: str = "contact") -> list[Pair]:
    return list(
        made.session.scalars(select(Pair).where(Pair.group_id == group.id, Pair.scale == name))
    )


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


def test_arms_are_compared_by_groups_and_described_where_there_is_one(session: Session) -> None:
    made = make(session, *[(COURSE, 16)] * 3, *[(WAITING, 16)] * 3)
    found = scale(worked_out(made))["comparison"]
    assert (found["how"], found["leads"]) == ("group_means", "adjusted")
    assert found["difference_in_differences"]["df"] == 4
    assert [set(arm) for arm in found["arms"]] == [
        {"arm", "groups", "matched", "mean_change", "sd_change"}
    ] * 2
    one = make(session, (COURSE, 16), (COMPARISON, 16))
    described = scale(worked_out(one))["comparison"]
    assert (described["how"], described["leads"]) == (
        "description",
        "difference_in_differences",
    )
    assert described["adjusted"]["value"] is None


def test_who_waits_is_followed_to_the_end_of_the_waiting(session: Session) -> None:
    made = make(session, (COURSE, 14), (WAITING, 12))
    person(made, made.groups[1], 0.0, LONG_AGO, "after")
    course, waiting = worked_out(made).content["flow"]
    told = ("arm", "wave", "before", "after", "matched", "lost", "waves")
    assert [course[name] for name in told] == [
        *("intervention", "after", 14, 14, 14, 0, {"after": 14})
    ]
    assert [waiting[name] for name in told] == [
        *("waiting", "before-2", 13, 12, 12, 1, {"before-2": 12, "after": 1})
    ]


def test_two_tests_before_the_lessons_tell_how_far_a_scale_errs(session: Session) -> None:
    made = make(session, (COURSE, 14), (WAITING, 60))
    found = scale(worked_out(made), "hope")
    pairs = session.scalars(select(Pair).where(Pair.wave == "before-2", Pair.scale == "hope")).all()
    counted = found["retest"]["matched"]
    assert counted == len(pairs) >= 50
    changes = [(each.after - each.before) / UNITS for each in pairs]
    assert found["retest"]["sem"] == pytest.approx(stdev(changes) / sqrt(2))
    assert found["retest"]["mdc95"] == pytest.approx(1.959963985 * stdev(changes))
    r = correlation([each.before for each in pairs], [each.after for each in pairs])
    assert found["retest"]["correlation"] == round(r, 1)
    few = make(session, (COURSE, 14), (WAITING, 20))
    assert scale(worked_out(few), "hope")["retest"]["correlation"] is None
    others = make(session, (COURSE, 14), (WAITING, 14), (COMPARISON, 14))
    assert scale(worked_out(others), "hope")["retest"] is None


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


def test_the_table_holds_numbers_that_a_program_reads(session: Session) -> None:
    made = make(session, *[(COURSE, 14)] * 3, gain=-0.6)
    found = worked_out(made).content["scales"]
    rows = csv.DictReader(io.StringIO(tables_csv(found).removeprefix("\ufeff")))
    figures = {row["field"]: row["value"] for row in rows if row["scale"] == "hope"}
    change = scale(worked_out(made), "hope")["change"]
    assert change["mean"] < 0
    assert float(figures["change.mean"]) == pytest.approx(change["mean"], abs=1e-4)
    ends = [float(figures[f"change.interval.{end}"]) for end in ("low", "high")]
    assert ends == pytest.approx(change["interval"], abs=1e-4)
    assert [value for value in figures.values() if "…" in value or value.startswith("'")] == []


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


def test_only_scales_named_in_a_frozen_plan_are_main_ones(session: Session) -> None:
    made = make(session, (COURSE, 30))
    plan = Plan(primary=("feelings/contact", "feelings/hope"), people=500)
    kept = keep_plan(session, made.programme.id, plan, LONG_AGO)
    assert [each["primary"] for each in worked_out(made).content["scales"]] == [False] * 3
    freeze(session, kept, LONG_AGO)
    found = worked_out(made)
    named = {each["scale"]: each.get("p_holm") for each in found.content["scales"]}
    assert named["knowledge"] is None
    ps = [scale(found, name)["change"]["p"] for name in ("contact", "hope")]
    assert sorted([named["contact"], named["hope"]]) == pytest.approx(
        [max(min(1, 2 * min(ps)), 0), max(min(1, 2 * min(ps)), max(ps))]
    )
    assert [each["what"] for each in found.content["deviations"]] == ["too few", "too few"]


def test_where_the_plan_compares_the_difference_is_tested(session: Session) -> None:
    plan = Plan(primary=("feelings/contact", "feelings/hope"), people=30, comparison=True)
    made = make(session, *[(COURSE, 16)] * 3, *[(WAITING, 16)] * 3)
    freeze(session, keep_plan(session, made.programme.id, plan, LONG_AGO), LONG_AGO)
    found = worked_out(made)
    told = [scale(found, name)["comparison"]["adjusted"] for name in ("contact", "hope")]
    ps = [2 * t.sf(abs(each["value"]) / each["standard_error"], each["df"]) for each in told]
    assert [scale(found, name)["p_holm"] for name in ("contact", "hope")] == pytest.approx(
        [min(1, max(2 * min(ps), p)) for p in ps]
    )


def test_a_change_is_not_tested_in_the_place_of_a_planned_comparison(session: Session) -> None:
    plan = Plan(primary=("feelings/contact",), people=30, comparison=True)
    made = make(session, (COURSE, 30))
    freeze(session, keep_plan(session, made.programme.id, plan, LONG_AGO), LONG_AGO)
    found = worked_out(made)
    assert "p_holm" not in scale(found, "contact")
    assert [each["what"] for each in found.content["deviations"]] == ["no comparison"]


def test_a_frozen_plan_stays_as_it_is(session: Session) -> None:
    made = make(session, (COURSE, 0))
    plan = Plan(primary=("feelings/contact",), begins_on=LONG_AGO, ends_on=DAY)
    kept = keep_plan(session, made.programme.id, plan, DAY)
    keep_plan(session, made.programme.id, Plan(primary=("feelings/hope",), minimum=20), DAY)
    assert minimum_of(session, made.programme.id) == 20
    freeze(session, kept, DAY)
    digest = kept.digest
    freeze(session, kept, date(2027, 1, 1))
    assert (kept.digest, kept.frozen_on) == (digest, DAY)
    assert digest == digest_of(json.loads(json.dumps(kept.content)))
    with pytest.raises(Frozen):
        keep_plan(session, made.programme.id, plan, DAY)
    add_deviation(session, kept, " Began late ", DAY)
    assert [each.text for each in deviations_of(session, kept)] == ["Began late"]
    assert Plan.from_json(plan.to_json()) == plan
    assert plan_of(session, made.programme.id) is kept


def test_a_programme_that_wants_twenty_shows_nothing_of_nineteen(session: Session) -> None:
    made = make(session, (COURSE, 19))
    keep_plan(session, made.programme.id, Plan(("feelings/contact",), minimum=20), DAY)
    assert worked_out(made).content["scales"] == []


def test_the_same_people_have_the_same_digest_and_others_another(session: Session) -> None:
    made = make(session, (COURSE, 14))
    first, again = worked_out(made), worked_out(made)
    assert first.data_hash == again.data_hash
    for _ in range(6):
        person(made, made.groups[0], 0.5, LONG_AGO)
    assert worked_out(made).data_hash != first.data_hash


def test_every_figure_has_its_meaning(session: Session) -> None:
    made = make(session, *[(COURSE, 14)] * 6, *[(WAITING, 14)] * 6)
    found = worked_out(made).content["scales"]
    unnamed = {
        each.name
        for figures in found
        for each in fields_of(figures)
        if not each.meaning and each.name.partition("[")[0].partition(".")[0] not in _SAID
    }
    assert unnamed == set()
    rows = list(csv.DictReader(io.StringIO(tables_csv(found).removeprefix("\ufeff"))))
    assert {row["scale"] for row in rows} == {"contact", "hope", "knowledge"}


#: What says itself: names of items and languages, reasons in words.
_SAID = {"not_given", "languages", "known"}


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


def rows_of(made: Made) -> ProgrammeReport:
    found = worked_out(made)
    report = ProgrammeReport(
        programme_id=made.programme.id,
        state="done",
        asked_on=DAY,
        made_on=DAY,
        content=found.content,
        batches=found.batches,
        data_hash=found.data_hash,
        code_hash="",
    )
    made.session.add(report)
    made.session.flush()
    return report


def test_rows_leave_without_names_days_or_numbers(session: Session) -> None:
    made = make(session, (COURSE, 60), (COURSE, 65), gain=0.1)
    export = export_of(session, rows_of(made))
    assert export is not None
    assert export.k >= 5
    table = list(csv.DictReader(io.StringIO(export.csv().removeprefix("\ufeff"))))
    book = list(
        csv.DictReader(io.StringIO(export.codebook("learning evaluation").removeprefix("\ufeff")))
    )
    assert list(table[0]) == [row["column"] for row in book if not row["column"].startswith("(")]
    assert {row["group"] for row in table} == {"A", "B"}
    assert {row["month"] for row in table} == {LONG_AGO.strftime("%Y-%m")}
    text = export.csv()
    journeys = [each.journey_id for group in made.groups for each in pairs(made, group)]
    assert not any(journey in text for journey in journeys)
    assert [row["meaning"][0] for row in book if row["column"] == "(k)"] == [str(export.k)[0]]


def test_what_would_tell_on_somebody_is_left_out_of_all_rows() -> None:
    rows = [
        {"arm": "course", "group": "A", "language": "en", "month": f"2026-{1 + place % 9:02}"}
        for place in range(20)
    ]
    found = exported(rows)
    assert found is not None
    assert (found.left_out, found.k) == (("month",), 20)
    assert all("month" not in row for row in found.rows)
    assert exported(rows[:4]) is None
    other = [*rows, {"arm": "course", "group": "B", "language": "en", "month": "2026-01"}]
    assert exported(other).left_out == ("month", "language", "group")


@pytest.mark.parametrize("form", ["sav", "dta"])
def test_files_for_other_programs_hold_the_same_rows(
    session: Session, tmp_path: Path, form: str
) -> None:
    import pyreadstat

    made = make(session, (COURSE, 60), gain=0.1)
    export = export_of(session, rows_of(made))
    assert export is not None
    file = tmp_path / f"rows.{form}"
    file.write_bytes(written(export, form))
    frame, meta = (pyreadstat.read_sav if form == "sav" else pyreadstat.read_dta)(str(file))
    assert list(frame.columns) == [each.name for each in export.columns]
    assert meta.column_labels == [each.meaning[:80] for each in export.columns]
    name = "feelings1_contact_before"
    assert list(frame[name].dropna()) == [row[name] for row in export.rows if row[name] != ""]


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
