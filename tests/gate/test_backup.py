"""A backup from a stranger: what the pack holds is ours by name, and lies there whole or not."""

import zipfile
from pathlib import Path

import pyrage
import pytest

from edu.gate.backup import unpack_backup
from edu.gate.gate import admit
from edu.gate.refused import Refused
from tests.gate.made import pack
from tests.gate.refusing import reasons
from tests.gate.test_zips import one, twice

WANTED = frozenset({"manifest.json", "daraja.sqlite", "secret.key"})
FILES = {"manifest.json": b"{}", "daraja.sqlite": bytes(200_000), "secret.key": b"x" * 64}


def unpacked(tmp_path: Path, content: bytes) -> dict[str, bytes] | str:
    """What lies in the folder afterwards, or the reasons, with a note when anything was left."""
    path, into = tmp_path / "copy.zip", tmp_path / "into"
    path.write_bytes(content)
    try:
        found = unpack_backup(path, into, WANTED)
    except Refused as refused:
        return str(refused) + (" and something is left" if into.exists() else "")
    return {name: place.read_bytes() for name, place in found.items()}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_backup_of_ours_is_laid_out(tmp_path: Path, method: int) -> None:
    assert unpacked(tmp_path, pack(FILES, method)) == FILES


@pytest.mark.parametrize(
    "content",
    [
        pack(FILES | {"more.json": b"{}"}),
        pack({name: body for name, body in FILES.items() if name != "secret.key"}),
        pack(FILES | {"run.sh": b"true"}),
        pack(FILES)[:-10],
        pack(FILES, zipfile.ZIP_STORED).replace(b"x" * 20, b"y" * 20),
        b"#!/bin/sh\n" + pack(FILES),
        one(name=b"../manifest.json"),
        one(name=b"/etc/secret.key"),
        twice("secret.key", "Secret.key"),
        b"",
        b"age-encryption.org/v1\n",
    ],
)
def test_another_pack_leaves_nothing_behind(tmp_path: Path, content: bytes) -> None:
    said = unpacked(tmp_path, content)
    assert isinstance(said, str)
    assert said.startswith("copy.zip")
    assert "something is left" not in said


def test_a_file_damaged_within_takes_those_before_it_away_again(tmp_path: Path) -> None:
    content = bytearray(pack(FILES, zipfile.ZIP_STORED))
    content[content.index(b"x" * 64) + 3] = 0
    said = unpacked(tmp_path, bytes(content))
    assert said == "copy.zip/secret.key:1: This file in the pack is damaged."


def test_a_folder_that_is_there_is_never_written_into(tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    (tmp_path / "into/kept").write_text("mine")
    with pytest.raises(FileExistsError):
        unpacked(tmp_path, pack(FILES))
    assert [each.name for each in (tmp_path / "into").iterdir()] == ["kept"]


def test_an_encrypted_backup_is_let_in_when_its_head_can_be_opened_within_reason() -> None:
    identity = pyrage.x25519.Identity.generate()
    sealed = pyrage.encrypt(pack(FILES), [identity.to_public()])
    assert admit("backup", sealed, "copy.age").facts == {"encrypted": True}
    worded = pyrage.passphrase.encrypt(b"x", "words")
    assert admit("backup", worded, "copy.age").content == worded


@pytest.mark.parametrize(
    "head",
    [
        b"age-encryption.org/v1\n-> scrypt " + b"a" * 22 + b" 30\nbody\n--- mac\nx",
        b"age-encryption.org/v1\n-> plugin x\nbody\n--- mac\nx",
        b"age-encryption.org/v1\n-> ssh-rsa x\nbody\n--- mac\nx",
        b"age-encryption.org/v1\n--- mac\nx",
        b"age-encryption.org/v1\n-> X25519 " + b"a" * 43 + b"\n" + b"body\n" * 9000,
        b"age-encryption.org/v2\n-> X25519 " + b"a" * 43 + b"\n--- mac\nx",
    ],
)
def test_a_head_that_asks_for_too_much_work_is_refused(head: bytes) -> None:
    assert [each[:9] for each in reasons("backup", head, "copy.age")] == ["copy.age:"]


def test_a_plain_backup_is_looked_through_file_by_file() -> None:
    assert admit("backup", pack(FILES), "copy.zip").facts == {
        "encrypted": False,
        "files": list(FILES),
    }
    assert (
        reasons("backup", pack(FILES, zipfile.ZIP_STORED).replace(b"{}", b"[]"), "copy.zip") != []
    )
