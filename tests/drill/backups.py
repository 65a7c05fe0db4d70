"""Backups under load: each restores into an empty house, whole, with all that came before it."""

from pathlib import Path
from typing import Any

from edu.backups.making import make_backup
from edu.backups.opening import opened
from edu.backups.restoring import restore
from edu.database import Database
from edu.settings import Settings
from tests.drill.audits import Sent, audit, compare, take
from tests.drill.clients import Tally
from tests.drill.houses import SECRET, TINY, House, house
from tests.drill.judging import judge
from tests.drill.load import Load
from tests.drill.records import Recorder, read_back
from tests.drill.results import Result
from tests.drill.servers import free_port, server


def run(database: str, folder: Path, *, short: bool) -> Result:
    """40 backups under load, and each restored: all that was acknowledged before it was begun is
    in it, and nothing is torn."""
    backups, target = (1, 16) if short else (40, 2_000)
    result = Result("backups", database)
    whole = 0
    with house(database, folder) as home:
        port = free_port()
        recorder = Recorder(folder / "record")
        made: list[tuple[Path, int]] = []
        with server(home, port, folder / "log"):
            load = Load(home, recorder, Tally(port), target).start()
            for number in range(backups):
                load.until((number + 1) * target // (backups + 1))
                made.append(_back_up(home, folder / f"backup-{number}", recorder))
            load.finish()
        judge(result, load, audit(home, recorder.path))
        lines = list(read_back(recorder.path))
        for number, (file, before) in enumerate(made):
            fault = _restored(file, lines, before, folder / f"restored-{number}")
            whole += not fault
            if fault:
                result.missed.append(f"backup {number}: {fault}")
    result.faults = backups
    result.notes.append(f"{whole} of {backups} backups restored whole")
    return result


def _settings(home: House) -> Settings:
    return Settings(instance=home.instance, database_url=home.url, secret_key=SECRET, root=TINY)


def _back_up(home: House, into: Path, recorder: Recorder) -> tuple[Path, int]:
    """A backup made now, and how long the record was before it was begun."""
    into.mkdir()
    before = sum(1 for _ in read_back(recorder.path))
    with home.looking() as database:
        return make_backup(database, _settings(home), into).file, before


def _restored(file: Path, lines: list[dict[str, Any]], before: int, folder: Path) -> str:
    """Restore into an empty instance; what is wrong with it, empty when nothing."""
    folder.mkdir()
    empty = House(folder, f"sqlite:///{folder / 'daraja.sqlite'}")
    database = Database(empty.url)
    try:
        with opened(file, None, folder) as backup:
            restore(database, _settings(empty), backup, replace=False)
        earlier: dict[str, Sent] = {}
        for line in lines[:before]:
            take(earlier, line)
        everybody: dict[str, Sent] = {}
        for line in lines:
            take(everybody, line)
        with database.engine.connect() as connection:
            lost = compare(earlier, connection, SECRET)
            torn = compare(everybody, connection, SECRET)
    finally:
        database.engine.dispose()
    if lost.lost or torn.torn or torn.duplicated or torn.healthy != "ok":
        return f"{lost.lost} lost, {torn.torn} torn, {torn.duplicated} doubled, {torn.healthy}"
    return ""
