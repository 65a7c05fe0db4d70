"""Settings: what cannot be used is told in one line, before anything is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from edu.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent


def given(tmp_path: Path, **values: str) -> dict[str, str]:
    return {"INSTANCE": str(tmp_path / "instance"), **values}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "80 80"),
        ("WORKERS", "0"),
        ("THREADS", "-1"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "daraja.sqlite"),
        ("PUBLIC_URL", "learn.example.org"),
        ("PUBLIC_URL", "https://"),
        ("TRUSTED_HOSTS", "https://learn.example.org"),
        ("TRUSTED_HOSTS", "learn.example.org:8000"),
        ("BEHIND_PROXY", "yes"),
        ("DARAJA_DEMO", "true"),
        ("BACKUP_KEY", "age1short"),
        ("BACKUP_KEY", "AGE-SECRET-KEY-1QQQQ"),
        ("INSTANCE", "/dev/null/here"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        read_settings({**given(tmp_path), name: value})


def test_hosts_may_stand_between_commas_and_spaces(tmp_path: Path) -> None:
    hosts = " learn.example.org ,, 192.168.0.7  [::1],\n.example.net "
    assert read_settings(given(tmp_path, TRUSTED_HOSTS=hosts)).trusted_hosts == (
        "learn.example.org",
        "192.168.0.7",
        "[::1]",
        ".example.net",
    )


def test_backups_go_into_the_instance_unless_a_place_or_none_is_named(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    places = [
        read_settings(given(tmp_path, **({"BACKUP_INTO": each} if each else {}))).backup_into
        for each in ("", "safe", "/mnt", "none")
    ]
    assert places == [instance / "backups", instance / "safe", Path("/mnt").resolve(), None]


def test_the_secret_is_made_once_and_is_for_its_owner_only(tmp_path: Path) -> None:
    first, second = (read_settings(given(tmp_path)).secret_key for _ in range(2))
    assert first == second
    assert len(first) > 40
    assert (tmp_path / "instance/secret.key").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in (tmp_path / "instance").iterdir()] == ["secret.key"]


def test_an_empty_secret_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance/secret.key").write_text("\n")
    with pytest.raises(ValueError, match=r"secret\.key is empty"):
        read_settings(given(tmp_path))


@pytest.mark.parametrize(
    "program",
    [
        ["-m", "flask", "--app", "app", "prepare"],
        ["-m", "gunicorn", "--config", "edu/gunicorn_settings.py", "--check-config", "app:app"],
    ],
)
def test_a_wrong_setting_ends_the_program_with_one_line(tmp_path: Path, program: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env={**os.environ, "INSTANCE": str(tmp_path), "PORT": "abc"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "Daraja cannot start: PORT must be a whole number, not 'abc'\n"
