"""Films of telephones: looked at when they come, packed small, and nothing of them is left."""

import io
from typing import Any

import av
import pytest

from edu.gate import clips
from edu.gate.gate import admit
from edu.gate.mp4 import head_first
from edu.gate.refused import Refused
from edu.gate.running import run
from tests.media.made import SECRETS, film


def packed(content: bytes) -> Any:
    assert admit("clip", content, "film").content == b""
    return run("packing", content, "film")


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_film_becomes_a_small_one_that_plays_everywhere(kind: str) -> None:
    made = packed(film(kind))
    assert sorted(made.files) == ["film", "still"]
    with av.open(io.BytesIO(made.files["film"])) as source:
        codecs = [each.codec_context.name for each in source.streams]
        pixels = source.streams.video[0].codec_context.pix_fmt
    assert (codecs, pixels) == (["h264", "aac"], "yuv420p")
    assert made.facts == {"width": 320, "height": 180, "seconds": 1}
    assert [each for each in SECRETS if each in made.files["film"] + made.files["still"]] == []
    # A player begins before all of it is there.
    body = made.files["film"]
    assert 0 < body.index(b"moov") < body.index(b"mdat")
    assert head_first(body, "film") == body


def test_a_large_film_is_made_to_fit_and_keeps_its_shape() -> None:
    made = packed(film("mp4", 1, 1280, 720))
    assert (made.facts["width"], made.facts["height"]) == (640, 360)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><script>x()</script>", "This is a page or a program, whatever its name says."),
        (b"RIFF" + bytes(99), "This is no film in MP4 or WEBM, whatever its name says."),
        (film("mp4")[:3000], "The recording is damaged or cut off."),
        (film("webm")[:900], "The film is damaged or cut off."),
        (b"\x1aE\xdf\xa3" + bytes(40), "The film is damaged or cut off."),
    ],
)
def test_what_is_no_film_is_refused_in_plain_words(content: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        admit("clip", content, "film")
    assert [each.message[: len(said)] for each in refused.value.mistakes] == [said]


def test_a_film_that_is_too_long_is_refused_before_it_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clips, "LONGEST", 0)
    with pytest.raises(Refused, match="The film is longer than"):
        clips.read_clip(film("mp4", 2), "film")
