"""A real person's recording: served while the consent lasts, and gone when it has ended."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from edu.preparing import prepare
from tests.conftest import TINY, make_house
from tests.gate.made import PLACE, opus

STORY = """story:
  teller: Somebody who agreed to be heard
  consent: recorded
  uses: [site]
  date: 2026-01-01
  until: {until}
  audio: media/voice.opus
  seconds: 60
sources:
"""
MEET = """::: meet
I sing, and I had a hard season.
:::

:::: do"""


def house_with_a_voice(tmp_path: Path, until: date) -> Flask:
    """The tiny content, with a recorded story in m1.1."""
    root = tmp_path / "root"
    shutil.copytree(TINY, root)
    (root / "content/m1/media").mkdir()
    (root / "content/m1/media/voice.opus").write_bytes(opus(f"LOCATION={PLACE}"))
    lesson = root / "content/m1/01-greeting.md"
    text = lesson.read_text().replace("sources:\n", STORY.format(until=until), 1)
    lesson.write_text(text.replace(":::: do", MEET, 1))
    instance = tmp_path / "instance"
    instance.mkdir()
    app = make_house(instance, f"sqlite:///{instance / 'daraja.sqlite'}", root)
    prepare(app)
    return app


@pytest.mark.parametrize(("days", "heard"), [(30, True), (-1, False)])
def test_a_recording_is_heard_as_long_as_its_teller_agreed_to(
    tmp_path: Path, days: int, heard: bool
) -> None:
    app = house_with_a_voice(tmp_path, date.today() + timedelta(days=days))
    browser = app.test_client()
    page = browser.get("/en/m1/1/").text
    sound = browser.get("/media/m1/voice.opus")
    assert ('src="/media/m1/voice.opus"' in page) == heard
    assert ("I had a hard season" in page) == heard
    assert (sound.status_code == 200) == heard
    if heard:
        assert (sound.mimetype, sound.data[:4]) == ("audio/ogg", b"OggS")
        assert PLACE.encode() not in sound.data
        assert "Content-Encoding" not in sound.headers
    app.extensions["database"].engine.dispose()
