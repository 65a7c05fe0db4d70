"""Commands for whoever analyses answers."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import click

from edu.commands.saying import FILE, lines, stop
from edu.gate.gate import Refused, read_own
from edu.lessons.mistakes import Broken
from edu.outcomes.analysis.reliable import Reliability
from edu.outcomes.change_csv import change
from edu.quizzes.answer_table import answer_rows
from edu.quizzes.instrument import HigherMeans
from edu.quizzes.load import load_instrument
from edu.quizzes.score_table import score_table


@click.command("score")
@click.argument("instrument", type=FILE)
@click.argument("answers", type=FILE)
def score_command(instrument: Path, answers: Path) -> None:
    """Scores as CSV, one row for each sitting in the CSV file ANSWERS."""
    loaded, mistakes = load_instrument(instrument)
    if loaded is None or any(mistake.blocks for mistake in mistakes):
        stop(mistakes)
        return
    table, mistakes = answer_rows(loaded, _table(answers), str(answers))
    if mistakes:
        stop(mistakes)
        return
    rows, mistakes = score_table(loaded, table.values(), str(answers), table)
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
@click.option("--later", multiple=True, help="column of a later wave; may be given several times")
@click.option("--looking-back", help="column in which people afterwards said where they stood")
@click.option("--arm", help="column that tells the course from the comparison")
@click.option("--comparison", help="what the comparison is called in that column")
@click.option("--group", help="column of the groups in which people were taught")
@click.option("--minimum", help="lowest possible score")
@click.option("--maximum", help="highest possible score")
@click.option(
    "--reliability",
    type=click.FloatRange(0, 1, max_open=True),
    help="of the scale, as published or from two tests before the course",
)
@click.option(
    "--reliability-source", default="given without a source", help="where that is published"
)
@click.option(
    "--higher-is", type=click.Choice([each.value for each in HigherMeans]), default="better"
)
@click.option("--json", "_json", is_flag=True, help="JSON, as always")
def change_command(
    data: Path,
    reliability: float | None,
    reliability_source: str,
    higher_is: str,
    _json: bool,
    **options: Any,
) -> None:
    """The analysis of before and after in the CSV file DATA, as JSON: see docs/measuring.md."""
    try:
        result = change(
            _table(data),
            reliability=(
                None if reliability is None else Reliability(reliability, reliability_source)
            ),
            higher_is=HigherMeans(higher_is),
            file=str(data),
            **options,
        )
    except Broken as broken:
        stop(broken.mistakes)
        return
    click.echo(json.dumps(result, ensure_ascii=False, indent=1, allow_nan=False))


def _table(path: Path) -> list[str]:
    """The lines of a table; ends the command with the place where it is too long or no text."""
    try:
        read_own("csv", path)
    except Refused as refused:
        stop(refused.mistakes)
    return lines(path)
