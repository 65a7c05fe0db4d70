"""Catalogues as they lie in `translations/`: written from editions, and brought up to date."""

import shutil
from pathlib import Path

import polib
from flask import Flask

from edu.editions.po import export_po, update_files
from tests.conftest import TINY


def exported(house: Flask, tag: str, name: str) -> polib.POFile:
    with house.extensions["database"].session(reading=True) as session:
        return polib.pofile(export_po(session, TINY, tag, name))


def entry(po: polib.POFile, source: str) -> polib.POEntry:
    return next(each for each in po if each.msgid == source)


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
