"""A picture of a place in a block: its words are the place's, the block's stay its own."""

import pytest

from edu.editions.layers import BlockChange, Layer, Word
from edu.editions.resolve import resolve_text
from edu.lessons.placing import piece_of
from edu.lessons.render import english, render_blocks
from edu.recordings.places import blocks_read

SOURCE = "---\ntitle: A\n---\n\n::: here\nAt the well.\n\nThey talk.\n:::\n"
PICTURE = piece_of("picture", "own-bcdfghjklmnpqrst", "Kisima")
OTHER = piece_of("picture", "own-tsrqpnmlkjhgfdcb", "Kisima cha Kibera")
WORDS = {
    ("m1.1", "At the well."): Word("Kisimani.", "reviewed"),
    ("m1.1", "They talk."): Word("Wanaongea.", "reviewed"),
}


def puts_in(text: str, where: str = "", state: str = "reviewed") -> BlockChange:
    return BlockChange("m1-1-picture-1", "picture", "m1.1", "here", where, text, state)


def shown(source: str, *layers: Layer) -> list[tuple[str, str]]:
    """Each text behind the title with its language."""
    return [(each.text, each.tag) for each in resolve_text(source, "m1.1", layers).choices][1:]


def test_a_picture_speaks_the_language_of_its_place_and_the_block_goes_on() -> None:
    assert shown(SOURCE, Layer("sw", WORDS, (puts_in(PICTURE, "end"),))) == [
        ("Kisimani.", "sw"),
        ("Wanaongea.", "sw"),
        (PICTURE.strip(), "sw"),
    ]
    assert shown(SOURCE, Layer("sw", {}, (puts_in(PICTURE),))) == [
        (PICTURE.strip(), "sw"),
        ("At the well.", "en"),
        ("They talk.", "en"),
    ]


def test_a_place_puts_its_own_picture_where_its_ancestors_stood() -> None:
    mother = Layer("sw", WORDS, (puts_in(PICTURE),))
    child = Layer("sw-KE", {}, (puts_in(OTHER, "media/own-bcdfghjklmnpqrst.jpg"),))
    assert shown(SOURCE, mother, child) == [
        (OTHER.strip(), "sw-KE"),
        ("Kisimani.", "sw"),
        ("Wanaongea.", "sw"),
    ]
    # Without its ancestor's there is no such place any more, and nothing is told of it.
    alone = resolve_text(SOURCE, "m1.1", [Layer("sw", WORDS), child])
    assert (alone.changes, "own-" in alone.markdown) == ((), False)


@pytest.mark.parametrize(("state", "working", "seen"), [("draft", False, 0), ("draft", True, 1)])
def test_nothing_unread_goes_into_a_block_that_touches_safety(
    state: str, working: bool, seen: int
) -> None:
    source = SOURCE.replace("::: here", "::: here safety=law")
    layer = Layer("sw", {}, (puts_in(PICTURE, state=state),), working=working)
    assert resolve_text(source, "m1.1", [layer]).markdown.count("own-") == seen


def test_a_picture_is_in_no_recording_of_the_block() -> None:
    read = [each.digest for each in blocks_read("m1.1", SOURCE)]
    woven = resolve_text(SOURCE, "m1.1", [Layer("sw", {}, (puts_in(PICTURE),))]).markdown
    assert [each.digest for each in blocks_read("m1.1", woven)] == read


def test_what_was_withdrawn_leaves_nothing_behind() -> None:
    film = piece_of("film", "own-bcdfghjklmnpqrst", "Mzee anasema", "Habari.")
    bare = render_blocks(SOURCE, english)[0].html
    for piece in (PICTURE, film):
        woven = resolve_text(SOURCE, "m1.1", [Layer("sw", {}, (puts_in(piece),))]).markdown
        assert render_blocks(woven, english)[0].html == bare
