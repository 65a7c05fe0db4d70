"""The folder of backups: which stay, which go, and a stick that is not there."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from edu.backups.folder import NoFolder, backups, name_for, ready, thin_out


def made(into: Path, moment: datetime) -> Path:
    file = name_for(into, moment, encrypted=False)
    file.write_bytes(b"")
    return file


def test_the_newest_stay_and_one_of_each_month(tmp_path: Path) -> None:
    start = datetime(2025, 1, 1, 3)
    files = [made(tmp_path, start + timedelta(days=day)) for day in range(700)]
    thin_out(tmp_path, files[-1], keep=7)
    left = [each.file.name[7:17] for each in backups(tmp_path)]
    assert left[-7:] == [file.name[7:17] for file in files[-7:]]
    assert left[:-7] == ["2026-09-30", "2026-10-31"]


def test_the_one_just_made_stays_although_the_clock_says_that_it_is_old(tmp_path: Path) -> None:
    for day in range(1, 20):
        made(tmp_path, datetime(2026, 11, day))
    new = made(tmp_path, datetime(2019, 1, 1))
    thin_out(tmp_path, new, keep=3)
    assert new.exists()


def test_files_that_are_not_backups_are_left_alone(tmp_path: Path) -> None:
    names = [
        "daraja.zip",
        "photo.jpg",
        "daraja-2026-11-21.zip",
        ".daraja-2026-11-21-100000.zip.part",
    ]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    files = [made(tmp_path, datetime(2026, 11, 21, hour)) for hour in range(10)]
    gone = thin_out(tmp_path, files[-1], keep=1)
    assert sorted(gone) == sorted(files[:-1])
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([*names, files[-1].name])


def test_a_folder_elsewhere_must_be_there(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    instance.mkdir()
    assert ready(instance / "backups", instance).is_dir()
    with pytest.raises(NoFolder):
        ready(tmp_path / "stick", instance)
    assert not (tmp_path / "stick").exists()
