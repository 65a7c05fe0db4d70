"""Make a backup: one consistent look at all tables, while others go on writing."""

import hashlib
import os
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from sqlalchemy import Connection, Table, select

from edu.backups import folder
from edu.backups.pack import (
    MANIFEST,
    SECRET,
    Manifest,
    Part,
    member_of,
    program_version,
    write_manifest,
)
from edu.backups.tables import drawn, in_order, kept_at
from edu.backups.values import line_of
from edu.database import Database
from edu.health import marks
from edu.health.secret import check_value
from edu.schema import TooNew, known_revisions, revision_of
from edu.settings import Settings

#: The same in every pack, so that the time is told in one place only.
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Backup:
    """A finished backup."""

    file: Path
    manifest: Manifest
    encrypted: bool


class NothingToKeep(Exception):
    """The database is empty."""


def make_backup(database: Database, settings: Settings, into: Path, label: str = "") -> Backup:
    """Write a backup into a folder; the file appears whole or not at all.

    Raises NothingToKeep, TooNew, OSError when the folder cannot be written, and the database's
    errors. The secret is part of it only where it is encrypted.
    """
    key = settings.backup_key
    file = folder.name_for(into, marks.now(), encrypted=bool(key), label=label)
    new = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with (
            open(new, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as handle,
            _sealed(handle, key) as target,
        ):
            manifest = _write(database, settings, target, with_secret=bool(key))
        # The name is given only once every byte is on the disk.
        with open(new, "rb") as written:
            os.fsync(written.fileno())
        os.replace(new, file)
        marks.settle(into)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    return Backup(file, manifest, bool(key))


@contextmanager
def _sealed(handle: BinaryIO, key: str) -> Iterator[BinaryIO]:
    """Where to write so that it arrives in the file encrypted to a public key; nothing that is
    readable touches the disk on the way."""
    if not key:
        yield handle
        return
    recipient = pyrage.x25519.Recipient.from_str(key)
    readable, writable = os.pipe()
    failed: list[BaseException] = []

    def seal() -> None:
        with open(readable, "rb") as source:
            try:
                pyrage.encrypt_io(source, handle, [recipient])
            except BaseException as error:
                failed.append(error)
                # Whoever writes must not wait for ever for a reader that has gone.
                while source.read(1 << 16):
                    pass

    worker = threading.Thread(target=seal)
    worker.start()
    try:
        with open(writable, "wb") as target:
            yield target
    finally:
        worker.join()
    if failed:
        raise OSError("the backup could not be encrypted or written") from failed[0]


def _write(
    database: Database, settings: Settings, target: BinaryIO, *, with_secret: bool
) -> Manifest:
    parts: dict[str, Part] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with one_look(database) as connection:
            revision = revision_of(connection)
            if not revision:
                raise NothingToKeep
            if revision not in known_revisions():
                raise TooNew(revision)
            for name, table in drawn(connection, kept_at(revision)).items():
                parts[member_of(name)] = _write_table(archive, connection, table)
        if with_secret:
            content = settings.secret_key.encode()
            parts[SECRET] = Part(hashlib.sha256(content).hexdigest(), len(content))
            archive.writestr(_member(SECRET), content, zipfile.ZIP_STORED)
        manifest = Manifest(
            revision=revision,
            made_at=marks.now(),
            program=program_version(),
            kind=database.engine.dialect.name,
            secret_check=check_value(settings.secret_key),
            parts=parts,
        )
        archive.writestr(_member(MANIFEST), write_manifest(manifest), zipfile.ZIP_DEFLATED)
    return manifest


@contextmanager
def one_look(database: Database) -> Iterator[Connection]:
    """All tables as they are at one moment, however long the looking takes. It writes nothing and
    holds nobody up."""
    if database.engine.dialect.name == "sqlite":
        options: dict[str, Any] = {"reading": True}
    else:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with database.engine.connect().execution_options(**options) as connection, connection.begin():
        if database.engine.dialect.name != "sqlite":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield connection


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> Part:
    columns = list(table.columns)
    digest, size, rows = hashlib.sha256(), 0, 0
    found = connection.execution_options(yield_per=200).execute(
        select(*columns).order_by(*in_order(table))
    )
    with archive.open(_member(member_of(table.name)), "w", force_zip64=True) as member:
        for row in found:
            line = line_of(columns, row)
            member.write(line)
            digest.update(line)
            size += len(line)
            rows += 1
    return Part(digest.hexdigest(), size, rows, tuple(column.name for column in columns))


def _member(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _DATE)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made
