"""Backups from strangers: what the pack may hold, and how it is laid out in an empty folder.

A backup may be larger than anybody should hold in memory, so besides `admit("backup", …)` for
one that was sent, there is `unpack_backup` for one that lies on the disk. It gives no more than
files: the database among them must still pass `edu.gate.sqlite_copy.check_sqlite_copy`, and the
manifest `admit("json", …)`.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from edu.gate.names import shown
from edu.gate.refused import refuse
from edu.gate.zips import Rules, read_directory, unpack

_ENCRYPTED = b"age-encryption.org/v1\n"
_RULES = Rules(
    endings=(".json", ".sqlite", ".key", ".dump", ".jsonl", ".txt"),
    entries=50,
    unpacked=4 * 1024**3 - 1,
    largest=2 * 1024**3,
)
_LONGEST_HEAD = 16 * 1024
_STANZA = re.compile(
    rb"-> (?:X25519 [\w+/]{43}|scrypt [\w+/]{22} (?:1?[0-9]|2[0-2])|[!-~]+-grease(?: [!-~]+)*)"
)


def check_encrypted(content: bytes, name: str) -> None:
    """Refused unless the head of an age file is one that can be opened within reason.

    The work of a passphrase stands in the head in powers of two; a stranger's may not exceed
    that of 2 to the 22nd, which is also the most that age's own program takes.
    Source: the age specification, C2SP.org/age.
    """
    head, mark, _ = content[:_LONGEST_HEAD].partition(b"\n---")
    lines = head.split(b"\n")
    stanzas = [line for line in lines if line.startswith(b"->")]
    if not mark or lines[0] + b"\n" != _ENCRYPTED or not stanzas:
        raise refuse(name, "The head of the encrypted file is damaged.")
    if not all(_STANZA.fullmatch(line) for line in stanzas):
        raise refuse(name, "The file is encrypted in a way that is not read here.")


def check_pack(file: BinaryIO, name: str) -> list[str]:
    """The paths in a backup, each unpacked once to see that it is whole; Refused otherwise."""
    entries = read_directory(file, name, _RULES)
    for entry in entries:
        for _piece in unpack(file, entry, name):
            pass
    return [entry.path for entry in entries]


def unpack_backup(path: Path, into: Path, wanted: frozenset[str]) -> Mapping[str, Path]:
    """Lay a pack's files into the folder `into`, which must not exist yet; all of them or none.

    `wanted` is what such a pack holds: another name in it is a refusal, and so is a missing one.
    Returns where each lies. Raises Refused with the reasons; the folder is then gone again.
    """
    name = shown(path.name)
    with path.open("rb") as file:
        entries = read_directory(file, name, _RULES)
        held = {entry.path for entry in entries}
        if held != wanted:
            odd = ", ".join(shown(each) for each in sorted(held ^ wanted))
            raise refuse(name, f"The pack is no backup of ours: {odd}.")
        into.mkdir(parents=True)
        try:
            for entry in entries:
                target = into / entry.path
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as opened:
                    for piece in unpack(file, entry, name):
                        opened.write(piece)
        except BaseException:
            shutil.rmtree(into)
            raise
    return {entry.path: into / entry.path for entry in entries}
