"""Asks whether anything in requirements.txt has a known vulnerability: `python -m tests.audit`.

Ends with 1 when something has, and also when nobody could be asked: silence is no good news. Where
there is no network, `OFFLINE=1` lets it pass and says so.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def verdict(status: int, told: str, complaint: str, *, offline: bool) -> tuple[str, int]:
    """What to say and how to end, from what pip-audit answered.

    It ends with 1 both for a finding and when it could not ask; only a finding is a table on its
    standard output.
    """
    if status == 0:
        return "audited: nothing in requirements.txt has a known vulnerability", 0
    if told.strip():
        return f"{told.strip()}\naudited: take the versions that mend this, by `make lock`", 1
    last = (complaint.strip() or "no answer").splitlines()[-1]
    why = last.removeprefix("ERROR:pip_audit._cli:")
    advice = (
        "" if offline else "\nAsk again with a network, or say OFFLINE=1 and audit before release."
    )
    return f"not audited: {why}{advice}", 0 if offline else 1


def main() -> int:
    """Ask, and say what was answered."""
    asked = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip_audit",
            "--strict",
            "--require-hashes",
            "--disable-pip",
            "--progress-spinner",
            "off",
            "--requirement",
            str(ROOT / "requirements.txt"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    words, status = verdict(
        asked.returncode, asked.stdout, asked.stderr, offline=os.environ.get("OFFLINE") == "1"
    )
    print(words)
    return status


if __name__ == "__main__":
    sys.exit(main())
