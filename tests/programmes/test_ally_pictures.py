"""Pictures of links and loops: whole, for every script and both directions of reading."""

import re
from xml.etree import ElementTree

import pytest

from edu.programmes.boxes import WIDTH, Box, cut
from edu.programmes.link_map import Line, Node, link_map
from edu.programmes.referral_picture import loop_picture

_BANKS = ("Clinics", "The community")
_NODES = [
    Node(1, Box("River Clinic", "Clinic"), True),
    Node(2, Box("Bridge Society", "NGO"), False),
    Node(3, Box("Hill School", "School"), False),
    Node(-4, Box("Green Bank", "Employer"), False),
]
_LINES = [Line(1, 2, 1), Line(2, 1, 2), Line(3, 3, 2)]


def drawn(*, mirrored: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(
        link_map(_NODES, _LINES, banks=_BANKS, apart="Nobody yet", mirrored=mirrored)
    )


def boxes(picture: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every box."""
    found = []
    for rect in picture.iter("rect"):
        x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        found.append((x, y, x + width, y + height))
    return found


@pytest.mark.parametrize("mirrored", [False, True])
def test_all_boxes_are_inside_and_none_lies_on_another(mirrored: bool) -> None:
    picture = drawn(mirrored=mirrored)
    _, _, width, height = map(float, picture.attrib["viewBox"].split())
    found = boxes(picture)
    assert len(found) == 4
    for place, (left, top, right, bottom) in enumerate(found):
        assert (left >= 0, top >= 0, right <= width, bottom <= height) == (True,) * 4
        for other in found[place + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


def test_for_readers_from_the_right_the_banks_change_sides() -> None:
    sides = [[each[0] for each in boxes(drawn(mirrored=mirrored))] for mirrored in (False, True)]
    left, right = min(sides[0]), max(sides[0])
    assert sides == [[left, right, right, right], [right, left, left, left]]


def test_every_line_has_a_head_and_the_number_of_its_row_in_the_table() -> None:
    picture = drawn()
    styles = [each.attrib["class"] for each in picture.iter("path")]
    assert (styles.count("way"), styles.count("head")) == (3, 3)
    numbers = [each.text for each in picture.iter("text") if re.fullmatch(r"\d", each.text or "")]
    assert numbers == ["1", "2", "3"]


def test_a_line_ends_at_the_side_of_the_box_that_is_called() -> None:
    """The first line runs from the society, on the right, to the clinic, on the left."""
    head = next(each for each in drawn().iter("path") if each.attrib["class"] == "head")
    clinic = boxes(drawn())[0]
    place = re.match(r"M(\d+) (\d+)", head.attrib["d"])
    assert place is not None
    assert float(place[1]) == clinic[2]
    assert clinic[1] < float(place[2]) < clinic[3]


def test_whoever_has_no_link_stands_apart_and_dashed() -> None:
    styles = [each.attrib["class"] for each in drawn().iter("rect")]
    assert styles == ["body", "body", "body", "body alone"]
    words = [each.text for each in drawn().iter("text")]
    assert "Nobody yet" in words
    lonely = ElementTree.fromstring(link_map(_NODES, [], banks=_BANKS, apart="Nobody yet"))
    assert {each.attrib["class"] for each in lonely.iter("rect")} == {"body alone"}


@pytest.mark.parametrize(
    "name",
    [
        "A very long name of an organisation that nobody could ever put into one small box",
        "மனநல விழிப்புணர்வுக்கான சமூக ஒத்துழைப்பு அமைப்பு யாழ்ப்பாணம்",
        "جمعية الجسر لدعم الصحة النفسية في المجتمع المحلي والمدارس",
        "Oneverylongwordwithoutanyspacethatdoesnotfitanywhere",
        "<script>&",
        "",
    ],
)
def test_names_of_any_script_are_cut_into_three_lines_at_the_most(name: str) -> None:
    lines = cut(name, WIDTH - 12)
    assert len(lines) <= 3
    assert "".join(lines).removesuffix("…").replace(" ", "") in name.replace(" ", "")
    shown = link_map([Node(1, Box(name), True)], [], banks=_BANKS, apart="")
    texts = [each.text or "" for each in ElementTree.fromstring(shown).iter("text")]
    assert texts == ["", *lines]


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_loop_goes_round_from_each_step_to_the_next(mirrored: bool) -> None:
    steps = [Box("60", "Sent"), Box("fewer than 5", "Arrived"), Box("5", "Word came back")]
    picture = ElementTree.fromstring(loop_picture(steps, mirrored=mirrored))
    found = boxes(picture)
    ends = [
        tuple(map(float, match.groups()))
        for each in picture.iter("path")
        if each.attrib["class"] == "head"
        and (match := re.match(r"M(\d+) (\d+)", each.attrib["d"])) is not None
    ]
    reached = [
        next(
            place
            for place, (left, top, right, bottom) in enumerate(found)
            if left <= x <= right and top <= y <= bottom
        )
        for x, y in ends
    ]
    assert reached == [1, 2, 0]
