"""Going out and coming in by the command line, on the whole house."""

from pathlib import Path

import polib
import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from edu.communities.editing import add_entry, start_profile
from edu.communities.lookup import entries_of
from edu.editions.models import Edition, Rendering
from edu.editions.parts import parts_of
from edu.preparing import prepare


def run(house: Flask, *arguments: object) -> Result:
    return house.test_cli_runner().invoke(args=[str(each) for each in arguments])


def text_of(house: Flask, source: str, tag: str = "sw") -> tuple[str, str]:
    with house.extensions["database"].session(reading=True) as session:
        row = session.scalars(
            select(Rendering)
            .join(Edition, Edition.id == Rendering.edition_id)
            .where(Edition.tag == tag, Rendering.source == source)
        ).one()
        return row.text, row.state


@pytest.mark.parametrize("name", ["po", "xliff", "tmx", "xlsx"])
def test_what_goes_out_comes_in_and_changes_nothing(
    house: Flask, tmp_path: Path, name: str
) -> None:
    out = run(house, "export", name, "sw", "m1", "--into", tmp_path / "out")
    assert (out.exit_code, out.output) == (0, "")
    (file,) = (tmp_path / "out").iterdir()
    come = run(house, "import", name, "sw", file)
    assert (come.exit_code, come.output) == (0, f"{file.name}: 0 texts\n")


def test_a_file_goes_to_the_standard_output(house: Flask) -> None:
    out = run(house, "export", "po", "sw", "m1", "--part", "m1.2")
    po = polib.pofile(out.stdout)
    assert {entry.msgctxt.partition("|")[0] for entry in po} == {"m1.2"}


def test_edited_words_come_in_as_drafts_and_wait_for_a_release(
    house: Flask, tmp_path: Path
) -> None:
    page = house.extensions["settings"].published / "sw" / "m1" / "1" / "index.html"
    run(house, "export", "po", "sw", "m1", "--into", tmp_path)
    file = tmp_path / "sw-m1.po"
    po = polib.pofile(str(file))
    next(entry for entry in po if entry.msgid == "Ten minutes.").msgstr = "Dakika kumi hivi."
    po.save()
    would = run(house, "import", "po", "sw", file, "--look")
    assert "sw-m1.po: 1 texts\n" in would.stdout
    assert text_of(house, "Ten minutes.") == ("Dakika kumi.", "reviewed")
    done = run(house, "import", "po", "sw", file)
    assert (done.exit_code, done.stdout) == (0, "sw-m1.po: 1 texts\n")
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["StateNotTaken"]
    assert text_of(house, "Ten minutes.") == ("Dakika kumi hivi.", "draft")
    assert prepare(house).releases == 0
    assert "Dakika kumi hivi." not in page.read_text(encoding="utf-8")


def test_a_file_of_another_language_is_refused_and_nothing_of_the_others_is_taken(
    house: Flask, tmp_path: Path
) -> None:
    run(house, "export", "po", "sw", "m1", "--into", tmp_path)
    run(house, "export", "po", "sw-KE", "m1", "--into", tmp_path)
    ours, other = tmp_path / "sw-m1.po", tmp_path / "sw-KE-m1.po"
    ours.write_text(ours.read_text().replace("Dakika kumi.", "Dakika kumi hivi."))
    done = run(house, "import", "po", "sw", ours, other)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{other}:: OtherLanguage: sw-KE\n" in done.stderr
    assert text_of(house, "Ten minutes.") == ("Dakika kumi.", "reviewed")


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "po", "sw"),
        ("export", "xliff", "sw"),
        ("export", "po", "sw", "m9"),
        ("export", "tmx", "sw", "m1", "--part", "m9.9"),
        ("export", "xlsx", "en", "m1"),
        ("export", "tbx", "not a tag"),
    ],
)
def test_what_cannot_be_exported_is_told(house: Flask, arguments: tuple[str, ...]) -> None:
    result = run(house, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith("Error: ")


def test_a_whole_lesson_comes_in(house: Flask, tmp_path: Path) -> None:
    part = parts_of(house.extensions["settings"].root, "m1")["m1.1"]
    file = tmp_path / "salamu.md"
    file.write_text(part.text().replace("Yes, he does.", "Ndiyo."), encoding="utf-8")
    done = run(house, "import", "markdown", "sw", "m1.1", file)
    assert (done.exit_code, done.output) == (0, "salamu.md: 1 texts\n")
    assert text_of(house, "Yes, he does.") == ("Ndiyo.", "draft")
    assert run(house, "import", "markdown", "sw", "feelings", file).exit_code == 2


def test_a_glossary_goes_out_and_comes_in(house: Flask, tmp_path: Path) -> None:
    with house.extensions["database"].work() as session:
        profile = start_profile(session, "sw", {"country": "KE", "name": "A", "place": "B"}, None)
        fields = {"term": "hali njema", "meaning": "Living well."}
        add_entry(session, profile, "term", "wellbeing", fields, None)
    run(house, "export", "tbx", "sw", "--into", tmp_path)
    file = tmp_path / "sw.tbx"
    assert run(house, "import", "tbx", "sw", file).output == "sw.tbx: 0 entries\n"
    file.write_text(file.read_text().replace("hali njema", "ustawi"), encoding="utf-8")
    assert run(house, "import", "tbx", "sw", file, "--look").output == "sw.tbx: 1 entries\n"
    assert run(house, "import", "tbx", "sw", file).output == "sw.tbx: 1 entries\n"
    with house.extensions["database"].session(reading=True) as session:
        (row,) = entries_of(session, "sw", "term")
    assert row.fields["term"] == "ustawi"


def test_a_place_without_a_profile_takes_no_glossary(house: Flask, tmp_path: Path) -> None:
    file = tmp_path / "sw.tbx"
    file.write_bytes(run(house, "export", "tbx", "sw").stdout_bytes)
    done = run(house, "import", "tbx", "sw", file)
    assert done.exit_code == 1
    assert done.stderr == "Error: sw has no profile yet; make one under Communities first\n"
