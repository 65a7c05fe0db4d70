"""What this project ships, or as much of it as has every kind of page and of words.

Its modules are alike for a program: three of them stand for all every day, and all of them are
taken among the thorough tests. To prepare them all takes as long as three hundred other tests.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from edu.settings import ROOT
from tests.once import made_once

#: The first modules, with lessons of each kind, in every language.
ENOUGH = ("m0", "m1", "m2")
_PARTS = ("content", "quizzes", "translations")


def lessons_in(root: Path) -> list[str]:
    """The places of all lessons below a root: `m1/3`."""
    found = sorted((root / "content").glob("m*/[0-9][0-9]-*.md"))
    return [f"{each.parent.name}/{int(each.name[:2])}" for each in found]


def enough(factory: pytest.TempPathFactory) -> Path:
    """A root with the first modules, and everything else that is shipped."""

    def others(folder: str, names: Iterable[str]) -> list[str]:
        modules = folder == str(ROOT / "content")
        return [name for name in names if modules and name[1:].isdigit() and name not in ENOUGH]

    def fill(folder: Path) -> None:
        for part in _PARTS:
            shutil.copytree(ROOT / part, folder / part, ignore=others)

    return made_once(factory, "enough", fill)
