"""Texts read aloud: packed anew and small, and everything else of the file left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from edu.gate import speech
from edu.gate.gate import admit
from edu.gate.refused import Refused
from edu.gate.speech import read_speech
from tests.gate.made import PLACE, WHO, box, element, id3, mp3, mp4, opus, webm
from tests.gate.refusing import reasons
from tests.recordings.voices import PACKED, heard, recorded, samples

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", PACKED)
def test_a_recording_comes_out_small_in_two_formats(kind: str) -> None:
    admitted = admit("speech", recorded(kind, samples(3)), PACKED[kind][2])
    assert sorted(admitted.files) == ["mp3", "opus"]
    assert admitted.facts["seconds"] in (3, 4)
    for name, container in (("opus", "ogg"), ("mp3", "mp3")):
        seconds, channels = heard(admitted.files[name], container)
        assert (round(seconds), channels) == (3, 1)
    assert len(admitted.files["opus"]) < 3 * 3_000
    assert len(admitted.files["mp3"]) < 3 * 4_200


@pytest.mark.parametrize("kind", ["webm", "ogg", "m4a", "mp3", "wav"])
def test_nothing_of_the_file_is_left_but_the_sound(kind: str) -> None:
    sent = recorded(kind, title=WHO, comment=PLACE, artist=WHO)
    admitted = admit("speech", sent, PACKED[kind][2])
    assert WHO.encode() in sent
    for body in admitted.files.values():
        for secret in (WHO.encode(), PLACE.encode(), b"Lavf", b"Lavc"):
            assert secret not in body


def test_what_comes_out_passes_again() -> None:
    admitted = admit("speech", recorded("webm"), "a.webm")
    assert admit("sound", admitted.files["opus"], "a.opus").content == admitted.files["opus"]
    assert admit("sound", admitted.files["mp3"], "a.mp3").content == admitted.files["mp3"]


def _wav(*chunks: bytes) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body


_FORMAT = bytes.fromhex("0100010080bb000000770100 02001000")
HOSTILE = {
    "silence": ("a.wav", recorded("wav", samples(1, loudness=0)), "Nothing can be heard"),
    "film": ("a.webm", webm(), "This is a film."),
    "film as a sound": ("a.m4a", mp4(b"vide"), "A track holds other data"),
    "page": ("a.webm", b"<html><script>1</script>", "This is a page or a program"),
    "list of addresses": ("a.mp3", b"#EXTM3U\nfile:///etc/passwd\n", "no MP3"),
    "list of pieces": ("a.ogg", b"ffconcat version 1.0\nfile /etc/passwd\n", "damaged"),
    "Ogg by name": ("a.ogg", recorded("webm"), "damaged"),
    "WebM by name": ("a.webm", recorded("ogg"), "no WebM"),
    "WAV by name": ("a.wav", recorded("mp3"), "no WAV"),
    "cut off": ("a.webm", recorded("webm")[:-300], "damaged"),
    "no sound in Opus": ("a.opus", opus(), "damaged"),
    "no sound in MP3": ("a.mp3", mp3(id3(WHO), frames=9)[:-1], "Nothing can be heard"),
    "unknown element": ("a.webm", recorded("webm") + element(0x1A2B3C4D, b"x"), "damaged"),
    "unknown box": ("a.m4a", recorded("m4a") + box(b"evil", b"x"), "damaged"),
    "WAV without samples": ("a.wav", _wav(_chunk(b"fmt ", _FORMAT)), "damaged"),
    "WAV too short": ("a.wav", recorded("wav")[:2_000], "damaged"),
    "WAV of another kind": (
        "a.wav",
        _wav(_chunk(b"fmt ", b"\x55\0" + _FORMAT[2:]), _chunk(b"data", bytes(9_000))),
        "Only plain samples",
    ),
    "WAV that lies": (
        "a.wav",
        _wav(_chunk(b"fmt ", _FORMAT[:4] + bytes(4) + _FORMAT[8:]), _chunk(b"data", bytes(99))),
        "damaged",
    ),
    "WAV of many pieces": ("a.wav", _wav(*[_chunk(b"junk", b"")] * 2_000), "damaged"),
    "another ending": ("a.flac", recorded("ogg"), "must end in"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_voice_is_refused_with_its_reason(name: str) -> None:
    called, content, reason = HOSTILE[name]
    (answer,) = reasons("speech", content, called)
    assert reason in answer


def test_a_recording_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "LONGEST", 60)
    with pytest.raises(Refused, match="longer than 1 minutes"):
        read_speech(recorded("ogg", samples(1) * 61), "a.ogg")


def test_without_a_decoder_only_what_is_small_already_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = admit("speech", recorded("webm", samples(2)), "a.webm").files
    monkeypatch.setattr(speech, "can_transcode", lambda: False)
    assert read_speech(small["opus"], "a.opus") == ({"opus": small["opus"]}, 2)
    assert read_speech(small["mp3"], "a.mp3") == ({"mp3": small["mp3"]}, 3)
    with pytest.raises(Refused, match="cannot pack recordings"):
        read_speech(recorded("webm"), "a.webm")
    with pytest.raises(Refused, match="too large for a slow phone"):
        read_speech(recorded("mp3", samples(20)), "a.mp3")


def test_a_recording_that_says_it_is_longer_than_it_is_is_refused_without_a_decoder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = admit("speech", recorded("webm"), "a.webm").files["opus"]
    monkeypatch.setattr(speech, "can_transcode", lambda: False)
    monkeypatch.setattr(speech, "LONGEST", 0)
    with pytest.raises(Refused, match="longer than"):
        read_speech(small, "a.opus")


def test_the_server_itself_never_loads_the_decoder() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import edu.partner.recordings; "
        "import edu.gate.gate, edu.gate.reading, edu.gate.speech; "
        "print('av' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(ROOT)], capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"
