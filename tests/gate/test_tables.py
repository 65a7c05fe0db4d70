"""Tables from strangers: their cells come out as text, and what a spreadsheet would run is told."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.gate.gate import admit
from edu.gate.tables import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, is_formula, read_csv
from tests.gate.made import pack, workbook
from tests.gate.refusing import reasons

_FIRST = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
_BODIES = ["1+1", 'cmd|" /C calc"!A0', "SUM(A1:A9)", 'HYPERLINK("http://x","y")', "A1", " 1"]
FORMULAS = [
    *(first + body for first in _FIRST for body in _BODIES),
    " =1+1",
    "\u00a0=1+1",
    "'=1+1",
    '"=1+1',
]
NUMBERS = ["-1", "+1", "-1.5", "+3,25", "0", "12", "1.5", "a=b", "a+b", "x@y", ""]


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_a_spreadsheet_would_run_is_seen(cell: str) -> None:
    assert is_formula(cell)


@pytest.mark.parametrize("cell", NUMBERS)
def test_a_number_and_ordinary_words_are_no_formula(cell: str) -> None:
    assert not is_formula(cell)


def test_a_formula_in_a_table_is_told_with_its_line_and_taken_as_text() -> None:
    admitted = admit("csv", b"a,b\n1,=1+1\n-2,x\n", "answers.csv")
    assert [str(each) for each in admitted.advice] == [
        "answers.csv:2: Column 2 looks like a formula; it is taken as text."
    ]
    assert admitted.tables == {"": [["a", "b"], ["1", "=1+1"], ["-2", "x"]]}


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"a,b\n1,2\n\n3\n", "4"),
        (b'a,b\n1,"2\n', "2"),
        (b'a,b\n1,"2"x\n', "2"),
        (b"a,b\n1,\0\n", "2"),
        (b"a,b\n1,\xff\n", "2"),
        ("a,b\n1,2\n".encode("utf-16"), "1"),
        (b"\n \n", "1"),
        (b",".join([b"a"] * (MOST_COLUMNS + 1)) + b"\n", "1"),
        (b"a\n" * (MOST_ROWS + 1), str(MOST_ROWS + 1)),
        (b"a," * 150 + b"a\n" + (b"," * 150 + b"\n") * (MOST_CELLS // 151), "2650"),
        (b"a\n" + b"x" * 40_000 + b"\n", "2"),
        (b"PK\3\4", "1"),
        (b"a" * (6 * 1024 * 1024), "1"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(content: bytes, place: str) -> None:
    answers = reasons("csv", content, "t.csv")
    assert [each.split(":")[:2] for each in answers[:1]] == [["t.csv", place]]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_are_parted_by_the_sign_that_the_first_line_uses(sign: str) -> None:
    rows, _ = read_csv(f"\ufeffa{sign}b\r\n1{sign}2\r\n".encode(), "t.csv")
    assert rows == [["a", "b"], ["1", "2"]]


_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=20)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(_CELLS, min_size=n, max_size=n), min_size=1)
    )
)
def test_what_was_written_as_csv_is_read_again(rows: list[tuple[str, ...]]) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["a"] * len(rows[0]), *rows])
    assert read_csv(written.getvalue().encode(), "t.csv")[0][1:] == [list(row) for row in rows]


def row(*cells: str) -> str:
    return f'<row r="1">{"".join(cells)}</row>'


def said(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


_OUT = '<Relationship Id="r9" Type="x/{}" Target="http://127.0.0.1/" TargetMode="External"/>'
_LAUGH = '<!DOCTYPE a [<!ENTITY x "y">]>'
_SHEET = "xl/worksheets/sheet1.xml"

WORKBOOKS = {
    "formula": workbook(row("<c><f>1+1</f><v>2</v></c>")),
    "formula for many cells": workbook(row('<c><f t="array" ref="A1:Z9">A1</f><v>2</v></c>')),
    "error": workbook(row('<c t="e"><v>#REF!</v></c>')),
    "macros": workbook(more={"xl/vbaProject.bin": "x"}),
    "old macros": workbook(more={"xl/macrosheets/sheet1.xml": "<a/>"}),
    "macros by type": workbook(more={"[Content_Types].xml": '<a b="sheet.macroEnabled.main"/>'}),
    "another workbook": workbook(more={"xl/externalLinks/externalLink1.xml": "<a/>"}),
    "a link out": workbook(relations=_OUT.format("externalLinkPath")),
    "a template elsewhere": workbook(relations=_OUT.format("attachedTemplate")),
    "a picture elsewhere": workbook(relations=_OUT.format("image")),
    "data from elsewhere": workbook(more={"xl/connections.xml": "<a/>"}),
    "query": workbook(more={"xl/queryTables/queryTable1.xml": "<a/>"}),
    "embedded": workbook(more={"xl/embeddings/oleObject1.bin": "x"}),
    "control": workbook(more={"xl/activeX/activeX1.xml": "<a/>"}),
    "DTD": workbook(more={_SHEET: f"{_LAUGH}<worksheet/>"}),
    "DTD in the words": workbook(more={"xl/sharedStrings.xml": f"{_LAUGH}<sst/>"}),
    "DTD in a part nobody reads": workbook(more={"docProps/core.xml": f"{_LAUGH}<a/>"}),
    "no such word": workbook(row('<c t="s"><v>7</v></c>')),
    "negative word": workbook(row('<c t="s"><v>-1</v></c>'), "<si><t>a</t></si>"),
    "column far out": workbook(row('<c r="XFD1"><v>1</v></c>')),
    "columns in disorder": workbook(row('<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>')),
    "row far out": workbook('<row r="1048576"><c><v>1</v></c></row>'),
    "rows in disorder": workbook('<row r="2"/><row r="1"/>'),
    "row by no number": workbook('<row r="x"/>'),
    "long cell": workbook(row(said("x" * 40_000))),
    "many rows": workbook("<row><c><v>1</v></c></row>" * (MOST_ROWS + 1)),
    "one long text many times": workbook(
        "".join(f'<row r="{at}"><c t="s"><v>0</v></c></row>' for at in range(1, 400)),
        f"<si><t>{'x' * 30_000}</t></si>",
    ),
    "no sheet": workbook(more={"xl/workbook.xml": "<workbook/>"}),
    "sheet that is not there": workbook(more={"xl/_rels/workbook.xml.rels": "<a/>"}),
    "damaged": workbook(more={_SHEET: "<worksheet>"}),
    "program": workbook(more={"xl/x.exe": "MZ"}),
    "only a pack": pack({"a.xml": b"<a/>"}),
    "no pack": b"Hello",
    "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "bomb": workbook(strings="<si><t>" + " " * 20_000_000 + "</t></si>"),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_does_more_than_hold_words_is_refused(name: str) -> None:
    answers = reasons("xlsx", WORKBOOKS[name], "words.xlsx")
    assert [each for each in answers if each.startswith("words.xlsx")] == answers != []


def test_a_workbook_comes_out_as_the_words_in_its_cells() -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="n"><v>2.5</v></c></row>'
        f'<row r="3">{said("=1+1")}<c t="b"><v>1</v></c></row>'
    )
    strings = "<si><t>one</t></si><si><r><t>tw</t></r><r><t>o</t></r><rPh><t>xx</t></rPh></si>"
    link = _OUT.format("hyperlink")
    admitted = admit("xlsx", workbook(rows, strings, link), "words.xlsx")
    assert admitted.tables == {"Words": [["two", "", "2.5"], [], ["=1+1", "1"]]}
    assert [(each.line, each.blocks) for each in admitted.advice] == [(3, False)]
