"""Ask R anew: writes `figures.json` beside this file.

    python -m tests.outcomes.against_r

Needs Rscript and the packages that figures.R names (Debian: r-base-core r-cran-coin
r-cran-sandwich r-cran-lme4 r-cran-psych r-cran-metafor r-cran-mass r-cran-ordinal). Nobody needs
them to pass the tests.
"""

import csv
import json
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.outcomes.against_r.world import groups, knowledge, languages, scales, trials

HERE = Path(__file__).parent


def main() -> None:
    """Write the data, run R over it, keep what it says."""
    with tempfile.TemporaryDirectory() as folder:
        _write_all(Path(folder))
        told = subprocess.run(
            ["Rscript", str(HERE / "figures.R"), folder], capture_output=True, text=True, check=True
        ).stdout
    found: dict[str, dict[str, float | str]] = {}
    for line in told.splitlines():
        name, figure, value = line.split("\t")[:3]
        text = value.strip()
        found.setdefault(name, {})[figure] = text if name == "versions" else float(text)
    kept = json.dumps(found, indent=1, sort_keys=True) + "\n"
    (HERE / "figures.json").write_text(kept, encoding="utf-8")


def _write_all(folder: Path) -> None:
    for name, people in trials():
        rows = [(int(each.course), each.group, each.before, each.after) for each in people]
        _write(folder / f"{name}.csv", ("course", "group", "before", "after"), rows)
    for name, answers in scales():
        _write(folder / f"{name}.csv", [f"i{place}" for place in range(len(answers[0]))], answers)
    for name, pairs in knowledge():
        _write(folder / f"{name}.csv", ("before", "after"), [map(int, pair) for pair in pairs])
    for name, found in languages():
        rows = [(total, int(first), answer) for total, first, answer in found]
        _write(folder / f"{name}.csv", ("total", "first", "answer"), rows)
    for name, estimates in groups():
        _write(folder / f"{name}.csv", ("estimate", "error"), estimates)


def _write(path: Path, head: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows([[*row] for row in rows])


if __name__ == "__main__":
    main()
