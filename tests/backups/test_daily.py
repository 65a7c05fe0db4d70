"""The day's work, and the commands: done once, told plainly, and never over good backups."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from edu.backups import daily, keys
from edu.backups.folder import backups
from edu.backups.locks import only_one
from edu.health import clock, keeper, marks
from edu.settings import ROOT
from tests.backups.homes import PAIR, backup_of, database_of, rows_of, settings_of, some_life
from tests.conftest import make_house
from tests.health.patients import a_learner, damage, learners


def kept(app: Flask, **changes: object) -> dict[str, bool]:
    """Do the day's work, with other settings; which pieces went well."""
    settings = replace(settings_of(app), **changes)  # type: ignore[arg-type]
    return {each.name: each.well for each in daily.keep(database_of(app), settings)}


def test_the_days_work_checks_forgets_and_backs_up(house: Flask) -> None:
    folder = settings_of(house).instance / "backups"
    a_learner(house, "old", marks.now().date() - timedelta(days=800))
    a_learner(house, "new", marks.now().date())
    done = kept(house, backup_into=folder, backup_key=PAIR.public)
    assert done == {
        "quick-check": True,
        "pages": True,
        "renewal": True,
        "retention": True,
        "backup": True,
    }
    assert learners(database_of(house)) == ["new"]
    assert [each.file.suffixes for each in backups(folder)] == [[".zip", ".age"]]
    assert not keeper.is_due(settings_of(house).instance)


def test_a_stick_that_is_not_there_is_told_and_the_rest_is_done(house: Flask) -> None:
    a_learner(house, "old", marks.now().date() - timedelta(days=800))
    done = kept(house, backup_into=settings_of(house).instance.parent / "stick")
    assert done == {
        "quick-check": True,
        "pages": True,
        "renewal": True,
        "retention": True,
        "backup": False,
    }
    mark = marks.read(settings_of(house).instance, "backup")
    assert mark is not None
    assert (mark.outcome, mark.last_well) == ("badly", None)


def test_a_damaged_database_is_not_backed_up_over_good_backups(house: Flask) -> None:
    if database_of(house).engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL looks after its files itself")
    folder = settings_of(house).instance / "backups"
    kept(house, backup_into=folder)
    damage(house)
    assert kept(house, backup_into=folder) == {"quick-check": False}
    assert len(backups(folder)) == 1


def test_by_a_clock_that_jumped_nobody_is_forgotten_and_no_backup_thrown_away(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = settings_of(house).instance / "backups"
    a_learner(house, "young", marks.now().date())
    kept(house, backup_into=folder)
    later = marks.now() + timedelta(days=4000)
    monkeypatch.setattr(marks, "now", lambda: later)
    done = kept(house, backup_into=folder)
    assert (done["retention"], done["backup"]) == (False, True)
    assert learners(database_of(house)) == ["young"]
    assert len(backups(folder)) == 2
    clock.trust(settings_of(house).instance)
    assert kept(house, backup_into=folder)["retention"]


def test_the_days_work_is_due_after_a_day_and_when_the_clock_was_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keeper.is_due(tmp_path)
    marks.put(tmp_path, "keep")
    now = marks.now()
    found = []
    for hours in (0, 19, 21, -2):
        monkeypatch.setattr(marks, "now", lambda hours=hours: now + timedelta(hours=hours))
        found.append(keeper.is_due(tmp_path))
    assert found == [False, False, True, True]


def test_only_one_does_the_days_work_at_a_time(house: Flask) -> None:
    run = house.test_cli_runner()
    with only_one(settings_of(house).instance) as is_only:
        assert is_only
        assert run.invoke(args=["keep"]).stdout == "The day's work is being done already.\n"
    told = run.invoke(args=["keep"])
    assert (told.exit_code, len(told.stdout.splitlines())) == (0, 5)
    assert run.invoke(args=["keep", "--due"]).output == ""


def test_the_keeper_ends_with_the_server(tmp_path: Path) -> None:
    marks.put(tmp_path, "keep")
    keeping = subprocess.Popen(
        [sys.executable, "-m", "edu.health.keeper", str(tmp_path), "0.05", "0.05"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
    )
    assert keeping.poll() is None
    assert keeping.stdin is not None
    keeping.stdin.close()
    assert keeping.wait(60) == 0


def test_a_backup_there_and_back_by_commands(house: Flask, tmp_path: Path) -> None:
    some_life(house)
    before, run = rows_of(house), house.test_cli_runner()
    told = run.invoke(args=["backup", "--into", str(tmp_path), "--keep", "2"])
    assert told.exit_code == 0
    file = Path(told.stdout.split(": ")[0])
    assert "not encrypted" in told.stderr
    again = run.invoke(args=["restore", str(file)])
    assert again.exit_code == 1
    assert "Say --replace" in again.stderr
    tried = run.invoke(args=["restore", str(file), "--rehearse"])
    assert tried.stdout.endswith("Nothing was changed.\n")
    assert marks.read(settings_of(house).instance, "rehearsal") is not None
    done = run.invoke(args=["restore", str(file), "--replace"])
    assert done.exit_code == 0
    assert rows_of(house) == before


def test_a_running_server_is_not_restored_under(house: Flask, tmp_path: Path) -> None:
    file = backup_of(house, tmp_path).file
    keeper.hold_lock(settings_of(house).instance)
    told = house.test_cli_runner().invoke(args=["restore", str(file), "--replace"])
    keeper.let_go()
    assert (told.exit_code, told.stderr) == (
        1,
        "Error: The server is running. Stop it first, then restore.\n",
    )


def test_a_key_pair_is_printed_or_written_and_never_over_another(
    house: Flask, tmp_path: Path
) -> None:
    run = house.test_cli_runner()
    printed = run.invoke(args=["backup-key"]).stdout
    assert "AGE-SECRET-KEY-1" in printed
    assert "BACKUP_KEY=age1" in printed
    file = tmp_path / "key"
    written = run.invoke(args=["backup-key", "--into", str(file)])
    assert "AGE-SECRET" not in written.output
    assert file.stat().st_mode & 0o777 == 0o600
    again = run.invoke(args=["backup-key", "--into", str(file)])
    assert again.exit_code == 2
    assert keys.sheet(PAIR).startswith("# Daraja")


def test_what_goes_wrong_is_told_in_a_sentence(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'daraja.sqlite'}")
    run = app.test_cli_runner()
    empty = "Error: The database is empty or of an older program. Run `flask prepare` first.\n"
    export = run.invoke(args=["export", "po", "sw", "--into", str(tmp_path / "out")])
    assert (export.exit_code, export.stderr) == (1, empty)
    backup = run.invoke(args=["backup"])
    assert (backup.exit_code, backup.stderr) == (1, "Error: There is nothing to back up yet.\n")
    (tmp_path / "not-one.zip").write_bytes(b"hello")
    restore = run.invoke(args=["restore", str(tmp_path / "not-one.zip")])
    assert restore.exit_code == 1
    assert restore.stderr.startswith("Error: This is not a backup of Daraja")
    database_of(app).engine.dispose()
