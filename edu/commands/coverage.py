"""What is translated, adapted and reviewed, as a table: a line for each language."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import astuple, fields
from itertools import groupby

import click
from flask import current_app
from flask.cli import with_appcontext

from edu.editions.coverage import Coverage, coverage
from edu.settings import Settings


@click.command("coverage")
@click.option("--csv", "as_csv", is_flag=True, help="a line for each language and module")
@with_appcontext
def coverage_command(*, as_csv: bool) -> None:
    """How much of each module every language in translations/ has. A cell says: percent of the
    texts that readers meet translated / texts and blocks adapted / texts reviewed."""
    settings: Settings = current_app.extensions["settings"]
    found = coverage(settings.root)
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(field.name for field in fields(Coverage))
        writer.writerows(astuple(each) for each in found)
        return
    for line in table(found):
        click.echo(line)


def table(found: Sequence[Coverage]) -> list[str]:
    """The lines of the table, its columns as wide as what they hold."""
    rows = [["", *dict.fromkeys(each.module for each in found)]]
    for tag, cells in groupby(found, key=lambda each: each.tag):
        rows.append([tag, *(_cell(each) for each in cells)])
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _cell(one: Coverage) -> str:
    if not one.read and not one.adapted:
        return "-"
    # Rounded down: what says 100 is whole.
    return f"{100 * one.read // max(one.texts, 1)}/{one.adapted}/{one.reviewed}"
