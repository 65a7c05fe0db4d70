"""A backup may come from anybody. What is not exactly ours is refused, and nothing is changed."""

import hashlib
import io
import json
import os
import random
import resource
import shutil
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
from flask import Flask
from sqlalchemy import inspect

from edu.backups import keys
from edu.backups.opening import opened
from edu.backups.pack import Unusable
from edu.preparing import prepare
from tests.backups.homes import (
    PAIR,
    backup_of,
    bring_back,
    database_of,
    empty_house,
    rows_of,
    settings_of,
    some_life,
)
from tests.by_lot import one_in
from tests.people import People

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a house in which people live, made once."""
    folder = tmp_path_factory.mktemp("lived-in")
    app = empty_house(folder, f"sqlite:///{folder / 'daraja.sqlite'}")
    prepare(app)
    some_life(app)
    file = backup_of(app, folder).file
    database_of(app).engine.dispose()
    return file


@pytest.fixture
def good(lived_in: Path, tmp_path: Path) -> Path:
    """That backup, for one test to forge."""
    return Path(shutil.copy(lived_in, tmp_path))


def members_of(file: Path) -> Members:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(file: Path, members: Members) -> Path:
    """A pack whose list of contents agrees with its members again: the forger is careful."""
    told = json.loads(members["manifest.json"])
    parts = told["parts"] if isinstance(told["parts"], dict) else {}
    for name, part in parts.items():
        if name in members:
            content = members[name]
            part.update(
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
                rows=content.count(b"\n") if part["columns"] else 0,
            )
    forged = file.with_name("forged.zip")
    with zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**members, "manifest.json": json.dumps(told).encode()}.items():
            archive.writestr(name, content)
    return forged


def refused(file: Path, app: Flask) -> str:
    """Why a backup is refused; the empty house stays as it was, and nothing lies about."""
    folder = settings_of(app).instance
    before = sorted(each.name for each in folder.iterdir())
    with pytest.raises(Unusable) as error:
        bring_back(file, app)
    assert inspect(database_of(app).engine).get_table_names() == []
    after = sorted(each.name for each in folder.iterdir() if not each.name.endswith(("wal", "shm")))
    assert set(after) - set(before) <= {
        "paper",
        Path(database_of(app).engine.url.database or "").name,
    }
    return str(error.value)


def change_row(table: str, change: Callable[[list[Any]], Any]) -> Callable[[Members], None]:
    """A change of the first row of a table."""

    def forge(members: Members) -> None:
        name = f"tables/{table}.jsonl"
        lines = members[name].splitlines(keepends=True)
        row = json.loads(lines[0])
        changed = change(row)
        lines[0] = json.dumps(row if changed is None else changed).encode() + b"\n"
        members[name] = b"".join(lines)

    return forge


def column(members: Members, table: str, name: str) -> int:
    told = json.loads(members["manifest.json"])
    found: int = told["parts"][f"tables/{table}.jsonl"]["columns"].index(name)
    return found


@pytest.mark.parametrize(
    ("table", "name", "value"),
    one_in(
        3,
        [
            ("learner", "id", 7),
            ("learner", "id", None),
            ("learner", "id", "a\0b"),
            ("learner", "id", "\ud800"),
            ("learner", "made_on", "yesterday"),
            ("learner", "made_on", 20261121),
            ("sitting", "draft", 1),
            ("sitting", "draft", "no"),
            ("sitting", "answers", {"a": 1}),
            ("sitting", "wave", ["before"]),
            ("pair", "before", 1.5),
            ("pair", "before", 2**70),
            ("pair", "before", True),
            ("release", "made_at", "2026-11-21T10:00:00+02:00"),
            ("release", "payload", {"x": "\ud800"}),
            ("release", "state", "splendid"),
            ("group", "organisation_id", 999_999),
            ("journey", "learner_id", "nobody"),
        ],
    ),
)
def test_a_value_that_its_column_does_not_take_is_refused(
    good: Path, village: Flask, table: str, name: str, value: object
) -> None:
    members = members_of(good)
    place = column(members, table, name)
    change_row(table, lambda row: row.__setitem__(place, value))(members)
    refused(written(good, members), village)


def _without(name: str) -> Callable[[Members], None]:
    def forge(members: Members) -> None:
        del members[name]
        told = json.loads(members["manifest.json"])
        del told["parts"][name]
        members["manifest.json"] = json.dumps(told).encode()

    return forge


def _with(name: str) -> Callable[[Members], None]:
    def forge(members: Members) -> None:
        members[name] = b"[1]\n"
        told = json.loads(members["manifest.json"])
        told["parts"][name] = {"sha256": "", "size": 0, "rows": 0, "columns": ["id"]}
        members["manifest.json"] = json.dumps(told).encode()

    return forge


def _telling(**changes: object) -> Callable[[Members], None]:
    def forge(members: Members) -> None:
        told = json.loads(members["manifest.json"])
        members["manifest.json"] = json.dumps(told | changes).encode()

    return forge


def _naming_columns(*names: str) -> Callable[[Members], None]:
    def forge(members: Members) -> None:
        told = json.loads(members["manifest.json"])
        told["parts"]["tables/organisation.jsonl"]["columns"] = list(names)
        members["manifest.json"] = json.dumps(told).encode()

    return forge


def _twice(members: Members) -> None:
    members["tables/learner.jsonl"] *= 2


@pytest.mark.parametrize(
    "forge",
    one_in(
        3,
        [
            _without("tables/learner.jsonl"),
            _with("tables/sqlite_master.jsonl"),
            _with("tables/alembic_version.jsonl"),
            _with("tables/staff_session.jsonl"),
            _with("tables/x.jsonl"),
            _with("../../evil"),
            _with("/etc/cron.d/evil"),
            _with("tables/..jsonl"),
            _with('tables/"; DROP TABLE learner; --.jsonl'),
            _telling(format=2),
            _telling(format="1"),
            _telling(revision="9999"),
            _telling(revision="head"),
            _telling(revision="0001"),
            _telling(revision=""),
            _telling(revision=None),
            _telling(made_at="long ago"),
            _telling(parts=[]),
            _telling(parts=None),
            _naming_columns("id"),
            _naming_columns("id", "name", "closed_on", "password"),
            _naming_columns("id", "id", "name"),
            _naming_columns('id"', "name", "closed_on"),
            _twice,
            change_row("organisation", lambda row: row.append("more")),
            change_row("organisation", lambda row: row.pop() and None),
            change_row("organisation", lambda row: {"id": 1}),
            change_row("organisation", lambda row: "id"),
        ],
    ),
)
def test_a_pack_that_is_not_as_our_schema_says_is_refused(
    good: Path, village: Flask, forge: Callable[[Members], None]
) -> None:
    members = members_of(good)
    forge(members)
    refused(written(good, members), village)


def test_a_bent_or_cut_backup_is_refused_wherever_it_was_bent(good: Path, village: Flask) -> None:
    whole, chance = good.read_bytes(), random.Random(7)
    bent = good.with_name("bent.zip")
    taken = []
    for number in range(60):
        place = chance.randrange(len(whole))
        if number % 3 == 0:
            bent.write_bytes(whole[:place])
        else:
            bent.write_bytes(
                whole[:place] + bytes([whole[place] ^ 1 << number % 8]) + whole[place + 1 :]
            )
        try:
            with opened(bent, None, settings_of(village).instance) as backup:
                taken.append(backup.manifest.parts)
        except Unusable:
            continue
    # A bit that carries no meaning, such as a member's date, may be bent; no content may.
    with opened(good, None, settings_of(village).instance) as backup:
        assert [parts for parts in taken if parts != backup.manifest.parts] == []
    assert len(taken) < 20


def test_a_bent_or_cut_encrypted_backup_is_refused(
    house: Flask, village: Flask, tmp_path: Path
) -> None:
    some_life(house)
    file = backup_of(house, tmp_path, encrypted=True).file
    whole = file.read_bytes()
    for content in (
        whole[:-1],
        whole[: len(whole) // 2],
        whole[:100],
        whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:],
        whole + b"more",
        b"",
    ):
        file.write_bytes(content)
        refused(file, village)


def test_a_backup_that_is_cut_off_says_what_to_do_and_a_full_disk_is_not_taken_for_one(
    house: Flask, tmp_path: Path
) -> None:
    some_life(house)
    file = backup_of(house, tmp_path, encrypted=True).file
    whole, key = file.read_bytes(), tmp_path / "paper"
    key.write_text(keys.sheet(PAIR), encoding="utf-8")
    file.write_bytes(whole[:-100])
    with pytest.raises(Unusable, match="Try your other keys"), opened(file, key, tmp_path):
        raise AssertionError("it was opened")
    file.write_bytes(whole)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(Unusable, match="File too large"), opened(file, key, tmp_path):
            raise AssertionError("it was opened")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_another_key_opens_nothing(house: Flask, village: Flask, tmp_path: Path) -> None:
    file = backup_of(house, tmp_path, encrypted=True).file
    wrong = tmp_path / "wrong"
    wrong.write_text(keys.sheet(keys.new_key_pair()), encoding="utf-8")
    empty = tmp_path / "no-key"
    empty.write_text("nothing here\n")
    for key in (wrong, empty, None, tmp_path / "missing"):
        with pytest.raises(Unusable), opened(file, key, tmp_path):
            raise AssertionError("it was opened")


def test_a_key_typed_from_paper_opens_all_the_same(house: Flask, tmp_path: Path) -> None:
    file = backup_of(house, tmp_path, encrypted=True).file
    typed = tmp_path / "typed"
    secret = PAIR.secret.lower()
    typed.write_text(" ".join(secret[place : place + 5] for place in range(0, len(secret), 5)))
    with opened(file, typed, tmp_path) as backup:
        assert backup.manifest.rows > 0


def _zip(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def test_other_files_are_not_backups(village: Flask, tmp_path: Path) -> None:
    key = pyrage.x25519.Recipient.from_str(PAIR.public)
    others = {
        "empty": b"",
        "text": b"hello",
        "image": b"\x89PNG\r\n\x1a\n" + os.urandom(200),
        "sqlite": b"SQLite format 3\0" + bytes(4080),
        "prefix": b"MZ" + _zip(("manifest.json", b"{}")),
        "another-zip": _zip(("readme.txt", b"hello")),
        "no-json": _zip(("manifest.json", b"{")),
        "a-list": _zip(("manifest.json", b"[]")),
        "deep": _zip(("manifest.json", b"[" * 100_000)),
        "twice": _zip(("manifest.json", b"{}"), ("manifest.json", b"{}")),
        "many": _zip(*((f"tables/t{n}.jsonl", b"") for n in range(5_000))),
        "bomb": _zip(("manifest.json", b"{}"), ("tables/learner.jsonl", bytes(300_000_000))),
        "big-manifest": _zip(("manifest.json", b'{"a":"' + b"x" * 3_000_000 + b'"}')),
        "sealed-text": pyrage.encrypt(b"hello", [key]),
    }
    for name, content in others.items():
        file = tmp_path / name
        file.write_bytes(content)
        refused(file, village)


def test_a_refused_backup_does_not_touch_a_house_with_people(good: Path, house: Flask) -> None:
    People(house).learner().starts("m1")
    before, names = rows_of(house), set(settings_of(house).instance.glob("*.*"))
    members = members_of(good)
    place = column(members, "pair", "before")
    change_row("pair", lambda row: row.__setitem__(place, "x"))(members)
    forged = written(good, members)
    with pytest.raises(Unusable):
        bring_back(forged, house, replacing=True)
    assert rows_of(house) == before
    assert names <= set(settings_of(house).instance.glob("*.*"))


def test_what_a_refusal_says_holds_no_value_of_a_row(good: Path, village: Flask) -> None:
    members = members_of(good)
    place = column(members, "sitting", "wave")
    change_row("sitting", lambda row: row.__setitem__(place, None))(members)
    said = refused(written(good, members), village)
    assert said == "Row 1 of sitting in the backup: wave: nothing, where something is needed."


def test_values_that_look_like_sql_are_only_values(good: Path, village: Flask) -> None:
    members = members_of(good)
    place = column(members, "organisation", "name")
    words = "x'); DROP TABLE learner; --"
    change_row("organisation", lambda row: row.__setitem__(place, words))(members)
    bring_back(written(good, members), village)
    assert [words in row[-1] for row in rows_of(village)["organisation"]] == [True, False]
    assert len(rows_of(village)["learner"]) == 2
