"""The doctor: each check finds exactly what was broken for it, and says what to do."""

import json
import os
import shutil
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from edu.health import (
    clock,
    database_checks,
    disk_checks,
    doctor,
    keeper,
    marks,
    page_checks,
    secret,
    server_checks,
)
from edu.health.case import Case
from edu.health.finding import Finding, Level
from edu.lessons.mistakes import Message
from edu.preparing import prepare
from edu.schema import migrate
from edu.server.choices import SecondStep, choose
from edu.settings import Settings
from tests.conftest import TINY, make_house
from tests.health.patients import a_learner, damage, database_of, settings_of
from tests.people import People

Break = Callable[[Flask], object]


def case_of(app: Flask, **changes: object) -> Case:
    """A house as the doctor sees it, with other settings."""
    settings = replace(settings_of(app), **changes)  # type: ignore[arg-type]
    return Case(database_of(app), settings, marks.now())


def well_kept(app: Flask) -> Settings:
    """A house in which everything is done that can be done."""
    folder = settings_of(app).instance
    prepare(app)
    folder.chmod(0o700)
    for name in ("backup", "rehearsal"):
        marks.put(folder, name)
    return replace(settings_of(app), backup_key="age1" + "q" * 58)


def test_in_a_well_kept_house_all_is_well(house: Flask) -> None:
    settings = well_kept(house)
    found = doctor.examine(database_of(house), settings)
    # The tests' own PostgreSQL promises nothing, so that they are quick.
    expected = 0 if settings.database_url.startswith("sqlite") else 1
    bad = [each for each in found if each.level is not Level.FINE]
    assert [each.about for each in bad] == ["postgresql"] * expected
    ends = {0: "\nAll is well.", 1: "\n1 things to do."}
    assert doctor.as_text(found).endswith(ends[expected])
    assert len(found) == len([*doctor.ALWAYS, *doctor.OF_THE_DATABASE, *doctor.WITH_DATABASE])


def level_of(finding: Finding) -> Level:
    """How bad; every finding that is not fine says what to do."""
    assert bool(finding.todo) is (finding.level is not Level.FINE)
    return finding.level


def test_a_damaged_database_is_serious_and_the_way_back_names_a_backup(
    house: Flask,
) -> None:
    if database_of(house).engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL looks after its files itself")
    well_kept(house)
    backups = settings_of(house).instance / "backups"
    backups.mkdir()
    (backups / "daraja-2026-11-20-030000.zip.age").touch()
    damage(house)
    case = case_of(house, backup_into=backups)
    found = database_checks.is_sound(case)
    assert level_of(found) is Level.SERIOUS
    assert "daraja-2026-11-20-030000.zip.age --replace" in found.todo
    whole = doctor.examine(case.database, case.settings)
    assert doctor.worst(whole) is Level.SERIOUS


def test_a_database_that_is_no_database_is_serious(tmp_path: Path) -> None:
    (tmp_path / "daraja.sqlite").write_bytes(b"hello" * 2000)
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'daraja.sqlite'}")
    assert level_of(database_checks.opens(case_of(app))) is Level.SERIOUS
    database_of(app).engine.dispose()


def test_a_postgres_that_is_gone_is_serious(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"postgresql://nobody@/nothing?host={tmp_path}")
    found = database_checks.opens(case_of(app))
    assert level_of(found) is Level.SERIOUS
    assert found.what.startswith(f"PostgreSQL does not answer ({tmp_path}).")


def test_rows_that_point_nowhere_are_serious(house: Flask) -> None:
    if database_of(house).engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL does not let it happen")
    plain = database_of(house).engine.raw_connection()
    plain.cursor().execute("PRAGMA foreign_keys=OFF")
    plain.cursor().execute("INSERT INTO lesson_done VALUES ('nobody', 'm1.1', NULL)")
    plain.cursor().execute("PRAGMA foreign_keys=ON")
    plain.close()
    found = database_checks.points_somewhere(case_of(house))
    assert level_of(found) is Level.SERIOUS
    assert "lesson_done" in found.what


def test_an_old_a_missing_and_a_newer_schema_are_told_apart(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'daraja.sqlite'}")
    assert level_of(database_checks.schema(case_of(app))) is Level.DO
    migrate(database_of(app).engine, "0001")
    assert level_of(database_checks.schema(case_of(app))) is Level.DO
    migrate(database_of(app).engine)
    assert level_of(database_checks.schema(case_of(app))) is Level.FINE
    with database_of(app).engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    found = database_checks.schema(case_of(app))
    assert level_of(found) is Level.SERIOUS
    assert "newer Daraja" in found.what
    database_of(app).engine.dispose()


def test_a_postgres_that_may_forget_is_serious(house: Flask) -> None:
    if database_of(house).engine.dialect.name == "sqlite":
        assert level_of(database_checks.postgres(case_of(house))) is Level.FINE
        return
    # The tests' own PostgreSQL promises nothing, so that they are quick.
    found = database_checks.postgres(case_of(house))
    assert level_of(found) is Level.SERIOUS
    assert found.what.startswith("fsync, full_page_writes, synchronous_commit is off")


def test_people_past_their_time_are_counted(house: Flask) -> None:
    assert level_of(database_checks.people_past_their_time(case_of(house))) is Level.FINE
    a_learner(house, "old", marks.now().date() - timedelta(days=800))
    assert level_of(database_checks.people_past_their_time(case_of(house))) is Level.DO


def test_administrators_without_a_second_step_are_told(house: Flask) -> None:
    assert level_of(database_checks.second_step(case_of(house))) is Level.FINE
    with database_of(house).work() as session:
        choose(session, "second_step", SecondStep.NOBODY.value)
    assert level_of(database_checks.second_step(case_of(house))) is Level.DO


def test_little_room_is_told_in_time() -> None:
    levels = [
        level_of(disk_checks.judge_room(free, files))
        for free, files in ((10**6, 10**6), (10**8, 10**6), (10**9, 100), (10**9, 10**6))
    ]
    assert levels == [Level.SERIOUS, Level.DO, Level.DO, Level.FINE]


def test_a_folder_that_cannot_be_written_is_serious(house: Flask) -> None:
    case = case_of(house)
    assert level_of(disk_checks.writes(case)) is Level.FINE
    before = sorted(case.settings.instance.iterdir())
    gone = case_of(house, instance=case.settings.instance / "gone")
    found = disk_checks.writes(gone)
    assert level_of(found) is Level.SERIOUS
    assert found.what == "Nothing can be written to the instance folder: the folder is not there."
    # The reason can be told in any language of the interface too.
    assert isinstance(found.what, Message)
    assert isinstance(found.what.values["error"], Message)
    assert sorted(case.settings.instance.iterdir()) == before


@pytest.mark.parametrize("name", ["", "secret.key"])
def test_what_others_can_read_is_told(house: Flask, name: str) -> None:
    folder = settings_of(house).instance
    folder.chmod(0o700)
    (folder / "secret.key").touch(mode=0o600)
    assert level_of(disk_checks.private(case_of(house))) is Level.FINE
    (folder / name).chmod(0o750)
    found = disk_checks.private(case_of(house))
    assert level_of(found) is Level.DO
    assert found.todo == f"Say: chmod go-rwx {folder / name}".rstrip("/")


def test_leftovers_of_a_restore_are_told(house: Flask) -> None:
    assert level_of(disk_checks.damaged_leftovers(case_of(house))) is Level.FINE
    (settings_of(house).instance / "daraja.sqlite.damaged-20261121000000").touch()
    assert level_of(disk_checks.damaged_leftovers(case_of(house))) is Level.DO


def test_another_secret_is_serious_until_it_is_back_or_accepted(house: Flask) -> None:
    prepare(house)
    assert level_of(server_checks.secret_fits(case_of(house))) is Level.FINE
    lost = case_of(house, secret_key="made anew because the old one was lost")
    found = server_checks.secret_fits(lost)
    assert level_of(found) is Level.SERIOUS
    assert "Put your copy of secret.key back" in found.todo
    secret.expect(lost.settings.instance, secret.check_value(lost.settings.secret_key))
    assert level_of(server_checks.secret_fits(lost)) is Level.FINE


def test_a_start_with_another_secret_warns_and_serves(house: Flask) -> None:
    assert prepare(house).warnings == ()
    other = make_house(settings_of(house).instance, settings_of(house).database_url)
    object.__setattr__(settings_of(other), "secret_key", "made anew because the old one was lost")
    assert ["do not work" in each for each in prepare(other).warnings] == [True]
    assert prepare(house).warnings == ()
    database_of(other).engine.dispose()


def test_a_clock_that_jumped_is_told(house: Flask) -> None:
    prepare(house)
    assert level_of(server_checks.clock_is_right(case_of(house))) is Level.FINE
    later = replace(case_of(house), now=marks.now() + timedelta(days=400))
    assert level_of(server_checks.clock_is_right(later)) is Level.DO
    clock.trust(settings_of(house).instance)


def test_backups_must_be_young_encrypted_and_tried(house: Flask) -> None:
    folder = settings_of(house).instance
    encrypted = {"backup_key": "age1" + "q" * 58}
    assert level_of(server_checks.backed_up(case_of(house, **encrypted))) is Level.DO
    assert level_of(server_checks.rehearsed(case_of(house))) is Level.DO
    marks.put(folder, "backup")
    marks.put(folder, "rehearsal")
    assert level_of(server_checks.backed_up(case_of(house, **encrypted))) is Level.FINE
    assert level_of(server_checks.rehearsed(case_of(house))) is Level.FINE
    assert level_of(server_checks.backed_up(case_of(house))) is Level.DO
    later = replace(case_of(house, **encrypted), now=marks.now() + timedelta(days=4))
    assert level_of(server_checks.backed_up(later)) is Level.DO
    # One that failed since does not make the last good one younger.
    marks.put(folder, "backup", "badly")
    assert level_of(server_checks.backed_up(later)) is Level.DO


_PUBLIC = "https://a.example.org"


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, Level.FINE),
        ({"public_url": _PUBLIC, "trusted_hosts": ("b.example.org",)}, Level.SERIOUS),
        ({"public_url": _PUBLIC, "trusted_hosts": ("a.example.org",)}, Level.FINE),
        ({"behind_proxy": True, "trusted_hosts": ("a",)}, Level.DO),
        ({"behind_proxy": True, "public_url": _PUBLIC}, Level.DO),
        ({"behind_proxy": True, "host": "0.0.0.0", "public_url": _PUBLIC}, Level.DO),
        (
            {
                "behind_proxy": True, "host": "0.0.0.0", "in_container": True,
                "public_url": _PUBLIC, "trusted_hosts": ("a.example.org",),
            },
            Level.FINE,
        ),
        ({"host": "0.0.0.0"}, Level.DO),
        ({"host": "0.0.0.0", "trusted_hosts": ("192.168.0.7",)}, Level.FINE),
        ({"public_url": "http://a.example.org"}, Level.DO),
        ({"public_url": "http://192.168.0.7:8000"}, Level.FINE),
        ({"public_url": "http://clinic.local"}, Level.FINE),
    ],
)  # fmt: skip
def test_addresses_must_belong_together(
    tmp_path: Path, changes: dict[str, object], level: Level
) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'd'}")
    assert level_of(server_checks.addresses_fit(case_of(app, **changes))) is level


def test_a_demonstration_open_to_others_is_told(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'd'}")
    found = [
        level_of(server_checks.is_no_demo(case_of(app, demo=demo, host=host)))
        for demo, host in ((False, "0.0.0.0"), (True, "127.0.0.1"), (True, "0.0.0.0"))
    ]
    assert found == [Level.FINE, Level.FINE, Level.DO]


def test_a_port_that_another_program_has_is_told(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'd'}")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert level_of(server_checks.port_is_free(case_of(app, port=port))) is Level.DO
    assert level_of(server_checks.port_is_free(case_of(app, port=port))) is Level.FINE


def test_a_running_server_is_known_by_its_lock(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'd'}")
    assert not case_of(app).is_serving
    keeper.hold_lock(tmp_path)
    assert case_of(app).is_serving
    assert level_of(server_checks.port_is_free(case_of(app))) is Level.FINE
    keeper.let_go()
    assert not case_of(app).is_serving


def test_little_memory_is_told(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'd'}")
    assert level_of(server_checks.memory(case_of(app))) in (Level.FINE, Level.DO)
    assert [level_of(server_checks.judge_memory(kb)) for kb in (50_000, 500_000)] == [
        Level.DO,
        Level.FINE,
    ]


def test_mistakes_in_content_are_told(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(TINY, root)
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'd'}", root)
    assert level_of(page_checks.content(case_of(app))) is Level.FINE
    with open(root / "content/m1/01-greeting.md", "r+b") as file:
        file.seek(300)
        file.write(os.urandom(200))
    assert level_of(page_checks.content(case_of(app))) is Level.DO


def test_pages_that_are_missing_damaged_or_old_are_told(house: Flask) -> None:
    prepare(house)
    assert level_of(page_checks.pages(case_of(house))) is Level.FINE
    page = settings_of(house).published / "en/m1/1/index.html"
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b"Greeting", b"Greetinh", 1))
    found = page_checks.pages(case_of(house))
    assert level_of(found) is Level.SERIOUS
    assert "en/m1/1/index.html" in found.what
    page.write_bytes(whole)
    stamp = settings_of(house).published.with_suffix(".stamp")
    stamp.write_text("something else")
    assert level_of(page_checks.pages(case_of(house))) is Level.DO
    stamp.unlink()
    assert level_of(page_checks.pages(case_of(house))) is Level.SERIOUS


def test_the_command_ends_with_how_bad_it_is(house: Flask) -> None:
    if database_of(house).engine.dialect.name != "sqlite":
        pytest.skip("the tests' PostgreSQL promises nothing, which is serious")
    settings = well_kept(house)
    house.extensions["settings"] = settings
    run = house.test_cli_runner()
    assert run.invoke(args=["doctor"]).exit_code == 0
    marks.remove(settings.instance, "rehearsal")
    assert run.invoke(args=["doctor"]).exit_code == 1
    settings.published.with_suffix(".stamp").unlink()
    told = run.invoke(args=["doctor", "--json"])
    assert told.exit_code == 2
    assert [each["about"] for each in json.loads(told.stdout)][:2] == ["pages", "rehearsal"]
    assert {each["level"] for each in json.loads(told.stdout)} == {"serious", "do", "fine"}


def test_the_doctor_changes_nothing(house: Flask) -> None:
    People(house).learner().starts("m1")
    prepare(house)
    folder = settings_of(house).instance
    before = {
        each: each.stat().st_mtime_ns for each in folder.rglob("*") if "sqlite" not in each.name
    }
    doctor.examine(database_of(house), settings_of(house))
    after = {
        each: each.stat().st_mtime_ns for each in folder.rglob("*") if "sqlite" not in each.name
    }
    assert {key: value for key, value in after.items() if key != folder} == {
        key: value for key, value in before.items() if key != folder
    }
