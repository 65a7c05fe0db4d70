"""Releases: frozen once, numbered, told apart by state, and never changed afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from edu.database import Database
from edu.editions.checking import read_everything
from edu.editions.loading import load_shipped
from edu.editions.models import Release
from edu.editions.releasing import (
    current_release,
    offered_tags,
    release_all,
    released_modules,
)
from edu.lessons.mistakes import Broken
from tests.conftest import TINY

Publish = Callable[[Path], list[tuple[str, str, int]]]


@pytest.fixture
def publish(database: Database) -> Publish:
    """Load what lies in a folder and release it; what was released anew."""

    def do(root: Path) -> list[tuple[str, str, int]]:
        library, instruments, shipped = read_everything(root)
        with database.work() as session:
            load_shipped(session, shipped)
            made = release_all(session, root, library, instruments)
            return [(release.tag, release.module, release.number) for release in made]

    return do


def payload(database: Database, tag: str, module: str) -> dict[str, Any]:
    with database.session(reading=True) as session:
        release = current_release(session, tag, module)
        assert release is not None
        return release.payload


def lesson(database: Database, tag: str, id: str) -> dict[str, Any]:
    found = payload(database, tag, id.partition(".")[0])["lessons"]
    return next(each for each in found if each["id"] == id)


def state(database: Database, tag: str, module: str) -> str:
    with database.session(reading=True) as session:
        release = current_release(session, tag, module)
        assert release is not None
        return release.state


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_first_time_everything_is_released_as_number_1(
    database: Database, publish: Publish
) -> None:
    made = publish(TINY)
    tags, modules = ("en", "ar", "sw", "sw-KE"), ("m0", "m1", "pages", "quizzes")
    assert sorted(made) == sorted((tag, module, 1) for tag in tags for module in modules)


def test_nothing_is_released_when_nothing_changed(database: Database, publish: Publish) -> None:
    publish(TINY)
    assert publish(TINY) == []


def test_a_changed_source_is_released_as_number_2_and_number_1_stays(
    root: Path, database: Database, publish: Publish
) -> None:
    publish(root)
    before = payload(database, "en", "m1")
    edit(root / "content/m1/01-greeting.md", "Ten minutes.", "Twelve minutes.")
    assert sorted(publish(root)) == [
        ("ar", "m1", 2),
        ("en", "m1", 2),
        ("sw", "m1", 2),
        ("sw-KE", "m1", 2),
    ]
    with database.session(reading=True) as session:
        rows = session.scalars(
            select(Release)
            .where(Release.tag == "en", Release.module == "m1")
            .order_by(Release.number)
        ).all()
        assert [row.number for row in rows] == [1, 2]
        assert rows[0].payload == before
        assert "Twelve minutes." in rows[1].payload["lessons"][0]["markdown"]


def test_a_changed_translation_is_released_in_its_language_and_where_it_falls_back_to(
    root: Path, database: Database, publish: Publish
) -> None:
    publish(root)
    edit(root / "translations/sw/LC_MESSAGES/m1.po", "Msalimu mtu", "Msalimie mtu")
    assert sorted(publish(root)) == [("sw", "m1", 2), ("sw-KE", "m1", 2)]


def test_the_source_of_a_stale_translation_shows_until_somebody_works_on_it(
    root: Path, database: Database, publish: Publish
) -> None:
    publish(root)
    assert "summary: Who greets whom." in lesson(database, "sw", "m1.1")["markdown"]


def test_languages_are_offered_by_their_own_names_behind_the_source(
    database: Database, publish: Publish
) -> None:
    publish(TINY)
    with database.session(reading=True) as session:
        assert offered_tags(session) == ["en", "sw", "sw-KE", "ar"]


def test_english_is_not_translated_but_mended_where_it_stands(
    root: Path, database: Database, publish: Publish
) -> None:
    folder = root / "translations/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    swahili = root / "translations/sw/LC_MESSAGES/m1.po"
    (folder / "m1.po").write_text(swahili.read_text().replace("Language: sw", "Language: en"))
    with pytest.raises(Broken) as caught:
        publish(root)
    assert [str(mistake) for mistake in caught.value.mistakes] == [
        "translations/en:1: English is what is translated; mend it in content/ and quizzes/"
    ]


def test_modules_come_in_the_order_of_the_curriculum(
    root: Path, database: Database, publish: Publish
) -> None:
    edit(root / "content/m0/module.toml", "order = 0", "order = 9")
    publish(root)
    with database.session(reading=True) as session:
        assert [release.module for release in released_modules(session, "sw")] == ["m1", "m0"]


def test_what_the_author_wrote_is_the_original(database: Database, publish: Publish) -> None:
    publish(TINY)
    assert [state(database, "en", each) for each in ("m0", "m1", "pages", "quizzes")] == [
        "original"
    ] * 4


def test_a_single_draft_makes_a_draft_of_its_release(database: Database, publish: Publish) -> None:
    publish(TINY)
    assert state(database, "sw", "m1") == "draft"
    assert state(database, "ar", "pages") == "draft"
    assert state(database, "ar", "m1") == "original"


def test_a_release_is_reviewed_when_nothing_in_it_is_a_draft(
    root: Path, database: Database, publish: Publish
) -> None:
    edit(root / "translations/ar/LC_MESSAGES/pages.po", "msgctxt", "# reviewed\nmsgctxt")
    publish(root)
    assert state(database, "ar", "pages") == "reviewed"


def test_a_draft_of_a_modules_own_title_makes_a_draft_of_the_module(
    root: Path, database: Database, publish: Publish
) -> None:
    (root / "translations/ar/LC_MESSAGES/m1.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "m1|title"\nmsgid "Neighbours"\nmsgstr "جيران"\n',
        encoding="utf-8",
    )
    publish(root)
    title = payload(database, "ar", "m1")["title"]
    assert title == {"text": "جيران", "tag": "ar", "state": "draft"}
    assert state(database, "ar", "m1") == "draft"


def test_every_piece_of_a_lesson_is_recorded_with_its_language_and_state(
    database: Database, publish: Publish
) -> None:
    publish(TINY)
    hello = lesson(database, "sw", "m0.1")
    met = list(zip(hello["tags"], hello["choices"], strict=True))
    assert met[:2] == [("sw", "draft"), ("en", "original")]
    assert set(met[1:]) == {("en", "original")}
    assert "Habari" in hello["markdown"]
    assert "Go to the nearest health facility." in hello["markdown"]


def test_the_adaptation_shows_its_names_its_proverb_and_not_what_it_leaves_out(
    database: Database, publish: Publish
) -> None:
    publish(TINY)
    greeting = lesson(database, "sw-KE", "m1.1")["markdown"]
    assert "Kisimani, Wanjiru anasalimu kwanza." in greeting
    assert "- [x] Wanjiru\n" in greeting
    assert "Otieno" not in greeting
    assert "::: here Methali\nUmoja ni nguvu.\n:::\n" in greeting
    sitting = lesson(database, "sw-KE", "m1.2")["markdown"]
    assert "Kwenye benchi la kituo, Wanjiru anakaa kando ya Otieno." in sitting
    assert "::: us" not in sitting
    assert "::: us" in greeting


def test_every_adaptation_that_a_reader_meets_is_told_with_its_reason(
    database: Database, publish: Publish
) -> None:
    publish(TINY)
    told = payload(database, "sw-KE", "m1")["changes"]
    assert [
        (each["tag"], each["slug"], each["operation"], each["lesson"], each["why"]) for each in told
    ] == [
        ("sw-KE", "names", "adapt", "m1.1", "Wanjiru is a name that readers here know."),
        ("sw-KE", "bench", "replace", "m1.2", "People here meet at the dispensary."),
        ("sw-KE", "proverb", "add", "m1.1", "A proverb everybody knows."),
        ("sw-KE", "shorter", "omit", "m1.2", "The same step stands in the lesson before."),
    ]
    assert [each["made_on"] for each in told] == ["2026-11-21"] * 4
    assert payload(database, "sw", "m1")["changes"] == []


def test_a_stale_adaptation_is_not_told_because_nobody_meets_it(
    root: Path, database: Database, publish: Publish
) -> None:
    file = root / "translations/sw-KE/LC_MESSAGES/m1.po"
    edit(file, "# adapt: names\n", "# adapt: names\n#, fuzzy\n")
    publish(root)
    assert "Wanjiru" not in lesson(database, "sw-KE", "m1.1")["markdown"]
    told = payload(database, "sw-KE", "m1")["changes"]
    assert [each["slug"] for each in told] == ["bench", "proverb", "shorter"]


def test_the_words_of_a_questionnaire_fall_back_item_by_item(
    database: Database, publish: Publish
) -> None:
    publish(TINY)
    words = payload(database, "sw-KE", "quizzes")["instruments"]["feelings"]["words"]
    assert words["feelings|contact-1"] == {
        "text": "Ningekaa kando ya jirani ambaye hajisikii vizuri.",
        "tag": "sw",
        "state": "draft",
    }
    assert words["feelings|contact-2"] == {
        "text": "I would eat with a neighbour who is unwell.",
        "tag": "en",
        "state": "original",
    }


def test_a_questionnaire_says_whether_any_of_its_words_is_a_draft(
    database: Database, publish: Publish
) -> None:
    publish(TINY)
    described = payload(database, "sw", "quizzes")["instruments"]
    assert {name: each["draft"] for name, each in described.items()} == {
        "feelings": True,
        "facts": False,
        "openly": False,
    }
