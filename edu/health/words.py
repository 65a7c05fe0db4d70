"""What whoever runs a server is told when something is wrong, and what to do offline."""

from collections.abc import Sequence
from pathlib import Path

from edu.health.clock import Clock
from edu.lessons.mistakes import Mistake

DISK_IS_CLOSED = """\
The instance folder cannot be written. Lessons are served; nothing can be saved.
What to do: look whether the card or disk is locked by its switch, full, or worn out. Stop the
server, copy the instance folder to a good disk, set INSTANCE to it, and start again."""
DISK_FAILS = """\
Writing to the instance folder failed: the disk is full, or it is breaking. The pages of last
time are served; it may be that nothing can be saved.
What to do: make room on the disk, or copy the instance folder to a good one, and start again."""
#: How to bring the secret back.
CARDS_DO_NOT_WORK = """\
The secret is not the one this instance began with: CODE CARDS MADE BEFORE DO NOT WORK.
What to do: stop the server. Put your copy of secret.key back into the instance folder, or the
old SECRET_KEY into the settings; or restore a backup that was encrypted, for the secret is in
it. Start again. If the old secret is lost for good, say: flask doctor --accept-secret. Then
learners with old cards must begin anew."""


def damaged(file: Path, faults: Sequence[str], backups: Path | None) -> str:
    """A damaged database, and the way back."""
    newest = newest_backup(backups)
    which = str(newest) if newest else "FILE (your newest backup)"
    return (
        f"THE DATABASE {file} IS DAMAGED ({faults[0]}).\n"
        "Lessons are served; nothing is saved until it is mended. Do not delete anything.\n"
        "What to do: stop the server, then say\n"
        f"    .venv/bin/flask --app app restore {which} --replace\n"
        "(add --key KEYFILE if backups are encrypted), and start again. The damaged file is kept\n"
        "beside the new one. If the disk is old, restore to another one: set INSTANCE."
    )


def broken(mistakes: Sequence[Mistake]) -> str:
    """Mistakes in the files of authors."""
    listed = "\n".join(str(mistake) for mistake in mistakes)
    return (
        f"{listed}\n"
        "Because of these mistakes the pages of last time are served. Mend the files, or copy\n"
        "them again from where the program came from, and run flask prepare."
    )


def clock(seen: Clock) -> str:
    """A clock that may be wrong."""
    return (
        f"The clock may be wrong: {seen.why}. Nothing is deleted by age until this is settled.\n"
        "What to do: look at the clock (the command `date`) and set it if it is wrong. If it is\n"
        "right, say: flask doctor --trust-clock"
    )


def newest_backup(folder: Path | None) -> Path | None:
    """The newest backup in a folder."""
    if folder is None or not folder.is_dir():
        return None
    found = [*folder.glob("daraja-*.zip"), *folder.glob("daraja-*.zip.age")]
    return max(found, key=lambda file: file.name, default=None)
