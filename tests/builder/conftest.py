"""A house with the scoring shells of the server on its shelf."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import TINY
from tests.people import People

SHELLS = Path(__file__).resolve().parents[2] / "quizzes" / "shells"


@pytest.fixture
def house(house: Flask, tmp_path: Path) -> Flask:
    root = tmp_path / "root"
    shutil.copytree(TINY, root)
    shutil.copytree(SHELLS, root / "quizzes" / "shells")
    house.extensions["settings"] = replace(house.extensions["settings"], root=root)
    return house


@pytest.fixture
def people(house: Flask) -> People:
    return People(house)
