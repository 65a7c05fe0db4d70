"""A map of links as inline SVG: two banks, and what leads across. Nothing to fetch, readable in
print and without colour; the table behind it says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from edu.programmes.boxes import WIDTH, Box, arrow, drawn

_WHOLE, _EDGE, _GAP, _HEAD = 460, 4, 16, 30
#: Room for each end of a line at the side of a box.
_PORT = 18
_FAR = _WHOLE - _EDGE - WIDTH


@dataclass(frozen=True)
class Node:
    """A body: on the first bank those who treat people, on the second everybody else."""

    number: int
    box: Box
    first_bank: bool


@dataclass(frozen=True)
class Line:
    """A channel, by the number that it has in the table."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class _Place:
    """Where a box stands."""

    node: Node
    y: float
    height: float


def link_map(
    nodes: Sequence[Node],
    lines: Sequence[Line],
    *,
    banks: tuple[str, str],
    apart: str,
    mirrored: bool = False,
) -> Markup:
    """The map. `banks` are the words above both sides, `apart` those above the boxes to which
    nothing leads; `mirrored` for readers from the right."""
    ends = _ends(lines)
    placed, deepest = _in_columns([each for each in nodes if each.number in ends], _HEAD, ends)
    alone = [each for each in nodes if each.number not in ends]
    top = deepest + _HEAD if alone else deepest
    lonely, deepest = _in_rows(alone, top)
    parts = [
        *(_heading(words, bank == 0, mirrored) for bank, words in enumerate(banks) if placed),
        *([_across(apart, deepest_of(placed) + _HEAD - 10)] if alone else []),
        *_ways(placed, lines, ends, mirrored),
        *(_box(each, "body", mirrored) for each in placed.values()),
        *(_box(each, "body alone", mirrored) for each in lonely),
    ]
    return Markup(
        '<svg class="link-map" viewBox="0 0 {} {:.0f}" aria-hidden="true" focusable="false">'
        "{}</svg>"
    ).format(_WHOLE, deepest, Markup("").join(parts))


def deepest_of(placed: Mapping[int, _Place]) -> float:
    """Where the lowest box ends."""
    return max((each.y + each.height + _GAP for each in placed.values()), default=0.0)


def _ends(lines: Sequence[Line]) -> dict[int, list[tuple[int, bool]]]:
    """For each body the ends of lines at it, in the order of their numbers."""
    found: dict[int, list[tuple[int, bool]]] = {}
    for line in lines:
        found.setdefault(line.start, []).append((line.number, True))
        found.setdefault(line.end, []).append((line.number, False))
    return found


def _in_columns(
    nodes: Sequence[Node], top: float, ends: Mapping[int, list[tuple[int, bool]]]
) -> tuple[dict[int, _Place], float]:
    placed = {}
    for bank in (True, False):
        y = top
        for node in nodes:
            if node.first_bank is bank:
                height = max(node.box.height, len(ends[node.number]) * _PORT + 6)
                placed[node.number] = _Place(node, y, height)
                y += height + _GAP
    return placed, deepest_of(placed)


def _in_rows(nodes: Sequence[Node], top: float) -> tuple[list[_Place], float]:
    """Side by side, each on its own bank, as long as there are some on both."""
    placed, depth = [], {True: top, False: top}
    for node in nodes:
        placed.append(_Place(node, depth[node.first_bank], node.box.height))
        depth[node.first_bank] += node.box.height + _GAP
    return placed, max(depth.values())


def _left(node: Node, mirrored: bool) -> float:
    return _EDGE if node.first_bank is not mirrored else _FAR


def _box(place: _Place, style: str, mirrored: bool) -> Markup:
    return drawn(place.node.box, _left(place.node, mirrored), place.y, place.height, style)


def _heading(words: str, first: bool, mirrored: bool) -> Markup:
    x = (_EDGE if first is not mirrored else _FAR) + WIDTH / 2
    return Markup('<text class="bank" x="{:.0f}" y="18" text-anchor="middle">{}</text>').format(
        x, words
    )


def _across(words: str, y: float) -> Markup:
    return Markup('<text class="bank" x="{}" y="{:.0f}" text-anchor="middle">{}</text>').format(
        _WHOLE // 2, y, words
    )


def _ways(
    placed: Mapping[int, _Place],
    lines: Sequence[Line],
    ends: Mapping[int, list[tuple[int, bool]]],
    mirrored: bool,
) -> list[Markup]:
    ways, marks = [], []
    for line in lines:
        start, end = (
            _port(placed[number], ends[number].index((line.number, leaves)), ends, mirrored)
            for number, leaves in ((line.start, True), (line.end, False))
        )
        bends = [_inward(start[0]), _inward(end[0])]
        ways.append(arrow(start, end, bends))
        marks.append(_mark(line.number, start, end, bends))
    # The numbers last, so that no line crosses them.
    return ways + marks


def _port(
    place: _Place, which: int, ends: Mapping[int, list[tuple[int, bool]]], mirrored: bool
) -> tuple[float, float]:
    many = len(ends[place.node.number])
    left = _left(place.node, mirrored)
    x = left + WIDTH if left == _EDGE else left
    return x, place.y + place.height * (which + 1) / (many + 1)


def _inward(x: float) -> float:
    """The handle of a curve: from each bank towards the middle."""
    return x + 70 if x < _WHOLE / 2 else x - 70


def _mark(
    number: int, start: tuple[float, float], end: tuple[float, float], bends: Sequence[float]
) -> Markup:
    """The line's number, on it and nearer to where it begins, where lines cross less."""
    t = 0.3
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x = sum(w * at for w, at in zip(weights, (start[0], *bends, end[0]), strict=True))
    y = sum(w * at for w, at in zip(weights, (start[1], start[1], end[1], end[1]), strict=True))
    return Markup(
        '<circle class="mark" cx="{x:.0f}" cy="{y:.0f}" r="9"/><text class="more" x="{x:.0f}"'
        ' y="{low:.0f}" text-anchor="middle">{number}</text>'
    ).format(x=x, y=y, low=y + 4, number=number)
