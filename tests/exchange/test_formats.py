"""Through each format and back: nothing of a unit is lost, and other tools can work on it."""

import io
from pathlib import Path

import openpyxl
import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage import factory as toolkit  # type: ignore[import-untyped]
from translate.storage import tmx as toolkit_tmx  # type: ignore[import-untyped]
from translate.storage import xliff2 as toolkit_xliff  # type: ignore[import-untyped]

from edu.exchange import po
from edu.exchange.formats import FORMATS, format_of
from edu.exchange.sheet import neutral, restored
from edu.exchange.unit import Operation, Parcel, State, Unit, digest
from edu.gate.gate import admit
from edu.segments.segment import fold
from tests.exchange.made import ADAPTED, EMPTY, PARCEL, PLURAL, RELEASED, at_home, through

ALL = sorted(FORMATS)


@pytest.mark.parametrize("name", ALL)
def test_everything_that_goes_out_comes_back(name: str) -> None:
    assert through(name, PARCEL) == PARCEL


@pytest.mark.parametrize("name", [name for name in ALL if name != "po"])
def test_plural_forms_come_back_as_one_text(name: str) -> None:
    parcel = Parcel("ar", "m1", (RELEASED, PLURAL, EMPTY))
    assert through(name, parcel) == parcel


def test_plural_forms_come_back_in_a_catalogue_of_the_interface() -> None:
    parcel = Parcel("ar", "messages", (PLURAL, EMPTY))
    assert po.read(po.write(parcel), "messages.po") == parcel


@pytest.mark.parametrize("name", ALL)
def test_the_same_parcel_makes_the_same_bytes(name: str) -> None:
    assert FORMATS[name].write(PARCEL) == FORMATS[name].write(PARCEL)


@pytest.mark.parametrize("name", ALL)
def test_a_parcel_without_a_text_comes_back(name: str) -> None:
    assert through(name, Parcel("sn", "m1")) == Parcel("sn", "m1")


_PIECES = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]) | st.sampled_from(
    ["=", "'", '"', "\\", "<", "&", "]]>", "_x000D_", "\u200d", "\u2067", "-", " ", "long " * 20]
)
_TEXTS = st.lists(_PIECES, max_size=30).map(lambda pieces: fold("".join(pieces)))


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=40, deadline=None)
@given(source=_TEXTS.filter(bool), target=_TEXTS, remark=_TEXTS.filter(bool), back=_TEXTS)
def test_words_of_any_kind_come_back(
    name: str, source: str, target: str, remark: str, back: str
) -> None:
    unit = Unit(
        id="0123456789abcdef",
        context="m1.1",
        source=source,
        target=target,
        state=State.DRAFT if target else State.UNTRANSLATED,
        operation=Operation.TRANSLATE if target else Operation.INHERIT,
        variant="sn",
        remarks=(remark,),
        back=back,
        source_hash=digest(source),
        left_with=digest("", target),
    )
    parcel = Parcel("sn", "m1", (unit,))
    assert at_home(name, FORMATS[name].write(parcel)) == parcel


@given(st.text(st.sampled_from("'=+-@\t a1\"\uff1d"), max_size=6))
def test_a_neutral_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert restored(neutral(cell)) == cell
    assert not neutral(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_catalogue_edited_with_polib_brings_the_edit_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "m1.po"
    path.write_bytes(FORMATS["po"].write(PARCEL))
    opened = polib.pofile(str(path))
    stale = next(entry for entry in opened if entry.msgid == ADAPTED.source)
    assert (stale.fuzzy, stale.previous_msgid) == (True, ADAPTED.made_from)
    stale.msgstr = "new"
    stale.flags.remove("fuzzy")
    opened.save()
    units = {unit.id: unit for unit in po.read(path.read_bytes(), "m1.po").units}
    edited = units.pop(ADAPTED.id)
    assert (edited.target, edited.state, edited.record) == ("new", State.DRAFT, ADAPTED.record)
    assert edited.left_with == ADAPTED.left_with
    assert units == {unit.id: unit for unit in PARCEL.units if unit.id != ADAPTED.id}


def test_an_xliff_file_edited_with_translate_toolkit_keeps_everything(tmp_path: Path) -> None:
    path = tmp_path / "m1.xlf"
    path.write_bytes(FORMATS["xliff"].write(PARCEL))
    opened = toolkit_xliff.Xliff2File.parsefile(str(path))
    by_source = {fold(str(unit.source)): unit for unit in opened.units}
    assert by_source[EMPTY.source].target in (None, "")
    assert by_source[ADAPTED.source].isfuzzy()
    by_source[EMPTY.source].target = "Otieno yule"
    by_source[EMPTY.source].marktranslated()
    by_source[RELEASED.source].markfuzzy(True)
    opened.save()
    units = {unit.id: unit for unit in at_home("xliff", path.read_bytes()).units}
    filled, doubted = units.pop(EMPTY.id), units.pop(RELEASED.id)
    assert (filled.target, filled.state) == ("Otieno yule", State.DRAFT)
    assert (doubted.target, doubted.state) == (RELEASED.target, State.STALE)
    assert (doubted.remarks, doubted.notes, doubted.back) == (
        RELEASED.remarks,
        RELEASED.notes,
        RELEASED.back,
    )
    assert units == {unit.id: unit for unit in PARCEL.units if unit.id in units}
    assert len(units) == 2


def test_a_memory_opened_and_saved_with_translate_toolkit_keeps_everything(
    tmp_path: Path,
) -> None:
    path = tmp_path / "m1.tmx"
    path.write_bytes(FORMATS["tmx"].write(PARCEL))
    opened = toolkit_tmx.tmxfile.parsefile(str(path))
    assert [fold(str(unit.source)) for unit in opened.units] == [
        unit.source for unit in PARCEL.units
    ]
    opened.save()
    assert at_home("tmx", path.read_bytes()) == PARCEL


def test_a_catalogue_opened_and_saved_with_translate_toolkit_keeps_everything(
    tmp_path: Path,
) -> None:
    path = tmp_path / "m1.po"
    path.write_bytes(FORMATS["po"].write(PARCEL))
    opened = toolkit.getobject(str(path))
    opened.save()
    assert po.read(path.read_bytes(), "m1.po") == PARCEL


def test_a_sheet_edited_with_openpyxl_brings_the_edit_and_keeps_the_rest() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(PARCEL)))
    sheet = book["Texts"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in range(2, 6) if sheet.cell(row, 1).value == EMPTY.id)
    sheet.cell(row, columns["target"]).value = "Otieno yule"
    saved = io.BytesIO()
    book.save(saved)
    parcel = FORMATS["xlsx"].read(admit("xlsx", saved.getvalue(), "m1.xlsx"))
    units = {unit.id: unit for unit in parcel.units}
    edited = units.pop(EMPTY.id)
    assert (edited.target, edited.state) == ("Otieno yule", State.DRAFT)
    assert edited.left_with == EMPTY.left_with
    assert units == {unit.id: unit for unit in PARCEL.units if unit.id != EMPTY.id}


def test_in_a_sheet_only_words_can_be_typed_over_and_nothing_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(PARCEL)))
    sheet = book["Texts"]
    open_titles = {
        sheet.cell(1, cell.column).value
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if not cell.protection.locked
    }
    assert open_titles == {"target", "comment", "back-translation"}
    assert sheet.protection.sheet
    assert (sheet.freeze_panes, sheet.sheet_view.rightToLeft) == ("A2", True)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))] == []
    assert all(cell.alignment.wrap_text for cell in cells)


def test_a_sheet_of_a_language_that_runs_to_the_right_is_drawn_so() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(Parcel("sn", "m1"))))
    assert not book["Texts"].sheet_view.rightToLeft


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.po", "po"),
        ("a.XLF", "xliff"),
        ("a.xliff", "xliff"),
        ("a.tmx", "tmx"),
        ("a.xlsx", "xlsx"),
    ],
)
def test_a_format_is_told_by_the_ending_of_the_name(file: str, name: str) -> None:
    found = format_of(file)
    assert found is not None
    assert found.name == name


def test_other_endings_are_no_format_of_ours() -> None:
    assert [format_of(name) for name in ("a.docx", "a", "po", "a.po.exe")] == [None] * 4
