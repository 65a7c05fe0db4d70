"""Power cuts: the statements of real submissions, and a disk that forgets what was not flushed.

A real power cut, with a real disk that may lie about flushing, needs a machine and a switch.
"""

import json
import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import event, text
from sqlalchemy.exc import DatabaseError

from edu import create_app
from edu.database import Database
from edu.settings import Settings
from tests.drill.audits import Sent, compare, take
from tests.drill.cut_disks import CutDisk, Operation, RecordingDisk
from tests.drill.houses import SECRET, TINY, House, house
from tests.drill.learners import Walker
from tests.drill.records import Recorder
from tests.drill.results import Result
from tests.drill.visits import Visitor

_PRAGMAS = ("journal_mode", "synchronous", "wal_autocheckpoint", "secure_delete", "page_size")


@dataclass
class Recording:
    """Statements in their order, each with the number of its connection, and after how many of
    them each line of the record stood."""

    pragmas: dict[str, Any]
    statements: list[tuple[int, str]] = field(default_factory=list)
    lines: list[tuple[int, dict[str, Any]]] = field(default_factory=list)


def run(database: str, folder: Path, *, short: bool) -> Result:
    """5,000 cuts; then cuts with synchronous=NORMAL, which must lose something, or the drill
    itself is blind."""
    learners, cuts, control = (10, 25, 25) if short else (150, 5_000, 300)
    result = Result("power", database)
    with house(database, folder) as home:
        start = folder / "start.sqlite"
        _settle(home)
        shutil.copy(home.instance / "daraja.sqlite", start)
        recording = _record(home, folder / "record", learners)
        result.notes.append(f"{len(recording.statements)} statements, {recording.pragmas}")
        result.must(recording.pragmas["synchronous"] == 2, "synchronous is not FULL")
        result.must(recording.pragmas["journal_mode"] == "wal", "journal_mode is not WAL")
        found = _cuts(recording, start, folder / "full", cuts)
        weak = Recording(
            {**recording.pragmas, "synchronous": 1}, recording.statements, recording.lines
        )
        blind = _cuts(weak, start, folder / "normal", control)
    result.acknowledged, result.faults = found.acknowledged, cuts
    result.lost, result.duplicated, result.torn = found.lost, found.duplicated, found.torn
    result.must_keep_everything()
    result.must(found.damaged == 0, f"{found.damaged} damaged files")
    result.must(blind.cuts_with_loss > 0, "synchronous=NORMAL lost nothing: the drill is blind")
    result.notes.append(f"control, NORMAL: {blind.cuts_with_loss} of {control} cuts lost something")
    return result


def _settle(home: House) -> None:
    """Everything out of the write-ahead log into the file."""
    with home.looking() as database:
        database.scrub()


def _record(home: House, record: Path, learners: int) -> Recording:
    """Let learners go their way through the real pages, and take down every statement."""
    app = create_app(
        Settings(instance=home.instance, database_url=home.url, secret_key=SECRET, root=TINY)
    )
    database: Database = app.extensions["database"]
    recording = Recording({})

    numbers = count()

    @event.listens_for(database.engine, "connect")
    def listen(connection: Any, _record: Any) -> None:
        number = next(numbers)

        def take_down(statement: str) -> None:
            word = statement.split(None, 1)[0].upper()
            if word not in ("SELECT", "PRAGMA", "--") or "wal_checkpoint" in statement:
                recording.statements.append((number, statement))

        connection.set_trace_callback(take_down)

    with database.engine.connect() as connection:
        for pragma in _PRAGMAS:
            recording.pragmas[pragma] = connection.execute(text(f"PRAGMA {pragma}")).scalar()
    recorder = _Noting(record, recording)
    for number in range(learners):
        walker = Walker(
            Visitor(app=app), recorder, random.Random(number), home.join_code if number % 2 else ""
        )
        walker.walk()
        assert not walker.astray, walker.astray
        if number % 10 == 9:
            # As after somebody was forgotten: the log is emptied.
            database.scrub()
    database.engine.dispose()
    return recording


class _Noting(Recorder):
    """A recorder that also notes after which statement each line stood."""

    def __init__(self, path: Path, recording: Recording) -> None:
        super().__init__(path)
        self._recording = recording

    def _write(self, event: str, learner: str, what: str, more: Any) -> None:
        super()._write(event, learner, what, more)
        line = json.loads(json.dumps({"event": event, "learner": learner, "what": what, **more}))
        self._recording.lines.append((len(self._recording.statements), line))


@dataclass
class _Found:
    acknowledged: int = 0
    lost: int = 0
    duplicated: int = 0
    torn: int = 0
    damaged: int = 0
    cuts_with_loss: int = 0


def _cuts(recording: Recording, start: Path, folder: Path, cuts: int) -> _Found:
    """Play the recording on a recording disk, cut it at random places, look at each rest."""
    folder.mkdir()
    name = "daraja.sqlite"
    log, marks = _played(recording, start, folder / name)
    disk = CutDisk({name: bytearray(start.read_bytes())})
    chance = random.Random(cuts)
    moments = sorted(chance.randrange(1, len(log) + 1) for _ in range(cuts))
    people: dict[str, Sent] = {}
    found = _Found()
    done = told = 0
    for moment in moments:
        for operation in log[done:moment]:
            disk.do(operation)
        done = moment
        # What was sent or acknowledged after a statement is so once its last write has begun.
        while told < len(recording.lines) and marks[recording.lines[told][0]] <= moment:
            take(people, recording.lines[told][1])
            told += 1
        _look(disk.after_a_cut(chance), folder / "after", people, found)
    return found


def _played(recording: Recording, start: Path, file: Path) -> tuple[list[Operation], list[int]]:
    """What the statements do to the disk, and how much of it was done after how many."""
    shutil.copy(start, file)
    disk = RecordingDisk(f"drill-{file.parent.name}")
    opened: dict[int, apsw.Connection] = {}
    try:
        for number in {number for number, _statement in recording.statements}:
            opened[number] = apsw.Connection(str(file), vfs=f"drill-{file.parent.name}")
            for name, value in recording.pragmas.items():
                opened[number].execute(f"PRAGMA {name}={value}")
                assert opened[number].execute(f"PRAGMA {name}").fetchone() == (value,), name
        disk.log.clear()
        marks = [0]
        for number, statement in recording.statements:
            opened[number].execute(statement)
            marks.append(len(disk.log))
        return list(disk.log), marks
    finally:
        for connection in opened.values():
            connection.close()
        disk.unregister()


def _look(files: Mapping[str, bytes], folder: Path, people: Mapping[str, Sent], to: _Found) -> None:
    """Open what a cut has left with the program's own engine, and compare."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    database = Database(f"sqlite:///{folder / 'daraja.sqlite'}")
    try:
        with database.engine.connect() as connection:
            found = compare(people, connection, SECRET)
    except DatabaseError:
        to.damaged += 1
        return
    finally:
        database.engine.dispose()
    to.acknowledged = max(to.acknowledged, found.acknowledged)
    to.lost += found.lost
    to.duplicated += found.duplicated
    to.torn += found.torn
    to.damaged += found.healthy != "ok"
    to.cuts_with_loss += found.lost > 0
