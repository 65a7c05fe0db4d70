"""What evaluators take away: tables, rows, and files for other programs."""

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from edu.outcomes.disclosure_rows import exported
from edu.outcomes.evaluation_models import ProgrammeReport
from edu.outcomes.evaluation_table import fields_of, tables_csv
from edu.outcomes.exporting import export_of
from edu.outcomes.statistics_files import written
from tests.outcomes.evaluated import COURSE, WAITING, pairs, scale, worked_out
from tests.outcomes.programme import DAY, LONG_AGO, Made, make


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
