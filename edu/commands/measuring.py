"""Commands for whoever analyses answers."""

import csv
import json
import sys
from pathlib import Path

import click

from edu.commands.saying import FILE, lines, stop
from edu.gate.gate import Refused, read_own
from edu.lessons.mistakes import Broken
from edu.outcomes.change_csv import change
from edu.quizzes.instrument import HigherMeans
from edu.quizzes.load import load_instrument
from edu.quizzes.scoring import score_table


@click.command("score")
@click.argument("instrument", type=FILE)
@click.argument("answers", type=FILE)
def score_command(instrument: Path, answers: Path) -> None:
    """Scores as CSV, one row for each sitting in the CSV file ANSWERS."""
    loaded, mistakes = load_instrument(instrument)
    if loaded is None or any(mistake.blocks for mistake in mistakes):
        stop(mistakes)
        return
    table = csv.DictReader(_table(answers))
    rows, mistakes = score_table(loaded, table, str(answers))
    if rows:
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    if mistakes:
        stop(mistakes)


@click.command("change")
@click.argument("data", type=FILE)
@click.option("--before", required=True, help="column with the scores before")
@click.option("--after", required=True, help="column with the scores after")
@click.option("--minimum", help="lowest possible score")
@click.option("--maximum", help="highest possible score")
@click.option(
    "--higher-is", type=click.Choice([each.value for each in HigherMeans]), default="better"
)
@click.option("--json", "_json", is_flag=True, help="JSON, as always")
def change_command(
    data: Path,
    before: str,
    after: str,
    minimum: str | None,
    maximum: str | None,
    higher_is: str,
    _json: bool,
) -> None:
    """The analysis of before and after in the CSV file DATA, as JSON."""
    try:
        result = change(
            _table(data),
            before=before,
            after=after,
            minimum=minimum,
            maximum=maximum,
            higher_is=HigherMeans(higher_is),
            file=str(data),
        )
    except Broken as broken:
        stop(broken.mistakes)
        return
    click.echo(json.dumps(result, ensure_ascii=False, indent=1))


def _table(path: Path) -> list[str]:
    """The lines of a table; ends the command with the place where it is too long or no text."""
    try:
        read_own("csv", path)
    except Refused as refused:
        stop(refused.mistakes)
    return lines(path)
