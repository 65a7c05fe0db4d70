"""Reports that somebody asked for wait in a row; a process of its own works them out."""

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.outcomes.evaluating import analyse, code_hash, count_in
from edu.outcomes.evaluation_models import ProgrammeReport


def newest_report(
    session: Session, programme_id: int, state: str | None = None
) -> ProgrammeReport | None:
    """A programme's last report, or the last one in this state."""
    wanted = select(ProgrammeReport).where(ProgrammeReport.programme_id == programme_id)
    if state is not None:
        wanted = wanted.where(ProgrammeReport.state == state)
    return session.scalar(wanted.order_by(ProgrammeReport.id.desc()).limit(1))


def ask(session: Session, programme_id: int, today: date) -> ProgrammeReport:
    """Put a programme's report into the row; one that waits already is not asked for twice."""
    waiting = newest_report(session, programme_id, "asked")
    if waiting is not None:
        return waiting
    asked = ProgrammeReport(
        programme_id=programme_id,
        state="asked",
        asked_on=today,
        content={},
        batches=[],
        data_hash="",
        code_hash="",
    )
    session.add(asked)
    session.flush()
    return asked


def work_all(database: Database, root: Path, today: date) -> int:
    """Work out every report that is asked for, one after the other; how many were done.

    The analysis only reads, so that nobody waits for it who wants to write. A report that cannot
    be worked out is marked as failed, and the others are worked out all the same; then the first
    error is raised.
    """
    done, errors = 0, []
    while (number := _next(database)) is not None:
        try:
            _work(database, root, number, today)
            done += 1
        except Exception as error:
            _fail(database, number)
            errors.append(error)
    if errors:
        raise errors[0]
    return done


def _next(database: Database) -> int | None:
    with database.session(reading=True) as session:
        return session.scalar(
            select(ProgrammeReport.id)
            .where(ProgrammeReport.state == "asked")
            .order_by(ProgrammeReport.id)
            .limit(1)
        )


def _work(database: Database, root: Path, number: int, today: date) -> None:
    with database.work() as session:
        programme_id = session.get_one(ProgrammeReport, number).programme_id
        count_in(session, programme_id, today)
    with database.session(reading=True) as session:
        found = analyse(session, root, programme_id, today)
    with database.work() as session:
        report = session.get_one(ProgrammeReport, number)
        report.content, report.batches = found.content, found.batches
        report.data_hash, report.code_hash = found.data_hash, code_hash()
        report.plan_id, report.made_on, report.state = found.plan_id, today, "done"


def _fail(database: Database, number: int) -> None:
    with database.work() as session:
        session.get_one(ProgrammeReport, number).state = "failed"
