"""Workbooks (.xlsx) out: sheets of text, with nothing in them that a spreadsheet would run.

Every cell is text and wrapped; locked ones are grey, and the sheet is protected without a
password, so that a slip changes nothing and whoever must can. A sheet for a language that is
written from right to left is drawn so.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from edu.exchange.markup import HEAD, text, whole

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = "application/xml"
# Excel reads such a piece as a sign of that number, unless its own first sign is written so.
_LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: Two days of the same year, so that the same words make the same bytes.
_DAY = (2026, 1, 1, 0, 0, 0)
_HEADER, _LOCKED, _OPEN = 1, 2, 3


@dataclass(frozen=True)
class Column:
    """`width` in letters; 0 hides it. What is not open cannot be typed over by a slip."""

    title: str
    width: int = 20
    open: bool = False


@dataclass(frozen=True)
class Sheet:
    """Rows of texts under titled columns."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    right_to_left: bool = False


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook; the same sheets make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, content in _parts(sheets).items():
            opened.writestr(zipfile.ZipInfo(path, _DAY), HEAD + content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def coded(words: str) -> str:
    """Words as a workbook keeps them: what looks like Excel's code for a sign is none."""
    return _LOOKS_CODED.sub("_x005F_", words)


def decoded(cell: str) -> str:
    """The same undone, and what other programs coded."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), cell)


def _parts(sheets: Sequence[Sheet]) -> dict[str, str]:
    numbered = list(enumerate(sheets, start=1))
    return {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book([sheet.title for sheet in sheets]),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{number}.xml") for number, _ in numbered),
                ("styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{number}.xml": _sheet(sheet) for number, sheet in numbered},
    }


def _content_types(count: int) -> str:
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    parts = [("/xl/workbook.xml", f"{_SHEET}.sheet.main+xml")]
    parts.append(("/xl/styles.xml", f"{_SHEET}.styles+xml"))
    parts += [
        (f"/xl/worksheets/sheet{number + 1}.xml", f"{_SHEET}.worksheet+xml")
        for number in range(count)
    ]
    inner = whole("Default", "", {"Extension": "rels", "ContentType": relations})
    inner += whole("Default", "", {"Extension": "xml", "ContentType": _XML})
    for path, kind in parts:
        inner += whole("Override", "", {"PartName": path, "ContentType": kind})
    return whole("Types", inner, {"xmlns": _TYPES})


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        whole(
            "Relationship",
            "",
            {"Id": f"rId{number}", "Type": f"{_OFFICE}/{kind}", "Target": target},
        )
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return whole("Relationships", inner, {"xmlns": _PACKAGE})


def _book(titles: Sequence[str]) -> str:
    sheets = "".join(
        whole("sheet", "", {"name": title, "sheetId": str(number), "r:id": f"rId{number}"})
        for number, title in enumerate(titles, start=1)
    )
    return whole("workbook", whole("sheets", sheets), {"xmlns": _MAIN, "xmlns:r": _OFFICE})


def _sheet(sheet: Sheet) -> str:
    view = {"workbookViewId": "0"} | ({"rightToLeft": "1"} if sheet.right_to_left else {})
    frozen = {"ySplit": "1", "topLeftCell": "A2", "activePane": "bottomLeft", "state": "frozen"}
    columns = "".join(
        whole(
            "col",
            "",
            {"min": str(number), "max": str(number), "width": str(column.width or 1)}
            | {"customWidth": "1"}
            | ({} if column.width else {"hidden": "1"}),
        )
        for number, column in enumerate(sheet.columns, start=1)
    )
    rows = [_row(1, [column.title for column in sheet.columns], [_HEADER] * len(sheet.columns))]
    styles = [_OPEN if column.open else _LOCKED for column in sheet.columns]
    rows += [_row(number, cells, styles) for number, cells in enumerate(sheet.rows, start=2)]
    inner = [
        whole("sheetViews", whole("sheetView", whole("pane", "", frozen), view)),
        whole("cols", columns),
        whole("sheetData", "".join(rows)),
        # Rows may be made higher and columns wider; words may change in open cells only.
        whole("sheetProtection", "", dict.fromkeys(("sheet", "objects"), "1") | _ALLOWED),
    ]
    return whole("worksheet", "".join(inner), {"xmlns": _MAIN})


_ALLOWED = dict.fromkeys(("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"), "0")


def _row(number: int, cells: Sequence[str], styles: Sequence[int]) -> str:
    inner = "".join(
        _cell(f"{_letters(column)}{number}", cell, style)
        for column, (cell, style) in enumerate(zip(cells, styles, strict=True), start=1)
    )
    return whole("row", inner, {"r": str(number)})


def _cell(place: str, cell: str, style: int) -> str:
    said = {"r": place, "s": str(style)}
    if not cell:
        return whole("c", "", said)
    words = whole("t", text(coded(cell)), {"xml:space": "preserve"})
    return whole("c", whole("is", words), said | {"t": "inlineStr"})


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _format(style: str, fill: int, *, locked: bool) -> str:
    # Number format 49 is text: a typed "1-2" stays what it is.
    inner = '<alignment vertical="top" wrapText="1" readingOrder="0"/>'
    inner += f'<protection locked="{int(locked)}"/>'
    return (
        f'<xf numFmtId="49" fontId="{style}" fillId="{fill}" borderId="0" xfId="0" '
        f'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1" '
        f'applyProtection="1">{inner}</xf>'
    )


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEFEFEF"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f"{_format('1', 2, locked=True)}{_format('0', 2, locked=True)}{_format('0', 0, locked=False)}"
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
