"""Pictures for lessons: known by what they hold, small, and nothing but their pixels."""

import io

import pytest
from PIL import Image

from edu.gate.gate import admit
from edu.gate.refused import Refused
from tests.media.made import SECRETS, drawing, photo


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body), formats=["JPEG"])


def test_a_picture_becomes_two_small_ones_that_tell_nothing_else() -> None:
    made = admit("photo", photo(4000, 2000), "picture")
    sizes = {form: opened(body).size for form, body in made.files.items()}
    assert sizes == {"small": (360, 180), "large": (720, 360)}
    assert (made.facts["width"], made.facts["height"]) == (720, 360)
    assert [each for each in SECRETS for body in made.files.values() if each in body] == []
    assert {len(opened(body).getexif()) for body in made.files.values()} == {0}
    assert len(made.files["large"]) < 60_000


def test_a_small_picture_stays_as_large_as_it_was_and_a_high_one_fits_a_phone() -> None:
    small = admit("photo", photo(200, 150), "picture")
    assert {form: opened(body).size for form, body in small.files.items()} == {"small": (200, 150)}
    high = admit("photo", photo(600, 3000), "picture")
    assert opened(high.files["small"]).size == (115, 576)


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF"])
def test_what_counts_is_what_it_holds_and_not_its_name(format: str) -> None:
    assert admit("photo", photo(300, 300, format), "IMG.jpg").facts["width"] == 300


def test_what_is_transparent_is_white_as_on_a_page() -> None:
    body = admit("photo", drawing(), "picture").files["small"]
    assert opened(body).getpixel((100, 100)) == (255, 255, 255)


def test_how_a_telephone_was_held_is_turned_into_the_pixels() -> None:
    picture, made, notes = Image.new("RGB", (400, 200), "green"), io.BytesIO(), Image.Exif()
    notes[0x0112] = 6
    picture.save(made, "JPEG", exif=notes)
    assert opened(admit("photo", made.getvalue(), "picture").files["small"]).size == (200, 400)


_SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_SVG, "This is an SVG drawing, which can hold programs."),
        (
            b"<svg onload='x()'/>",
            "This is an SVG drawing, which can hold programs. Save it as PNG, and send that.",
        ),
        (b"<html><script>x()</script>", "This is a page or a program, whatever its name says."),
        (b"GIF89a" + bytes(99), "This is no picture in JPEG, PNG, WEBP or AVIF"),
        (b"\0\0\0\x18ftypheic" + bytes(99), "Only its own telephone knows this kind"),
        (photo()[:400], "The picture is damaged or cut off."),
        (photo(100, 400), "The picture is too small"),
        (b"", "The file is empty."),
    ],
)
def test_what_is_no_picture_is_refused_in_plain_words(content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        admit("photo", content, "picture")
    assert refused.value.mistakes[0].message.startswith(said)
