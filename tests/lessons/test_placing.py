"""A picture or film goes into a block, and every other line of it stays."""

import pytest

from edu.lessons.checks import check_block
from edu.lessons.placing import FIRST, LAST, piece_of, put_in, read_piece, shown_in

BLOCK = "::: here\nAt the well.\n\n![A river](media/river.jpg)\n\nThey talk.\n:::\n"
NAME = "own-bcdfghjklmnpqrst"
PICTURE = piece_of("picture", NAME, "A well")
FILM = piece_of("film", NAME, "A greeting", "Good morning.\n\nGood morning to you.")


@pytest.mark.parametrize("piece", [PICTURE, FILM])
@pytest.mark.parametrize("where", [FIRST, LAST, "media/river.jpg"])
def test_what_is_put_in_leaves_a_block_that_is_right(piece: str, where: str) -> None:
    placed = put_in(BLOCK, piece, where)
    assert placed is not None
    assert check_block(placed.text, "", []) == []
    assert piece.strip() in placed.text
    assert ("River" in placed.text or "river" in placed.text) == (where != "media/river.jpg")
    assert [line for line in ("At the well.", "They talk.") if line not in placed.text] == []


def test_a_film_takes_the_place_of_a_film_and_a_picture_of_a_picture() -> None:
    placed = put_in(BLOCK, FILM, "media/river.jpg")
    assert placed is not None
    assert [each.name for each in shown_in(placed.text)] == [f"media/{NAME}.mp4"]
    again = put_in(placed.text, PICTURE, f"media/{NAME}.mp4")
    assert again is not None
    assert [each.name for each in shown_in(again.text)] == [f"media/{NAME}.jpg"]
    assert "Good morning" not in again.text


@pytest.mark.parametrize("where", ["media/sea.jpg", "media/own-zzzzzzzzzzzzzzzz.jpg"])
def test_a_place_that_is_gone_takes_nothing(where: str) -> None:
    assert put_in(BLOCK, PICTURE, where) is None


@pytest.mark.parametrize("shows", ["A well", "Signs [such] as \\ these]", "على البئر"])
def test_what_was_written_is_read_again(shows: str) -> None:
    assert read_piece(piece_of("picture", NAME, shows)) == (shows, "")
    assert read_piece(piece_of("film", NAME, shows, "One.\n\nTwo.")) == (shows, "One.\n\nTwo.")


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("::: film\n![A](media/a.mp4)\n\nWords.\n:::\n", "can only stand in a block"),
        (":::: here\n::: film\nWords.\n:::\n::::\n", "needs ![what it shows]"),
        (":::: here\n::: film\n![A](media/a.mp4)\n:::\n::::\n", "needs ![what it shows]"),
        (":::: here\n::: film\n![A](media/a.jpg)\n\nB.\n:::\n::::\n", "must end in .mp4, .webm"),
        ("::: here\n![A](media/a.mp4)\n:::\n", "must end in .jpg"),
    ],
)
def test_what_is_no_film_is_told_with_its_line(block: str, said: str) -> None:
    assert [said in each.message for each in check_block(block, "", [])] == [True]
