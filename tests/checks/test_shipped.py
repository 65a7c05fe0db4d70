"""The translations that ship are a large body of right text: nothing may be said of them."""

from edu.editions.checking import check_everything
from edu.settings import ROOT


def test_the_shipped_translations_get_no_finding() -> None:
    translations = [
        str(mistake)
        for mistake in check_everything(ROOT)
        if mistake.file.startswith("translations/")
    ]
    assert translations == []
