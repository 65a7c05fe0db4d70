"""What a stolen backup tells: with a key nothing, and after deletion nothing in any case."""

import zipfile
from datetime import timedelta
from pathlib import Path

from flask import Flask

from edu.backups import keys
from edu.backups.daily import keep
from edu.backups.opening import identities
from edu.health import marks
from edu.learning.models import Journey, Learner, OpenAnswer, Sitting
from tests.backups.homes import PAIR, backup_of, database_of, settings_of

CANARY = "kanari-wimbo-wa-asubuhi"


def a_canary(app: Flask, days_ago: int) -> None:
    """Somebody whose every text is the canary, so many days ago."""
    day = marks.now().date() - timedelta(days=days_ago)
    with database_of(app).work() as session:
        learner = Learner(
            id=CANARY, code_mac=CANARY, start_key=f"{CANARY}1", group_id=None, made_on=day
        )
        sitting = Sitting(
            id=CANARY,
            instrument_version_id=1,
            wave="before",
            tag="en",
            release_id=1,
            draft=False,
            answers=CANARY,
            submission_key=CANARY,
            submitted_on=day,
        )
        session.add(learner)
        session.add(
            Journey(
                id=CANARY,
                learner=learner,
                number=1,
                group_id=None,
                tag="en",
                modules=["m1"],
                consent_release_id=1,
                started_on=day,
                sittings=[sitting],
            )
        )
        session.flush()
        session.add(OpenAnswer(sitting_id=CANARY, item="words", text=CANARY))


def unpacked(file: Path) -> bytes:
    """Everything in a backup that is not encrypted."""
    with zipfile.ZipFile(file) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_an_encrypted_backup_tells_nothing(house: Flask, tmp_path: Path) -> None:
    a_canary(house, 1)
    made = backup_of(house, tmp_path, encrypted=True)
    content = made.file.read_bytes()
    for word in (CANARY, settings_of(house).secret_key, "learner", "manifest", "PK\x03\x04"):
        assert word.encode() not in content
    assert CANARY.encode() in unpacked(backup_of(house, tmp_path).file)


def test_nothing_readable_touches_the_disk_while_a_backup_is_encrypted(
    house: Flask, tmp_path: Path
) -> None:
    a_canary(house, 1)
    folder = tmp_path / "stick"
    folder.mkdir()
    backup_of(house, folder, encrypted=True)
    assert [each.suffixes[-1] for each in folder.iterdir()] == [".age"]


def test_who_was_deleted_by_age_is_in_no_backup_made_afterwards(
    house: Flask, tmp_path: Path
) -> None:
    a_canary(house, 800)
    assert CANARY.encode() in unpacked(backup_of(house, tmp_path).file)
    done = {each.name: each.well for each in keep(database_of(house), settings_of(house))}
    assert done["retention"]
    assert CANARY.encode() not in unpacked(backup_of(house, tmp_path).file)


def test_the_names_and_marks_of_backups_tell_nothing(house: Flask, tmp_path: Path) -> None:
    a_canary(house, 1)
    keep(database_of(house), settings_of(house))
    folder = settings_of(house).instance
    told = b"".join(each.read_bytes() for each in (folder / "marks").iterdir())
    assert CANARY.encode() not in told


def test_the_sheet_for_the_safe_can_be_read_back_as_a_key(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet"
    sheet.write_text(keys.sheet(PAIR), encoding="utf-8")
    assert [str(each.to_public()) for each in identities(sheet)] == [PAIR.public]
