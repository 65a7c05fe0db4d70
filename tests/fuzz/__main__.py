"""Coverage fuzzing of everything that reads what strangers send.

    python -m tests.fuzz NAME --seconds 60
    python -m tests.fuzz --list

A reader may refuse (that is its work) in the ways named in targets.py; any other exception is a
crash, and the input that caused it is written into the folder that `--keep` names.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["edu", "markdown_it", "mdit_py_plugins", "polib"]):
    from tests.fuzz.targets import SEEDS, TARGETS


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    reader.add_argument("name", nargs="?", choices=sorted(TARGETS), help="which reader")
    reader.add_argument("--seconds", type=int, default=60, help="how long, in seconds")
    reader.add_argument("--keep", type=Path, help="folder for inputs: found ones are kept there")
    reader.add_argument("--list", action="store_true", help="list the readers")
    return reader.parse_args()


def main() -> None:
    asked = _arguments()
    if asked.list or asked.name is None:
        print(*sorted(TARGETS), sep="\n")
        return
    folder = asked.keep or Path(tempfile.mkdtemp(prefix=f"fuzz-{asked.name}-"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[asked.name]):
        (folder / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_total_time={asked.seconds}",
        f"-artifact_prefix={folder}/",
        "-max_len=4096",
        "-timeout=10",
        "-rss_limit_mb=1500",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], TARGETS[asked.name])
    atheris.Fuzz()


main()
