"""Work that takes longer than a page may take, in a process of its own.

Of each kind one is under way at most, however many processes serve: whoever starts it takes a lock
on a file and hands the lock on to the process that works. It is held as long as that process lives,
and no longer. So work that died can be told from work that goes on.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.server.models import Job
from edu.settings import ROOT

KEPT_FOR = timedelta(days=30)
#: How much of what a process wrote is shown when it died without a word.
_LAST_WORDS = 2000
_TRIES, _PAUSE = 5, 0.05  # a page that only looks holds the lock for a moment


class Work(StrEnum):
    """What can be started; nothing else ever reaches a command line."""

    PUBLISH = "publish"
    BACKUP = "backup"
    EVALUATE = "evaluate"
    FILMS = "films"
    EXAMINE = "examine"


class UnderWay(Exception):
    """The same work is being done already; `job` is its number, if it is known."""

    def __init__(self, job: int | None) -> None:
        self.job = job


@dataclass(frozen=True)
class Outcome:
    """How far a job is, and what it said. `log` is filled only where it died without a word."""

    id: int
    work: Work
    state: str
    made_at: datetime
    ended_at: datetime | None
    said: Mapping[str, Any]
    log: str = ""


@dataclass
class Jobs:
    """Starts work and looks how far it is."""

    database: Database
    instance: Path
    #: Where `app.py` lies, and what the process finds in its environment besides ours.
    program: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)
    #: The processes that were begun here and may still be alive.
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, session: Session, work: Work) -> tuple[int, Callable[[], None]]:
        """The number of a new job, and what begins it: to be called once the session is
        committed. Raises UnderWay, and OSError where the instance folder cannot be written."""
        lock = self._locked(work)
        if lock is None:
            raise UnderWay(newest_job(session, work))
        _settle(session, work)
        job = Job(kind=work.value, state="under way", made_at=_now(), said="")
        session.add(job)
        session.flush()
        number = job.id
        return number, lambda: self._begin(work, number, lock)

    def _begin(self, work: Work, number: int, lock: IO[bytes]) -> None:
        self.children[:] = [each for each in self.children if each.poll() is None]
        # Where no process can be had the lock is free again, and the job counts as failed.
        with suppress(OSError), lock, open(self._log(work), "wb") as log:
            self.children.append(
                subprocess.Popen(  # noqa: S603 (our own program, and a number of ours)
                    [sys.executable, "-m", "flask", "--app", "app", "job", str(number)],
                    cwd=self.program,
                    env=os.environ | dict(self.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    # A restart of the server must not stop work that is half done.
                    start_new_session=True,
                    pass_fds=(lock.fileno(),),
                )
            )

    def look(self, number: int) -> Outcome | None:
        """How far a job is; None when there is none of this number."""
        with self.database.session(reading=True) as session:
            job = session.get(Job, number)
            return self._outcome(session, job) if job is not None else None

    def newest(self, work: Work) -> Outcome | None:
        """The last job of a kind."""
        with self.database.session(reading=True) as session:
            number = newest_job(session, work)
        return self.look(number) if number is not None else None

    def newest_done(self, work: Work) -> Outcome | None:
        """The last job of a kind that ended well."""
        with self.database.session(reading=True) as session:
            number = newest_job(session, work, "done")
        return self.look(number) if number is not None else None

    def _outcome(self, session: Session, job: Job) -> Outcome:
        work = Work(job.kind)
        log = ""
        if job.state == "under way" and not self._is_held(work):
            # Nobody works on it. Perhaps it has just ended: what is in the database now counts.
            session.rollback()
            session.refresh(job)
            if job.state == "under way":
                session.expunge(job)
                job.state, log = "failed", self._last_words(work)
        return Outcome(job.id, work, job.state, job.made_at, job.ended_at, _read(job.said), log)

    def _last_words(self, work: Work) -> str:
        try:
            return self._log(work).read_bytes()[-_LAST_WORDS:].decode("utf-8", "replace")
        except OSError:
            return ""

    def _is_held(self, work: Work) -> bool:
        file = self._file(work)
        if not file.exists():
            return False
        with open(file, "rb") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _locked(self, work: Work) -> IO[bytes] | None:
        file = self._file(work)
        file.parent.mkdir(mode=0o700, exist_ok=True)
        handle = open(file, "ab")  # noqa: SIM115 (handed on to the process that works)
        for _ in range(_TRIES):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            except BlockingIOError:
                time.sleep(_PAUSE)
        handle.close()
        return None

    def _file(self, work: Work) -> Path:
        return self.instance / "jobs" / f"{work.value}.lock"

    def _log(self, work: Work) -> Path:
        return self.instance / "jobs" / f"{work.value}.log"


def newest_job(session: Session, work: Work, state: str = "") -> int | None:
    """The number of the last job of a kind; with `state`, of those that came so far."""
    newest = select(Job.id).where(Job.kind == work.value).order_by(Job.id.desc()).limit(1)
    return session.scalar(newest.where(Job.state == state) if state else newest)


def job_to_do(session: Session, number: int) -> Work | None:
    """What a process that was started for this job should do; None when it is not waited for."""
    job = session.get(Job, number)
    return Work(job.kind) if job is not None and job.state == "under way" else None


def end_job(session: Session, number: int, *, well: bool, said: Mapping[str, Any]) -> None:
    """Write down how a job ended."""
    job = session.get(Job, number)
    if job is not None:
        job.state, job.ended_at = "done" if well else "failed", _now()
        job.said = json.dumps(said, ensure_ascii=False)


def delete_old_jobs(session: Session, today: date) -> None:
    """Delete jobs of more than thirty days ago."""
    midnight = datetime.combine(today, clock_time())
    session.execute(delete(Job).where(Job.made_at < midnight - KEPT_FOR))


def _settle(session: Session, work: Work) -> None:
    """Whoever has the lock knows that no other job of this kind is alive."""
    left = select(Job).where(Job.kind == work.value, Job.state == "under way")
    for job in session.scalars(left):
        job.state = "failed"


def _read(said: str) -> Mapping[str, Any]:
    try:
        found = json.loads(said or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
