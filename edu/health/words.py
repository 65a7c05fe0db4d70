"""What whoever runs a server is told when something is wrong, and what to do offline: the doctor's
findings that a start meets too, and what only a start says."""

from collections.abc import Sequence
from pathlib import Path

from edu.health.finding import Finding, do, serious
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_

DISK_IS_CLOSED = """\
The instance folder cannot be written. Lessons are served; nothing can be saved.
What to do: look whether the card or disk is locked by its switch, full, or worn out. Stop the
server, copy the instance folder to a good disk, set INSTANCE to it, and start again."""
DISK_FAILS = """\
Writing to the instance folder failed: the disk is full, or it is breaking. The pages of last
time are served; it may be that nothing can be saved.
What to do: make room on the disk, or copy the instance folder to a good one, and start again."""
_WHAT_AND_TODO = N_("%(what)s\nWhat to do: %(todo)s")
CARDS_DO_NOT_WORK = serious(
    "secret",
    N_("The secret is not the one this instance began with: code cards made before do not work."),
    N_(
        "Stop the server. Put your copy of secret.key back into the instance folder, or"
        " the old SECRET_KEY into the settings; or restore a backup that was encrypted,"
        " for the secret is in it. Start again. If the old secret is lost for good, say:"
        " flask doctor --accept-secret. Then learners with old cards must begin anew."
    ),
)


def damaged(file: Path, faults: Sequence[str], backups: Path | None) -> Finding:
    """A damaged database, and the way back."""
    return serious(
        "sound",
        N_(
            "The database %(file)s is damaged (%(fault)s). Lessons are served; nothing is saved"
            " until it is mended. Do not delete anything."
        ),
        N_(
            "Stop the server, then say: %(command)s (add --key KEYFILE if backups are"
            " encrypted; FILE stands for your newest backup), and start again. The damaged"
            " file is kept beside the new one. If the disk is old, restore to another one: set"
            " INSTANCE."
        ),
        file=str(file),
        fault=faults[0],
        command=f".venv/bin/flask --app app restore {newest_backup(backups) or 'FILE'} --replace",
    )


def clock(why: str) -> Finding:
    """A clock that may be wrong."""
    return do(
        "clock",
        N_("The clock may be wrong: %(why)s. Nothing is deleted by age until this is settled."),
        N_(
            "Look at the clock (the command `date`) and set it if it is wrong. If it is right, say:"
            " flask doctor --trust-clock"
        ),
        why=why,
    )


def told(found: Finding) -> Message:
    """A finding as a start prints it; lines are not broken, so that a command can be copied."""
    return Message(_WHAT_AND_TODO, what=found.what, todo=found.todo)


def broken(mistakes: Sequence[Mistake]) -> str:
    """Mistakes in the files of authors."""
    listed = "\n".join(str(mistake) for mistake in mistakes)
    return (
        f"{listed}\n"
        "Because of these mistakes the pages of last time are served. Mend the files, or copy\n"
        "them again from where the program came from, and run flask prepare."
    )


def newest_backup(folder: Path | None) -> Path | None:
    """The newest backup in a folder."""
    if folder is None or not folder.is_dir():
        return None
    found = [*folder.glob("daraja-*.zip"), *folder.glob("daraja-*.zip.age")]
    return max(found, key=lambda file: file.name, default=None)
