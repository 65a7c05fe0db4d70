"""The folder of backups: names that tell the day, and which old ones go."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

#: How many of the newest are kept, and of how many months the newest one besides.
KEPT, MONTHS = 14, 3
_NAME = re.compile(
    r"daraja-(\d{4}-\d\d-\d\d-\d{6})(?:-(\d\d))?(?:-(?P<label>[a-z]+(?:-[a-z]+)*))?\.zip(?:\.age)?"
)


@dataclass(frozen=True, order=True)
class Kept:
    """A backup in the folder, by the moment in its name."""

    moment: str
    file: Path


class NoFolder(Exception):
    """The folder for backups is not there."""


def ready(into: Path, instance: Path) -> Path:
    """The folder, made where it belongs to the instance. Raises NoFolder for one elsewhere that is
    not there: an empty place where a stick should be must not fill up unnoticed."""
    if into.is_relative_to(instance):
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not into.is_dir():
        raise NoFolder(
            f"The folder {into} is not there. Is the stick or disk plugged in? Make the folder on"
            " it once, by hand."
        )
    return into


def name_for(into: Path, moment: datetime, *, encrypted: bool, label: str = "") -> Path:
    """A name that is not taken yet."""
    stem = f"daraja-{moment:%Y-%m-%d-%H%M%S}"
    ending = (f"-{label}" if label else "") + (".zip.age" if encrypted else ".zip")
    for number in range(1, 100):
        file = into / (stem + (f"-{number:02d}" if number > 1 else "") + ending)
        if not file.exists():
            return file
    raise FileExistsError(f"a hundred backups in one second in {into}")


def backups(into: Path | None) -> list[Kept]:
    """The backups in a folder, the oldest first; other files are not ours to look at."""
    if into is None or not into.is_dir():
        return []
    found = []
    for file in into.iterdir():
        match = _NAME.fullmatch(file.name)
        if match and file.is_file():
            found.append(Kept(f"{match[1]}-{match[2] or '01'}", file))
    return sorted(found)


def thin_out(into: Path, just_made: Path, keep: int = KEPT) -> list[Path]:
    """Delete old backups: all but the newest ones, and one of each of the newest months.
    The one just made always stays, whatever the clock says."""
    found = [each for each in backups(into) if each.file != just_made]
    stays = {each.file for each in found[max(0, len(found) - keep + 1) :]}
    months: dict[str, Path] = {}
    for each in found:  # the newest of a month comes last
        months[each.moment[:7]] = each.file
    stays |= {months[month] for month in sorted(months)[-MONTHS:]} if keep > 1 else set()
    gone = [each.file for each in found if each.file not in stays]
    for file in gone:
        file.unlink()
    return gone
