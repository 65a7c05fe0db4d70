"""What this project ships, or as much of it as has every kind of page and of words.

Its modules are alike for a program, and so are languages of one script and direction: some of them
stand for all every day, and all of them are taken among the thorough tests. To prepare them all
takes as long as three hundred other tests.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from edu.settings import ROOT
from tests.once import made_once

#: The first modules, with lessons of each kind.
ENOUGH = ("m0", "m1", "m2")
#: Languages that are written from the right, with marks above and below, and along a chain.
SPOKEN = ("ar", "es-419", "es-CO", "hi", "sw", "sw-KE", "ta", "ta-LK")
_PARTS = ("content", "quizzes", "translations")
_MODULE = re.compile(r"m\d+(\.|$)")


def lessons_in(root: Path) -> list[str]:
    """The places of all lessons below a root: `m1/3`."""
    found = sorted((root / "content").glob("m*/[0-9][0-9]-*.md"))
    return [f"{each.parent.name}/{int(each.name[:2])}" for each in found]


def enough(factory: pytest.TempPathFactory) -> Path:
    """A root with the first modules in some languages, and everything else that is shipped."""

    def others(folder: str, names: Iterable[str]) -> list[str]:
        if folder == str(ROOT / "translations"):
            return [name for name in names if name not in SPOKEN]
        return [name for name in names if _MODULE.match(name) and name.split(".")[0] not in ENOUGH]

    def fill(folder: Path) -> None:
        for part in _PARTS:
            shutil.copytree(ROOT / part, folder / part, ignore=others)

    return made_once(factory, "enough", fill)
