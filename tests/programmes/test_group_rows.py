"""What the rows of a sheet of groups say, and what is wrong in which cell."""

from datetime import date

import pytest

from edu.groups.models import Allocation, Arm
from edu.programmes.group_sheets import COLUMNS, Offered, Row, Titles, rows_in, titles_in
from edu.programmes.sheet_cells import Fault, Wrong, day_in

OFFERED = Offered(["sw-KE", "en"], ["m0", "m1"], ["Old group"])
HEAD = list(COLUMNS)


def row(**cells: str) -> list[str]:
    """A row with these cells, and otherwise what the shortest row has."""
    said = {"name": "Tuesday", "languages": "en", "modules": "m1"} | cells
    return [said.get(column.replace(" ", "_"), "") for column in COLUMNS]


def wrong_in(*rows: list[str]) -> list[Wrong]:
    return rows_in([HEAD, *rows], OFFERED)[1]


def test_a_full_row_says_a_group() -> None:
    cells = row(
        name="  Night   circle ",
        place="Kibera",
        languages="sw_ke; EN",
        people="Health worker",
        track="T1",
        modules="M1, m0",
        arm="waits",
        first_day="2026-12-01",
        waits_until="2027-01-15",
    )
    assert rows_in([HEAD, cells], OFFERED) == (
        [
            Row(
                "Night circle",
                "Kibera",
                ("sw-KE", "en"),
                "health-worker",
                "t1",
                ("m1", "m0"),
                Arm.WAITING,
                False,
                date(2026, 12, 1),
                date(2027, 1, 15),
            )
        ],
        [],
    )


def test_columns_may_stand_in_any_order_and_be_left_out() -> None:
    table = [["Track", "\ufeffNAME", "languages"], ["emergency", "Flood", "en"], ["", "", ""]]
    assert titles_in(table) == Titles()
    found, wrong = rows_in(table, OFFERED)
    assert wrong == []
    assert [(each.name, each.modules, each.arm) for each in found] == [
        ("Flood", ("m0",), Arm.INTERVENTION)
    ]


def test_what_is_wrong_with_a_whole_sheet_is_told() -> None:
    table = [["name", "name", "colour"], *[["x", "y", "z"]] * 61]
    assert titles_in(table) == Titles(("languages",), ("colour",), ("name",), too_many=True)
    assert titles_in([HEAD, [""] * 9]) == Titles(no_rows=True)
    assert titles_in([]).missing == ("name", "languages")


@pytest.mark.parametrize(
    ("cells", "column", "fault", "about"),
    [
        ({"name": ""}, "name", Fault.EMPTY, ""),
        ({"name": "x" * 81}, "name", Fault.TOO_LONG, ""),
        ({"place": "x" * 81}, "place", Fault.TOO_LONG, ""),
        ({"name": "old GROUP"}, "name", Fault.THERE, "old GROUP"),
        ({"languages": ""}, "languages", Fault.EMPTY, ""),
        ({"languages": "en xx"}, "languages", Fault.UNKNOWN, "xx"),
        ({"people": "kings"}, "people", Fault.UNKNOWN, "kings"),
        ({"track": "t9"}, "track", Fault.UNKNOWN, "t9"),
        ({"modules": "m1 m77"}, "modules", Fault.UNKNOWN, "m77"),
        ({"modules": "m77"}, "modules", Fault.UNKNOWN, "m77"),
        ({"modules": ""}, "modules", Fault.NOTHING_TO_TAKE, ""),
        ({"arm": "blue"}, "arm", Fault.UNKNOWN, "blue"),
        ({"arm": "waits"}, "waits until", Fault.NEEDS_DAY, ""),
        ({"first_day": "2026-02-30"}, "first day", Fault.NOT_A_DAY, "2026-02-30"),
        ({"first_day": "30.11.2026"}, "first day", Fault.NOT_A_DAY, "30.11.2026"),
        ({"arm": "lot", "waits_until": "2027-01-15"}, "arm", Fault.ALONE, ""),
    ],
)
def test_each_fault_is_told_by_row_and_cell(
    cells: dict[str, str], column: str, fault: Fault, about: str
) -> None:
    assert wrong_in(row(name="Other"), row(**cells)) == [Wrong(3, column, fault, about)]


def test_two_rows_of_one_name_are_told_though_written_otherwise() -> None:
    found = wrong_in(row(), row(name="tuesday "))
    assert found == [Wrong(3, "name", Fault.TWICE, "tuesday")]


def test_a_row_in_which_much_is_wrong_tells_all_of_it() -> None:
    found = wrong_in(row(name="", languages="xx", arm="compared", modules=""))
    assert {(each.column, each.fault) for each in found} == {
        ("name", Fault.EMPTY),
        ("languages", Fault.UNKNOWN),
        ("modules", Fault.NOTHING_TO_TAKE),
        ("waits until", Fault.NEEDS_DAY),
    }


def test_a_day_is_read_as_written_or_as_a_workbook_counts_it() -> None:
    assert day_in("2026-1-5") == date(2026, 1, 5)
    assert day_in("46356") == date(2026, 11, 30)
    assert day_in("46356.0") == date(2026, 11, 30)
    assert (day_in("5"), day_in("2026-13-01"), day_in("tomorrow")) == (None, None, None)


def test_a_row_in_a_lot_is_allocated_by_lot() -> None:
    lot = {"arm": "lot", "waits_until": "2027-01-15"}
    found, wrong = rows_in([HEAD, row(**lot), row(name="Friday", **lot)], OFFERED)
    assert wrong == []
    assert {each.allocation for each in found} == {Allocation.LOT}
