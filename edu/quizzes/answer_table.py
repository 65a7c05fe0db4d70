"""A table of sittings as it was typed elsewhere: which sign parts its cells, and what its header
lacks."""

import csv
from collections import Counter
from collections.abc import Sequence

from edu.lessons.mistakes import Mistake
from edu.quizzes.instrument import Instrument

#: What may stand between two cells; some spreadsheets take another sign where numbers have commas.
_BETWEEN = (",", ";", "\t")


def answer_rows(
    instrument: Instrument, lines: Sequence[str], file: str
) -> tuple[dict[int, dict[str, str | None]], list[Mistake]]:
    """The rows by the line on which each ends, or what is wrong with the table as a whole."""
    if not lines:
        return {}, [Mistake(file, 1, "the file is empty")]
    between = max(_BETWEEN, key=lambda sign: _known(instrument, lines[0], sign))
    reader = csv.DictReader(lines, delimiter=between)
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    wrong = [
        Mistake(file, 1, f"there are {times} columns {name!r}")
        for name, times in Counter(header).items()
        if times > 1 and name
    ]
    if wrong:
        return {}, wrong
    rows: dict[int, dict[str, str | None]] = {}
    for row in reader:
        rows[reader.line_num] = row
    none = "there is no row below the names of the columns"
    return rows, [] if rows else [Mistake(file, 1, none)]


def _known(instrument: Instrument, header: str, between: str) -> int:
    """How many columns of the instrument this sign makes of the first line."""
    names = {name.strip() for name in next(csv.reader([header], delimiter=between), [])}
    return len(names & {item.id for item in instrument.items})
