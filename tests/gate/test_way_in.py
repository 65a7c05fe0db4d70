"""What comes in today goes through the gate: catalogues, tables, pictures and recordings."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from PIL import Image
from sqlalchemy import select

from edu.editions.checking import check_everything
from edu.editions.models import Rendering
from edu.gate.gate import check_media
from edu.preparing import prepare
from tests.conftest import TINY, make_house
from tests.gate.made import PLACE, PO_HEAD, WHO, mp3, opus, picture, told_picture

GOOD = PO_HEAD + 'msgctxt "m1.1|title"\nmsgid "Greeting"\nmsgstr "Salamu sana"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the tiny content that a test may write in."""
    copy = tmp_path / "root"
    shutil.copytree(TINY, copy)
    (copy / "content/m1/media").mkdir()
    return copy


@pytest.fixture
def app(tmp_path: Path, root: Path) -> Iterator[Flask]:
    instance = tmp_path / "instance"
    instance.mkdir()
    made = make_house(instance, f"sqlite:///{instance / 'daraja.sqlite'}", root)
    yield made
    made.extensions["database"].engine.dispose()


@pytest.fixture
def either(tmp_path: Path, root: Path, database_url: str) -> Iterator[Flask]:
    """The same on both databases."""
    instance = tmp_path / "instance"
    instance.mkdir()
    made = make_house(instance, database_url, root)
    yield made
    made.extensions["database"].engine.dispose()


def run(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(each) for each in arguments])


def words(app: Flask) -> list[str]:
    """Every rendering in the database that did not ship."""
    with app.extensions["database"].session(reading=True) as session:
        rows = select(Rendering.text).where(Rendering.from_files.is_(False))
        return sorted(session.scalars(rows))


BAD = {
    "cut off": GOOD + 'msgid "more"\n',
    "plural forms": GOOD.replace("nplurals=2", "nplurals=999999999"),
    "encoding": GOOD.replace("UTF-8", "utf-7"),
    "control": GOOD.replace("sana", "\x1b[2J"),
}


@pytest.mark.parametrize("what", BAD)
def test_one_bad_catalogue_keeps_all_outside(either: Flask, tmp_path: Path, what: str) -> None:
    app = either
    prepare(app)
    good, bad = tmp_path / "m1.po", tmp_path / "m0.po"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(BAD[what], encoding="utf-8")
    result = run(app, "import", "po", "sw", good, bad)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{bad}:")
    assert words(app) == []
    assert run(app, "import", "po", "sw", good).stdout == "m1.po: 1 texts\n"
    assert words(app) == ["Salamu sana"]


def test_a_catalogue_to_weave_with_is_read_within_limits(app: Flask, tmp_path: Path) -> None:
    big = tmp_path / "big.po"
    big.write_bytes(b" " * (5 * 1024 * 1024 + 1))
    file = TINY / "content/m1/01-greeting.md"
    result = run(app, "weave", file, "--catalogue", big)
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        f"{big}:1: The file is larger than 5 MB.\n",
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n1,\0\n", "2: The character U+0000 cannot stand in a text."),
        (b"a,b\n1,\xff\n", "2: This is not UTF-8. Save the file as UTF-8."),
        (b"a" * (5 * 1024 * 1024 + 1), "1: The file is larger than 5 MB."),
    ],
)
def test_a_table_is_read_within_limits(
    app: Flask, tmp_path: Path, content: bytes, reason: str
) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(content)
    said = f"{table}:{reason}\n"
    for command in (
        ("score", TINY / "quizzes/feelings.toml", table),
        ("change", table, "--before", "a", "--after", "b"),
    ):
        result = run(app, *command)
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", said)


def test_what_is_published_tells_nothing_of_its_making(app: Flask, root: Path) -> None:
    media = root / "content/m1/media"
    (media / "well.jpg").write_bytes(told_picture())
    (media / "voice.opus").write_bytes(opus(f"ARTIST={WHO}", f"LOCATION={PLACE}"))
    prepare(app)
    published = app.extensions["settings"].published / "media/m1"
    with Image.open(io.BytesIO((published / "well.jpg").read_bytes())) as shown:
        assert (dict(shown.getexif()), shown.size) == ({}, (30, 40))
    for file in published.iterdir():
        assert [secret for secret in (WHO, PLACE) if secret.encode() in file.read_bytes()] == []
    assert sorted(file.name for file in published.iterdir()) == ["voice.opus", "well.jpg"]
    assert PLACE.encode() in (media / "voice.opus").read_bytes(), "the author's own file stays"


WRONG = {
    "well.jpg": picture("PNG"),
    "well.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "voice.opus": mp3(),
    "voice.mp3": opus(),
    "film.mp4": b"x",
    "film.vtt": b"WEBVTT\n\nSTYLE\n",
    "notes.txt": b"Who spoke here, and when.",
    "drawing.svg": b"<svg/>",
    "m\u202eo.jpg": picture(),
}


def test_a_file_that_is_not_what_its_name_says_is_named(app: Flask, root: Path) -> None:
    for name, content in WRONG.items():
        (root / "content/m1/media" / name).write_bytes(content)
    found = {mistake.file for mistake in check_media(root / "content")}
    assert found == {f"content/m1/media/{name}" for name in WRONG}
    result = run(app, "check")
    assert result.exit_code == 1
    assert "content/m1/media/well.jpg:1: This is no JPEG file" in result.stdout
    assert [mistake for mistake in check_everything(root) if mistake.file not in found] == []


def test_good_files_are_not_named(root: Path) -> None:
    media = root / "content/m1/media"
    (media / "well.jpg").write_bytes(picture())
    (media / "voice.mp3").write_bytes(mp3())
    assert check_media(root / "content") == []
