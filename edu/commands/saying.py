"""How commands read files and say what is wrong."""

import io
from pathlib import Path

import click

from edu.lessons.mistakes import Mistake

#: A file that is there.
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def stop(mistakes: list[Mistake]) -> None:
    """End the command with every mistake and exit code 1."""
    for mistake in sorted(mistakes):
        click.echo(str(mistake), err=True)
    raise SystemExit(1)


def lines(path: Path) -> list[str]:
    """The lines of a table; ends the command with the place when it is not UTF-8."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        stop([Mistake(str(path), line, "This is not UTF-8. Save the table as CSV UTF-8.")])
        raise
    return io.StringIO(text, newline="").readlines()
