"""`python -m tests.drill [NAME…] [--short] [--database sqlite|postgres]`: break things, count."""

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.drill.faults import FAULTS
from tests.drill.houses import DATABASES
from tests.drill.results import Result, table


def main() -> int:
    """Run the drills that are named, or all; 1 when a gate was missed."""
    reader = argparse.ArgumentParser(prog="python -m tests.drill", description=__doc__)
    reader.add_argument("name", nargs="*", choices=[*FAULTS, []], help="all when none is named")
    reader.add_argument("--short", action="store_true", help="few of each, as the tests do it")
    reader.add_argument("--database", choices=DATABASES, help="both unless one is named")
    given = reader.parse_args()
    # Whoever ends us ends what we started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    wanted = [given.database] if given.database else list(DATABASES)
    results: list[Result] = []
    for name in given.name or FAULTS:
        for database in FAULTS[name].databases:
            if database in (*wanted, "both"):
                results.append(_one(name, database, short=given.short))
    print(table(results))
    return int(any(result.missed for result in results))


def _one(name: str, database: str, *, short: bool) -> Result:
    print(f"{name}, {database} …", file=sys.stderr, flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"daraja-{name}-") as folder:
        try:
            result = FAULTS[name].run(database, Path(folder), short=short)
        except Exception as error:
            # The other drills still have something to say.
            result = Result(name, database, missed=[f"{type(error).__name__}: {error}"])
    result.notes.append(f"{time.monotonic() - start:.0f} s in all")
    return result


if __name__ == "__main__":
    sys.exit(main())
