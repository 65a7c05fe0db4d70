"""Hostile files in each format: refused with a reason, or their words are only words."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from edu.exchange.formats import FORMATS
from edu.exchange.marks import record_of, records_of
from edu.exchange.notices import Sort
from edu.exchange.taking import parcel_from
from edu.exchange.unit import Parcel, Unit
from edu.gate.gate import Refused
from tests.conftest import TINY
from tests.exchange.desk import Desk
from tests.exchange.made import PARCEL, at_home, through
from tests.gate.made import pack
from tests.gate.payloads import breakouts, scripts

XML = ("xliff", "tmx")


def refused(name: str, content: bytes) -> str:
    """The first reason why a file was refused; empty when it was let in."""
    try:
        parcel_from(TINY, "sw", "m1", name, content)
    except Refused as reason:
        return reason.mistakes[0].message
    return ""


def written(name: str) -> str:
    return FORMATS[name].write(PARCEL).decode()


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY x "lol">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>',
    ],
)
def test_a_document_type_is_refused(name: str, head: str) -> None:
    content = written(name).replace("?>", f"?>{head}", 1)
    assert refused(f"a.{FORMATS[name].ending}", content.encode()).startswith(
        "The file has a document type or entities"
    )


@pytest.mark.parametrize("name", [*XML, "po"])
def test_what_no_text_may_hold_is_refused(name: str) -> None:
    content, file = written(name).encode(), f"a.{FORMATS[name].ending}"
    assert refused(file, content) == ""
    lone = b"\xed\xa0\x80"
    for odd, reason in ((b"\0", "U+0000"), (lone, "not UTF-8"), (b"\x1b[2J", "U+001B")):
        assert reason in refused(file, content.replace(b"Otieno", b"Ot" + odd + b"ieno"))


@pytest.mark.parametrize("name", XML)
def test_a_number_for_a_sign_that_cannot_be_is_refused(name: str) -> None:
    for odd in ("&#0;", "&#x1B;", "&#xD800;"):
        content = written(name).replace("Otieno", f"Ot{odd}ieno").encode()
        assert refused(f"a.{FORMATS[name].ending}", content) == "This is not well-formed XML here."


@pytest.mark.parametrize("name", XML)
def test_a_huge_text_and_a_huge_file_are_refused(name: str) -> None:
    file = f"a.{FORMATS[name].ending}"
    content = written(name)
    assert "longer than" in refused(file, content.replace("Otieno", "O" * 200_000).encode())
    assert "larger than" in refused(file, content.replace("Otieno", "O" * 3_000_000).encode())


def _sheet(**changes: bytes) -> bytes:
    """A workbook of ours in which some parts are others."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].write(PARCEL))) as opened:
        parts = {info.filename: opened.read(info) for info in opened.infolist()}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        for path, content in {**parts, **changes}.items():
            into.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_sheet(**{"../evil.xml": b"<x/>"}), "The path must lead down"),
        (_sheet(**{"xl/vbaProject.bin": b"x"}), "The workbook holds macros."),
        (_sheet(**{"xl/a.xml": b" " * 30_000_000}), "far more than it was"),
        (pack({"a.txt": b"x"}), "a.txt"),
        (b"PK\3\4", ""),
    ],
    ids=["traversal", "macros", "bomb", "no workbook", "cut off"],
)
def test_a_hostile_workbook_is_refused(content: bytes, reason: str) -> None:
    said = refused("a.xlsx", content)
    assert said != ""
    assert reason == "a.txt" or reason in said


def test_a_formula_in_a_sheet_is_refused_and_words_that_look_like_one_are_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(PARCEL)))
    book["Texts"]["E4"] = "=1+1"
    with_formula = io.BytesIO()
    book.save(with_formula)
    assert "holds a formula" in refused("a.xlsx", with_formula.getvalue())
    book["Texts"]["E4"].data_type = "s"
    as_words = io.BytesIO()
    book.save(as_words)
    parcel = at_home("xlsx", as_words.getvalue())
    assert [(each.sort, each.place, each.text) for each in parcel.notices] == [
        (Sort.FORMULA_NEUTRALISED, "row 4, target", "=1+1")
    ]
    assert parcel.units[2].target == "=1+1"


def test_a_huge_cell_is_refused() -> None:
    huge = replace(PARCEL, units=(replace(PARCEL.units[0], target="x" * 40_000),))
    assert "characters" in refused("a.xlsx", FORMATS["xlsx"].write(huge))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_words_that_try_to_be_markup_are_only_words(name: str) -> None:
    tricks = [trick for trick in (*scripts(), *breakouts()) if "\0" not in trick]
    units = tuple(
        Unit(f"{at:016x}", "m1.1", f"text {at}", " ".join(trick.split()), variant="sw")
        for at, trick in enumerate(tricks)
    )
    came = through(name, Parcel("sw", "m1", units))
    assert [unit.target for unit in came.units] == [unit.target for unit in units]


def test_a_sheet_without_its_columns_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "words"
    saved = io.BytesIO()
    book.save(saved)
    assert "The first row must name the columns" in refused("a.xlsx", saved.getvalue())


def test_the_older_xliff_is_refused_with_what_to_do() -> None:
    from tests.gate.made import XLIFF

    assert refused("a.xlf", XLIFF.encode()).startswith("This is XLIFF 1. Save it as XLIFF 2")


@pytest.mark.parametrize(
    "odd", ['{"id": NaN}', '{"id": 1e999}', '{"id": ' + '{"a": ' * 9 + "1" + "}" * 10, "{", ""]
)
def test_a_record_that_no_database_could_keep_is_none(odd: str) -> None:
    assert record_of(odd) is None
    assert records_of(f'[{odd}, {{"id": "a"}}]') == ()
    assert records_of('[1, {"id": "a"}]') == ({"id": "a"},)


def test_what_a_file_calls_a_block_is_shown_in_short(desk: Desk) -> None:
    odd = ({"id": "x" * 900 + "\u202e", "operation": ["omit"] * 900}, {})
    would = desk.would(replace(desk.out(), blocks=odd))
    assert [(each.sort, len(each.place), len(each.detail)) for each in would.notices] == [
        (Sort.BLOCKS_NOT_TAKEN, 80, 80),
        (Sort.BLOCKS_NOT_TAKEN, 0, 0),
    ]
