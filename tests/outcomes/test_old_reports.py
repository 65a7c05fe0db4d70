"""Reports that were shown before people were counted in batches: nobody is counted twice."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.groups.models import Arm
from edu.learning.models import Pair
from edu.migrations.step_0004 import reports
from edu.outcomes.batches import whole_batches
from edu.outcomes.figures import figures_of, newest_snapshot, take_snapshot
from edu.outcomes.models import ReportBatch, ReportMember, ReportSnapshot
from tests.outcomes.programme import DAY, LONG_AGO, make, person


def as_it_was(session: Session, group: int) -> ReportSnapshot:
    """A report of the older program: sums, and nobody's membership."""
    take_snapshot(session, group, "after", DAY)
    newest = newest_snapshot(session, group, "after")
    assert newest is not None
    for entries in (newest.everybody, newest.without_drafts):
        for entry in entries:
            for name in ("change_only", "at_best", "low", "high", "said", "alert"):
                del entry[name]
    session.execute(delete(ReportMember))
    session.execute(delete(ReportBatch))
    session.flush()
    return newest


def test_whoever_was_in_a_report_is_in_a_batch_after_the_upgrade(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.extensions["database"].session() as session:
        made = make(session, (Arm.INTERVENTION, 14))
        group = made.groups[0]
        old = as_it_was(session, group.id)
        shown = figures_of(old).everybody["feelings", 1, "contact"].n
        monkeypatch.setattr(reports.op, "get_bind", session.connection)
        reports._count_the_old()
        batches = session.scalars(select(ReportBatch).where(ReportBatch.scale == "contact")).all()
        assert [(each.n, each.part, each.made_on) for each in batches] == [(shown, "clean", DAY)]
        assert len(whole_batches(session, batches)) == 1
        assert take_snapshot(session, group.id, "after", date(2026, 12, 1)) is None
        for _ in range(6):
            person(made, group, 0.5, LONG_AGO)
        take_snapshot(session, group.id, "after", date(2026, 12, 1))
        newest = figures_of(newest_snapshot(session, group.id, "after"))
        pairs = session.scalars(
            select(Pair).where(Pair.group_id == group.id, Pair.scale == "contact")
        ).all()
        assert newest.everybody["feelings", 1, "contact"].n == len(pairs)
        session.rollback()


def test_means_of_later_waves_are_forgotten(house: Flask) -> None:
    with house.extensions["database"].session() as session:
        made = make(session, (Arm.INTERVENTION, 14))
        old = as_it_was(session, made.groups[0].id)
        whole = figures_of(old).everybody["feelings", 1, "contact"].change
        old.wave = "later-1"
        found = figures_of(old).everybody["feelings", 1, "contact"]
        assert found.change_only
        assert (found.sums.sx, found.sums.sxx, found.sums.sxy) == (0, 0, 0)
        assert found.change.mean_change == whole.mean_change
        assert found.change.interval == whole.interval
        session.rollback()


def test_the_migration_needs_no_model() -> None:
    text = Path(reports.__file__).read_text(encoding="utf-8")
    assert "from edu" not in text
