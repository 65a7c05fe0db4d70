"""A lesson translated as a whole finds its places, or says what it could not place."""

from collections import Counter
from pathlib import Path

from edu.editions.parts import Part, parts_of
from edu.exchange.aligning import SURE, align
from edu.exchange.notices import Sort
from edu.exchange.unit import Operation, State
from edu.exchange.whole_lesson import parcel_of_lesson
from edu.segments import markdown
from tests.conftest import TINY
from tests.test_docs import ROOT


def lesson(root: Path = TINY, part: str = "m1.1") -> Part:
    return parts_of(root, part.partition(".")[0])[part]


def test_the_same_blocks_in_the_same_order_pair_one_to_one() -> None:
    part = lesson(ROOT, "m1.3")
    upper = part.text().replace("Elena", "Wanjiru").replace(" the ", " ze ")
    words = markdown.extract(upper)
    aligned = align(part.segments(), words)
    assert [pair.source for pair in aligned.pairs] == list(part.segments())
    assert [pair.words for pair in aligned.pairs] == words
    assert {pair.confidence for pair in aligned.pairs} == {1.0}
    assert (aligned.left_over, aligned.without) == ((), ())


def test_a_lesson_that_lacks_a_block_still_finds_its_other_places() -> None:
    part = lesson(ROOT, "m1.3")
    words = [each for each in markdown.extract(part.text()) if each.block != "here"]
    aligned = align(part.segments(), words)
    missing = [each for each in part.segments() if each.block == "here"]
    assert list(aligned.without) == missing
    assert aligned.left_over == ()
    assert all(pair.source.text == pair.words.text for pair in aligned.pairs)


def test_a_piece_that_is_missing_among_alike_ones_makes_the_places_unsure() -> None:
    part = lesson()
    words = markdown.extract("- a\n- b\n\n::: do\n- ccc\n- ddd\n:::\n")
    aligned = align(part.segments(), words)
    assert [pair for pair in aligned.pairs if pair.confidence >= SURE] == []
    assert len(aligned.pairs) + len(aligned.left_over) == len(words)


def test_words_without_a_place_are_told_and_not_lost() -> None:
    part = lesson()
    text = part.text() + "\n::: here\n| a | b |\n| - | - |\n| Meza | Kiti |\n:::\n"
    parcel = parcel_of_lesson("sw", part, text)
    lost = [notice.text for notice in parcel.notices if notice.sort is Sort.NOT_PLACED]
    assert lost == ["a", "b", "Meza", "Kiti"]


def test_what_is_still_english_is_no_translation() -> None:
    part = lesson()
    parcel = parcel_of_lesson("sw", part, part.text().replace("Yes, he does.", "Ndiyo."))
    assert [(unit.source, unit.target) for unit in parcel.units] == [("Yes, he does.", "Ndiyo.")]
    unit = parcel.units[0]
    assert (unit.state, unit.operation, unit.left_with) == (
        State.DRAFT,
        Operation.TRANSLATE,
        "",
    )
    assert (parcel.tag, parcel.module, parcel.part, parcel.notices) == ("sw", "m1", "m1.1", ())


def test_each_piece_is_placed_or_told(tmp_path: Path) -> None:
    part = lesson(ROOT, "m1.1")
    lines = part.text().replace(" the ", " ze ").split("\n\n")
    cut = "\n\n".join(line for at, line in enumerate(lines) if at % 5 or at < 3 or ":::" in line)
    pieces = markdown.extract(cut)
    aligned = align(part.segments(), pieces)
    placed = Counter(id(pair.words) for pair in aligned.pairs)
    assert placed + Counter(map(id, aligned.left_over)) == Counter(map(id, pieces))
