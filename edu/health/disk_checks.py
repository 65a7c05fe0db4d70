"""What the doctor asks of the disk."""

import os
import uuid
from pathlib import Path

from edu import sqlite
from edu.health.case import Case
from edu.health.finding import Finding, Size, do, fine, serious
from edu.health.refusal import why
from edu.lessons.words import N_

#: Bytes and files that should be free: to go on for weeks, and to go on at all.
_ENOUGH, _LEAST = 300_000_000, 40_000_000
_ENOUGH_FILES = 2_000


def room(case: Case) -> Finding:
    """Whether there is room for answers, pages and backups."""
    found = os.statvfs(case.settings.instance)
    free = found.f_bavail * found.f_frsize
    # Some file systems have no limit of files and say none.
    files = found.f_favail if found.f_files else _ENOUGH_FILES
    return judge_room(free, files)


def judge_room(free: int, files: int) -> Finding:
    """What so many free bytes and files mean."""
    if free < _LEAST:
        return serious(
            "room",
            N_("Free: only %(size)s. Soon nothing can be saved."),
            N_(
                "Move old backups from the instance folder to a stick, or delete what is not"
                " Daraja's."
            ),
            size=Size(free),
        )
    if free < _ENOUGH:
        return do(
            "room",
            N_("Free: only %(size)s."),
            N_("Move old backups from the instance folder to a stick this week."),
            size=Size(free),
        )
    if files < _ENOUGH_FILES:
        return do(
            "room",
            N_("More files that the disk has room for: only %(files)s."),
            N_("Delete folders with many small files that are not Daraja's."),
            files=files,
        )
    return fine("room", N_("Free: %(size)s."), size=Size(free))


def writes(case: Case) -> Finding:
    """Whether a file can be written, forced to the disk, and read again."""
    file = case.settings.instance / f".doctor-{uuid.uuid4().hex}"
    wanted = uuid.uuid4().bytes * 256
    try:
        with open(file, "xb") as handle:
            handle.write(wanted)
            handle.flush()
            os.fsync(handle.fileno())
        found = file.read_bytes()
    except OSError as error:
        return serious(
            "writing",
            N_("Nothing can be written to the instance folder: %(error)s."),
            N_(
                "Look whether the card or disk is locked by its switch, full, or worn out."
                " Lessons go on; forms cannot be kept. Copy the instance folder to a good disk and"
                " set INSTANCE."
            ),
            error=why(error),
        )
    finally:
        file.unlink(missing_ok=True) if file.exists() else None
    if found != wanted:
        return serious(
            "writing",
            N_("The disk does not give back what was written to it."),
            N_("It is breaking. Make a backup to a stick now, and move to another disk."),
        )
    return fine("writing", N_("The disk keeps what is written."))


def private(case: Case) -> Finding:
    """Whether others on this machine could read what people think."""
    database = sqlite.file_of(case.settings.database_url)
    secrets = [case.settings.instance / "secret.key"]
    open_to_others = [
        path
        for path, closed in [
            (case.settings.instance, 0o077),
            *((path, 0o077) for path in secrets),
            *([(database, 0o007)] if database and _is_outside(database, case) else []),
        ]
        if path.exists() and path.stat().st_mode & closed
    ]
    if open_to_others:
        named = " ".join(str(path) for path in open_to_others)
        return do(
            "private",
            N_("Other users of this machine can read %(files)s."),
            N_("Say: %(command)s"),
            files=named,
            command=f"chmod go-rwx {named}",
        )
    return fine("private", N_("Only this user can read the instance folder."))


def _is_outside(file: Path, case: Case) -> bool:
    return not file.resolve().is_relative_to(case.settings.instance.resolve())


def damaged_leftovers(case: Case) -> Finding:
    """Old files with people's answers that lie about after a restore."""
    found = [
        file.name
        for pattern in ("*.damaged-*", "secret.key.before-*")
        for file in case.settings.instance.glob(pattern)
    ]
    if found:
        return do(
            "leftovers",
            N_("After a restore these were kept: %(files)s."),
            N_("When all is well again, delete them: they hold answers, or the old secret."),
            files=", ".join(sorted(found)),
        )
    return fine("leftovers", N_("Nothing lies about."))
