"""Groups from a sheet: what its columns mean, and what is wrong in which cell.

Either every row of a sheet is right and all groups are made, or none is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from edu.groups.models import Allocation, Arm
from edu.languages import normalise
from edu.programmes.following_models import CommunityRole
from edu.programmes.sheet_cells import Fault, Reader, Wrong, words_in
from edu.programmes.tracks import TRACKS, offer, track_named

#: The columns in the order of the empty table. Those marked are asked for in every row.
COLUMNS = (
    "name",
    "place",
    "languages",
    "people",
    "track",
    "modules",
    "arm",
    "first day",
    "waits until",
)
NEEDED = frozenset({"name", "languages"})
#: What may stand under `arm`; a lot is drawn among all rows that say so.
LOT = "lot"
ARMS = {"lessons": Arm.INTERVENTION, "waits": Arm.WAITING, "compared": Arm.COMPARISON}
MOST_GROUPS = 60
_FIRST_ROW = 2


@dataclass(frozen=True)
class Titles:
    """What is wrong with a sheet as a whole."""

    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    too_many: bool = False
    no_rows: bool = False

    @property
    def are_wrong(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Offered:
    """What a row may choose from, and the names that are taken."""

    tags: Collection[str]
    modules: Sequence[str]
    names: Collection[str] = ()


@dataclass(frozen=True)
class Row:
    """A group as its row says it; `in_lot`: its arm is still to be drawn."""

    name: str
    place: str
    tags: tuple[str, ...]
    role: str
    track: str
    modules: tuple[str, ...]
    arm: Arm
    in_lot: bool
    first_day: date | None
    from_day: date | None

    @property
    def allocation(self) -> Allocation:
        return Allocation.LOT if self.in_lot else Allocation.OTHERWISE


def titles_in(table: Sequence[Sequence[str]]) -> Titles:
    """What is wrong with the first row, and with how many there are."""
    titles = _titles(table)
    rows = [row for row in table[1:] if any(cell.strip() for cell in row)]
    return Titles(
        tuple(each for each in COLUMNS if each in NEEDED and each not in titles),
        tuple(sorted({each for each in titles if each and each not in COLUMNS})),
        tuple(sorted({each for each in titles if each and titles.count(each) > 1})),
        len(rows) > MOST_GROUPS,
        not rows,
    )


def _titles(table: Sequence[Sequence[str]]) -> list[str]:
    first = table[0] if table else []
    return [" ".join(each.removeprefix("\ufeff").casefold().split()) for each in first]


def rows_in(table: Sequence[Sequence[str]], offered: Offered) -> tuple[list[Row], list[Wrong]]:
    """The groups of a sheet whose titles are right, and everything that is wrong with them."""
    titles = _titles(table)
    rows: list[Row] = []
    wrong: list[Wrong] = []
    lots: list[int] = []
    seen: set[str] = set()
    for number, cells in enumerate(table[1:], start=_FIRST_ROW):
        if not any(cell.strip() for cell in cells):
            continue
        reader = Reader(number, dict(zip(titles, cells, strict=False)), NEEDED)
        row = _row(reader, offered)
        _look_at_name(reader, row.name, seen, offered)
        rows.append(row)
        wrong += reader.wrong
        lots += [number] if row.in_lot else []
    if len(lots) == 1:
        wrong.append(Wrong(lots[0], "arm", Fault.ALONE))
    return rows, wrong


def _row(reader: Reader, offered: Offered) -> Row:
    tags = reader.several("languages", _tags(reader, offered))
    track = track_named(reader.one("track", {each.id for each in TRACKS}))
    modules = reader.several("modules", {each.casefold(): each for each in offered.modules})
    if track is not None and not modules:
        modules = offer(track, offered.modules).modules
    if not modules and not reader.cells.get("modules", "").strip():
        column = "track" if track is not None else "modules"
        reader.say(column, Fault.NOTHING_TO_TAKE, track.id if track else "")
    arm = reader.one("arm", {*ARMS, LOT}) or "lessons"
    from_day = reader.day("waits until")
    if arm != "lessons" and not reader.cells.get("waits until", "").strip():
        reader.say("waits until", Fault.NEEDS_DAY)
    return Row(
        name=reader.name("name"),
        place=reader.name("place"),
        tags=tags,
        role=reader.one("people", {each.value for each in CommunityRole}),
        track=track.id if track else "",
        modules=tuple(modules),
        arm=ARMS.get(arm, Arm.INTERVENTION),
        in_lot=arm == LOT,
        first_day=reader.day("first day"),
        from_day=from_day if arm != "lessons" else None,
    )


def _tags(reader: Reader, offered: Offered) -> dict[str, str]:
    """Tags on offer by what may be typed for them."""
    typed = words_in(reader.cells.get("languages", ""))
    known = {each.casefold(): each for each in offered.tags}
    for word in typed:
        tag = normalise(word)
        if tag in offered.tags:
            known[word.casefold()] = str(tag)
    return known


def _look_at_name(reader: Reader, name: str, seen: set[str], offered: Offered) -> None:
    folded = name.casefold()
    if folded and folded in seen:
        reader.say("name", Fault.TWICE, name)
    if folded in {each.casefold() for each in offered.names}:
        reader.say("name", Fault.THERE, name)
    seen.add(folded)
