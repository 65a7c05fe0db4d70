"""Catalogues go out to translators and come back; nothing is promoted and nothing is lost."""

import shutil
from pathlib import Path

import polib
from flask import Flask
from sqlalchemy import select

from edu.editions.models import Edition, Rendering
from edu.editions.po import export_po, import_po, update_files
from edu.preparing import prepare
from tests.conftest import TINY


def renderings(house: Flask, tag: str, name: str) -> dict[tuple[str, str], tuple[str, str]]:
    with house.extensions["database"].session(reading=True) as session:
        rows = session.scalars(
            select(Rendering).join(Edition).where(Edition.tag == tag, Edition.module == name)
        )
        return {(row.context, row.source): (row.text, row.state) for row in rows}


def exported(house: Flask, tag: str, name: str) -> polib.POFile:
    with house.extensions["database"].session(reading=True) as session:
        return polib.pofile(export_po(session, TINY, tag, name))


def imported(house: Flask, tag: str, name: str, po: polib.POFile | str) -> list[str]:
    with house.extensions["database"].work() as session:
        taken = import_po(session, tag, name, str(po).encode(), f"{name}.po")
        return [str(mistake) for mistake in taken.mistakes]


def entry(po: polib.POFile, source: str) -> polib.POEntry:
    return next(each for each in po if each.msgid == source)


def test_what_went_out_comes_back_unchanged(house: Flask) -> None:
    before = renderings(house, "sw", "m1")
    assert imported(house, "sw", "m1", exported(house, "sw", "m1")) == []
    assert renderings(house, "sw", "m1") == before


def test_a_file_holds_every_text_with_its_place_and_a_note_for_the_translator(
    house: Flask,
) -> None:
    po = exported(house, "sw", "m1")
    option = entry(po, "Otieno")
    assert (option.msgctxt, option.msgstr) == ("m1.1|Who greets first?", "")
    assert option.occurrences[0][0] == "content/m1/01-greeting.md"
    assert "Who greets first?" in option.comment


def test_a_stale_text_goes_out_as_fuzzy_with_the_source_it_was_made_from(house: Flask) -> None:
    summary = entry(exported(house, "sw", "m1"), "Who greets whom.")
    assert summary.msgstr == "Nani anamsalimu nani."
    assert summary.fuzzy
    assert summary.previous_msgid == "Who greets."


def test_a_new_translation_becomes_a_draft_even_when_the_file_says_it_was_reviewed(
    house: Flask,
) -> None:
    po = exported(house, "sw", "m1")
    entry(po, "Otieno").msgstr = "Otieno yule"
    entry(po, "Otieno").tcomment = "reviewed"
    imported(house, "sw", "m1", po)
    assert renderings(house, "sw", "m1")[("m1.1|Who greets first?", "Otieno")] == (
        "Otieno yule",
        "draft",
    )


def test_changing_a_reviewed_text_makes_it_a_draft_again(house: Flask) -> None:
    place = ("m1.1", "Ten minutes.")
    assert renderings(house, "sw", "m1")[place] == ("Dakika kumi.", "reviewed")
    po = exported(house, "sw", "m1")
    entry(po, "Ten minutes.").msgstr = "Dakika kumi hivi."
    imported(house, "sw", "m1", po)
    assert renderings(house, "sw", "m1")[place] == ("Dakika kumi hivi.", "draft")


def test_a_broken_file_changes_nothing_and_says_where_it_is_broken(house: Flask) -> None:
    before = renderings(house, "sw", "m1")
    mistakes = imported(house, "sw", "m1", 'msgid "a\nmsgstr "b"\n')
    assert [mistake.split(":")[0] for mistake in mistakes] == ["m1.po"]
    assert renderings(house, "sw", "m1") == before


def test_imported_words_are_released_and_published_at_the_next_preparing(
    house: Flask, tmp_path: Path
) -> None:
    po = exported(house, "sw", "m1")
    entry(po, "Greeting").msgstr = "Salamu njema"
    imported(house, "sw", "m1", po)
    assert prepare(house).releases == 2
    page = house.extensions["settings"].published / "sw" / "m1" / "1" / "index.html"
    assert "<h1>Salamu njema</h1>" in page.read_text()
    regional = house.extensions["settings"].published / "sw-KE" / "m1" / "1" / "index.html"
    assert "<h1>Salamu njema</h1>" in regional.read_text()


def test_updating_the_files_of_a_tag_keeps_its_words_and_marks_edited_sources_stale(
    tmp_path: Path,
) -> None:
    root = tmp_path / "root"
    shutil.copytree(TINY, root)
    lesson = root / "content" / "m1" / "01-greeting.md"
    lesson.write_text(
        lesson.read_text().replace("Greet one person today.", "Greet a person today.")
    )
    update_files(root, "sw")
    po = polib.pofile(str(root / "translations" / "sw" / "LC_MESSAGES" / "m1.po"))
    step = entry(po, "Greet a person today.")
    assert (step.msgstr, step.fuzzy) == ("Msalimu mtu mmoja leo.", True)
    assert step.previous_msgid == "Greet one person today."
    assert entry(po, "At the well, Otieno greets first.").msgstr != ""
    assert update_files(root, "sw") == []


def test_a_new_language_begins_with_every_text_and_no_words(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(TINY, root)
    changed = update_files(root, "sn")
    assert sorted(path.name for path in changed) == ["m0.po", "m1.po", "pages.po", "quizzes.po"]
    po = polib.pofile(str(changed[0]))
    assert po.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert {each.msgstr for each in po} == {""}
