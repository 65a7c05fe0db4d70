"""There and back: what is backed up is what is restored, on either database."""

import threading
from pathlib import Path

import pytest
from flask import Flask

from edu.backups.making import NothingToKeep
from edu.backups.pack import PASSING
from edu.backups.restoring import NotEmpty
from edu.backups.tables import names_at
from edu.health import marks
from edu.health.secret import check_value
from edu.learning.models import Sitting
from edu.preparing import prepare
from edu.schema import known_revisions, migrate, newest_revision
from tests.backups.drill import drill
from tests.backups.homes import (
    backup_of,
    bring_back,
    database_of,
    empty_house,
    rows_of,
    settings_of,
    some_life,
)
from tests.people import People


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_backup_brings_every_row_back_on_either_database(
    house: Flask, other: Flask, tmp_path: Path, encrypted: bool
) -> None:
    some_life(house)
    before = rows_of(house)
    made = backup_of(house, tmp_path, encrypted=encrypted)
    bring_back(made.file, other)
    assert rows_of(other) == before
    assert made.manifest.rows == sum(len(rows) for rows in before.values())
    assert len(before["sitting"]) == 2


def test_a_card_works_and_life_goes_on_after_a_restore(
    house: Flask, other: Flask, tmp_path: Path
) -> None:
    code = some_life(house)
    assert bring_back(backup_of(house, tmp_path).file, other).cards_work
    prepare(other)
    people = People(other)
    amina = people.learner()
    assert amina.comes_back(code).request.path == "/en/my"
    # New rows are numbered after the old ones.
    tendai = people.learner()
    assert tendai.starts("m1").status_code == 200
    people._made = True
    people.tendai.makes_group("Wednesday")
    assert len(rows_of(other)["group"]) == len(rows_of(house)["group"]) + 1


def test_who_is_signed_in_is_not_in_a_backup(house: Flask, village: Flask, tmp_path: Path) -> None:
    some_life(house)
    made = backup_of(house, tmp_path)
    told = {name.removeprefix("tables/").removesuffix(".jsonl") for name in made.manifest.parts}
    assert told == set(names_at(newest_revision())) - PASSING
    assert set(names_at(newest_revision())) >= PASSING


def test_backups_under_load_hold_every_acknowledged_form(house: Flask, tmp_path: Path) -> None:
    found = drill(house, tmp_path, backups=4)
    assert (found.backups, found.lost, found.torn) == (4, 0, 0)
    assert found.acknowledged > 0


def test_two_backups_in_one_moment_are_two_files(house: Flask, tmp_path: Path) -> None:
    files = {backup_of(house, tmp_path).file for _ in range(3)}
    assert len(files) == 3


def test_an_empty_database_is_not_backed_up(village: Flask, tmp_path: Path) -> None:
    with pytest.raises(NothingToKeep):
        backup_of(village, tmp_path)
    assert list(tmp_path.glob("*.zip*")) == []
    assert list(tmp_path.glob(".*")) == []


def test_a_backup_is_for_its_owner_only(house: Flask, tmp_path: Path) -> None:
    assert backup_of(house, tmp_path).file.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_fails_leaves_nothing_behind(house: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with database_of(house).engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE pair")
    with pytest.raises(Exception, match="pair"):
        backup_of(house, folder)
    with pytest.raises(Exception, match="pair"):
        backup_of(house, folder, encrypted=True)
    assert list(folder.iterdir()) == []
    assert [each.name for each in threading.enumerate() if "seal" in each.name] == []


def test_work_that_is_there_is_not_overwritten_unasked(house: Flask, tmp_path: Path) -> None:
    some_life(house)
    made = backup_of(house, tmp_path)
    People(house).learner().starts("m1")
    before = rows_of(house)
    with pytest.raises(NotEmpty):
        bring_back(made.file, house)
    assert rows_of(house) == before


def test_what_is_replaced_is_backed_up_first(house: Flask, tmp_path: Path) -> None:
    some_life(house)
    first, made = rows_of(house), backup_of(house, tmp_path)
    People(house).learner().starts("m1")
    later = rows_of(house)
    assert later != first
    done = bring_back(made.file, house, replacing=True)
    assert rows_of(house) == first
    assert done.before is not None
    bring_back(done.before, house, replacing=True)
    assert rows_of(house) == later


def test_an_instance_that_was_only_prepared_counts_as_empty(
    house: Flask, village: Flask, tmp_path: Path
) -> None:
    some_life(house)
    made = backup_of(house, tmp_path)
    prepare(village)
    bring_back(made.file, village)
    assert rows_of(village) == rows_of(house)


def test_an_encrypted_backup_brings_the_secret_with_it(house: Flask, tmp_path: Path) -> None:
    code = some_life(house)
    made = backup_of(house, tmp_path, encrypted=True)
    folder = tmp_path / "new-box"
    folder.mkdir()
    (folder / "secret.key").write_text("made on a new box")
    url = f"sqlite:///{folder / 'daraja.sqlite'}"
    done = bring_back(made.file, empty_house(folder, url, "made on a new box"))
    assert done.cards_work
    assert (folder / "secret.key").read_text() == "a test's secret"
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    again = empty_house(folder, url, (folder / "secret.key").read_text())
    prepare(again)
    assert People(again).learner().comes_back(code).request.path == "/en/my"
    assert (folder / "secret.check").read_text() == check_value("a test's secret")


def test_without_encryption_the_secret_stays_out_and_that_is_told(
    house: Flask, tmp_path: Path
) -> None:
    made = backup_of(house, tmp_path)
    assert "secret.key" not in made.manifest.parts
    folder = tmp_path / "new-box"
    other = empty_house(folder, f"sqlite:///{tmp_path / 'n.sqlite'}", "another secret")
    assert not bring_back(made.file, other).cards_work


def test_a_backup_of_the_first_schema_is_restored_into_todays(
    village: Flask, tmp_path: Path
) -> None:
    old = _house_at(tmp_path / "old", known_revisions()[0])
    made = backup_of(old, tmp_path)
    assert made.manifest.revision == known_revisions()[0]
    bring_back(made.file, village)
    found = rows_of(village)
    assert ["'Bridge'" in row for row in found["organisation"]] == [True]
    assert ["'ruth'" in row for row in found["member"]] == [True]
    assert len(found["role_grant"]) == 2


def test_before_the_schema_changes_a_backup_is_made(tmp_path: Path) -> None:
    old = _house_at(tmp_path / "old", known_revisions()[0])
    app = empty_house(tmp_path / "old", settings_of(old).database_url)
    folder = settings_of(app).instance / "backups"
    object.__setattr__(settings_of(app), "backup_into", folder)
    prepare(app)
    assert [file.name.endswith("-before-upgrade.zip") for file in folder.iterdir()] == [True]
    prepare(app)
    assert len(list(folder.iterdir())) == 1
    assert marks.read(settings_of(app).instance, "backup") is not None


def _house_at(folder: Path, revision: str) -> Flask:
    app = empty_house(folder, f"sqlite:///{folder / 'daraja.sqlite'}")
    migrate(database_of(app).engine, revision)
    with database_of(app).engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO organisation (id, name) VALUES (1, 'Bridge')")
        connection.exec_driver_sql(
            "INSERT INTO member (id, organisation_id, login, password_hash, role)"
            " VALUES (1, 1, 'ruth', 'x', 'administrator')"
        )
    return app


def test_sittings_keep_their_keys_so_that_a_form_sent_again_is_still_kept_once(
    house: Flask, village: Flask, tmp_path: Path
) -> None:
    some_life(house)
    bring_back(backup_of(house, tmp_path).file, village)
    with database_of(house).session(reading=True) as one:
        wanted = sorted(str(row.submission_key) for row in one.query(Sitting))
    with database_of(village).session(reading=True) as two:
        assert sorted(str(row.submission_key) for row in two.query(Sitting)) == wanted
