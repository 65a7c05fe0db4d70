"""Pairs to try the checks on: translations that are right, and the same with one fault each.

All were written for this purpose, and none has been read by a native reader yet. A fault says by
which check it is to be caught.
"""

import json
from pathlib import Path

HERE = Path(__file__).parent
RIGHT = HERE / "right.jsonl"
WRONG = HERE / "wrong.jsonl"


def pairs(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def named(pair: dict[str, str]) -> str:
    return f"{pair['id']}-{pair['language']}"
