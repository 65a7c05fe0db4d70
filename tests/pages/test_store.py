"""The folder of finished pages holds exactly what was published, and nothing half written."""

import gzip
import zlib
from pathlib import Path

import brotli

from edu.pages.store import Page, publish

HOME, LESSON = Page("en/", b"<p>Home</p>" * 50), Page("en/m1/1/", b"<p>Lesson</p>" * 50)
STYLE = Page("static/daraja.0123456789.css", b"p{margin:0}" * 50)


def files(folder: Path) -> list[str]:
    found = (each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    return sorted(found)


def times(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in files(folder)}


def test_each_page_is_kept_plain_and_compressed_in_two_ways(tmp_path: Path) -> None:
    assert publish(tmp_path, [HOME, STYLE]) == 2
    assert files(tmp_path) == [
        "en/index.html",
        "en/index.html.br",
        "en/index.html.gz",
        "static/daraja.0123456789.css",
        "static/daraja.0123456789.css.br",
        "static/daraja.0123456789.css.gz",
    ]
    assert (tmp_path / "en/index.html").read_bytes() == HOME.body
    assert gzip.decompress((tmp_path / "en/index.html.gz").read_bytes()) == HOME.body
    assert brotli.decompress((tmp_path / "en/index.html.br").read_bytes()) == HOME.body


def test_the_same_page_is_compressed_to_the_same_bytes_on_any_day(tmp_path: Path) -> None:
    publish(tmp_path / "one", [HOME])
    packed = (tmp_path / "one/en/index.html.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    assert zlib.decompress(packed, 31) == HOME.body


def test_what_did_not_change_is_left_alone(tmp_path: Path) -> None:
    publish(tmp_path, [HOME, LESSON])
    before = times(tmp_path)
    assert publish(tmp_path, [HOME, LESSON]) == 0
    assert times(tmp_path) == before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    publish(tmp_path, [HOME, LESSON])
    before = times(tmp_path)
    assert publish(tmp_path, [HOME, Page(LESSON.path, b"new")]) == 1
    changed = [name for name, time in times(tmp_path).items() if before[name] != time]
    assert changed == ["en/m1/1/index.html", "en/m1/1/index.html.br", "en/m1/1/index.html.gz"]
    assert brotli.decompress((tmp_path / "en/m1/1/index.html.br").read_bytes()) == b"new"


def test_what_is_published_no_more_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    publish(tmp_path, [HOME, LESSON, STYLE])
    publish(tmp_path, [HOME])
    assert files(tmp_path) == ["en/index.html", "en/index.html.br", "en/index.html.gz"]
    assert sorted(each.name for each in tmp_path.rglob("*") if each.is_dir()) == ["en"]


def test_what_a_kill_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    publish(tmp_path, [HOME])
    (tmp_path / "en/.index.html.4711").write_bytes(b"<p>Ho")
    publish(tmp_path, [HOME])
    assert files(tmp_path) == ["en/index.html", "en/index.html.br", "en/index.html.gz"]


def test_a_page_whose_compressed_twin_is_missing_is_written_again(tmp_path: Path) -> None:
    for ending in (".gz", ".br"):
        publish(tmp_path, [HOME])
        (tmp_path / f"en/index.html{ending}").unlink()
        assert publish(tmp_path, [HOME]) == 1
        assert files(tmp_path) == ["en/index.html", "en/index.html.br", "en/index.html.gz"]
