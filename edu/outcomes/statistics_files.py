"""An export for SPSS (.sav) and Stata (.dta), where the extra `spss` is installed.

The library that writes them is large and rarely wanted, so it is loaded only here, when somebody
asks for such a file.
"""

import importlib.util
import tempfile
from pathlib import Path

from edu.outcomes.exporting import Export

FORMATS = ("sav", "dta")


def can_write() -> bool:
    """Whether the library is there."""
    return importlib.util.find_spec("pyreadstat") is not None


def written(export: Export, form: str) -> bytes:
    """The file, with each column's meaning as its label."""
    import pandas
    import pyreadstat

    data = {
        each.name: [
            (float(row[each.name]) if row[each.name] != "" else None)
            if each.numeric
            else str(row[each.name])
            for row in export.rows
        ]
        for each in export.columns
    }
    frame = pandas.DataFrame(data)
    for each in export.columns:
        if each.numeric:
            frame[each.name] = frame[each.name].astype("float64")
    labels: list[str | None] = [each.meaning[:80] for each in export.columns]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"rows.{form}"
        write = pyreadstat.write_sav if form == "sav" else pyreadstat.write_dta
        write(frame, str(file), column_labels=labels)
        return file.read_bytes()
