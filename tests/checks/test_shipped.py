"""The translations that ship are a large body of right text: nothing may be said of them."""

import pytest

from edu.editions.checking import check_everything
from edu.settings import ROOT
from tests.real import enough


@pytest.mark.parametrize("part", ["enough", pytest.param("all", marks=pytest.mark.thorough)])
def test_the_shipped_translations_get_no_finding(
    part: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = ROOT if part == "all" else enough(tmp_path_factory)
    translations = [
        str(mistake)
        for mistake in check_everything(root)
        if mistake.file.startswith("translations/")
    ]
    assert translations == []
