"""The short form of every drill on SQLite: few of each fault, the same gates."""

from pathlib import Path

import pytest

from tests.drill.faults import FAULTS, short_forms


@pytest.mark.parametrize("name", short_forms("sqlite", "both"))
def test_the_short_drill_keeps_its_gates(name: str, tmp_path: Path) -> None:
    result = FAULTS[name].run("sqlite", tmp_path, short=True)
    if result.not_tried:
        pytest.skip(result.not_tried)
    assert result.missed == []
    assert result.faults > 0 or name == "soak"
