"""Files of real lessons are edited by other tools and brought back, on a small phone."""

from pathlib import Path

import polib
import pytest
from playwright.sync_api import Page, expect
from translate.storage import xliff2 as toolkit_xliff  # type: ignore[import-untyped]

from edu.partners.roles import Role
from edu.segments.segment import fold
from tests.browser.conftest import Phone, signs_in
from tests.browser.partners.village import Village, fits, presses, sees
from tests.partner.desk_world import DESK, writes

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

NDEBELE = f"{DESK}/nd/m1"


def _takes_along(page: Page, format: str, to: Path) -> Path:
    """The file of a whole module, as the page gives it."""
    page.goto(f"{NDEBELE}/exchange")
    with page.expect_download() as taken:
        page.locator(f"a[href$='exchange/as/{format}']").click()
    file = to / taken.value.suggested_filename
    taken.value.save_as(file)
    return file


def _brings(page: Page, file: Path) -> None:
    """Show a file to the page."""
    page.goto(f"{NDEBELE}/exchange")
    page.get_by_label("Your file").set_input_files(file)
    presses(page, "Show what it would change")
    expect(page.locator("h1")).to_have_text("What the file would change")
    fits(page)


def _edits_with_polib(file: Path, words: dict[str, str]) -> None:
    opened = polib.pofile(str(file))
    for entry in opened:
        if entry.msgid in words:
            entry.msgstr = words.pop(entry.msgid)
    opened.save()
    assert words == {}


def _edits_with_toolkit(file: Path, words: dict[str, str]) -> None:
    opened = toolkit_xliff.Xliff2File.parsefile(str(file))
    for unit in opened.units:
        text = fold(str(unit.source))
        if text in words:
            unit.target = words.pop(text)
            unit.marktranslated()
    opened.save()
    assert words == {}


@pytest.mark.parametrize("format", ["po", "xliff"])
def test_a_file_goes_out_is_edited_elsewhere_and_comes_back(
    home: Village, phone: Phone, tmp_path: Path, format: str
) -> None:
    edit = {"po": _edits_with_polib, "xliff": _edits_with_toolkit}[format]
    part, first, second, third = {
        "po": ("m1.3", "title", "summary", "message"),
        "xliff": ("m1.4", "title", "summary", "message"),
    }[format]
    sources = {each.context.partition("|")[2]: fold(each.text) for each in home.segments(part)[:3]}
    mine, theirs, new = sources[first], sources[second], sources[third]
    login, other = f"thandi.{format}", f"sipho.{format}"
    home.adds(login, Role.TRANSLATOR, tag="nd")
    sipho = home.adds(other, Role.TRANSLATOR, tag="nd")
    place = {each: f"{NDEBELE}/{part}/{home.segment(part, each).key}" for each in sources.values()}
    writes(sipho, place[mine], "Amazwi okuqala")
    writes(sipho, place[theirs], "Amazwi akudala.")
    with phone() as page:
        signs_in(page, login)
        file = _takes_along(page, format, tmp_path)
        writes(sipho, place[theirs], "Amazwi kaSipho.")  # meanwhile, at the desk
        edit(file, {mine: "Amazwi amatsha", theirs: "Amazwi efayela.", new: "Amazwi okucina."})
        _brings(page, file)
        sees(
            page,
            "2 texts would be saved as drafts.",
            "1 text was changed here too: you choose between the two.",
            "Amazwi kaSipho.",
            "Amazwi efayela.",
        )
        assert home.row("nd", mine).text == "Amazwi okuqala"
        presses(page, "Yes, bring it in")
        expect(page.locator("h1")).to_have_text("Choose between two texts")
        fits(page)
        sees(page, "Amazwi kaSipho.", "Amazwi efayela.")
        assert home.row("nd", theirs).text == "Amazwi kaSipho."
        presses(page, "Take what is in the file")
    said = {source: home.row("nd", source) for source in (mine, theirs, new)}
    assert [(row.text, row.state, row.released_text) for row in said.values()] == [
        ("Amazwi amatsha", "draft", ""),
        ("Amazwi efayela.", "draft", ""),
        ("Amazwi okucina.", "draft", ""),
    ]
