"""Shipped translations: read with every mistake, loaded once, and never over a partner's work."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.checking import check_everything
from edu.editions.loading import load_shipped
from edu.editions.models import Change, Edition, Rendering
from edu.editions.releasing import current_release, release_all
from edu.editions.shipped import read_shipped
from edu.lessons.load import load_content
from tests.conftest import TINY

RECORD = """
[[change]]
id = "proverb"
operation = "add"
lesson = "m1.1"
after = "idea"
kind = "here"
text = '''
::: here Methali
Umoja ni nguvu.
:::
'''
why = "A proverb everybody knows."
dimensions = ["metaphors"]
core_touched = false
proposed_by = "machine draft"
date = 2026-11-21
"""


def ship(root: Path, tag: str, module: str, *, po: str = "", toml: str = "") -> None:
    """Write the files of one edition."""
    folder = root / "translations" / tag / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    if po:
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        (folder / f"{module}.po").write_text(head + po, encoding="utf-8")
    if toml:
        (folder.parent / f"{module}.toml").write_text(toml, encoding="utf-8")


def entry(source: str, target: str, *remarks: str, context: str = "m1.1") -> str:
    return "\n".join(
        [*remarks, f'msgctxt "{context}"', f'msgid "{source}"', f'msgstr "{target}"\n']
    )


def load(database: Database, root: Path) -> int:
    """Read and load; how many editions changed."""
    shipped, mistakes = read_shipped(root)
    assert mistakes == []
    with database.work() as session:
        return load_shipped(session, shipped)


def texts(database: Database, tag: str, module: str = "m1") -> dict[str, tuple[str, str]]:
    """Text and state by source, for one edition."""
    with database.session(reading=True) as session:
        edition = the_edition(session, tag, module)
        return {row.source: (row.text, row.state) for row in edition.renderings}


def the_edition(session: Session, tag: str, module: str = "m1") -> Edition:
    return session.scalars(
        select(Edition).where(Edition.tag == tag, Edition.module == module)
    ).one()


def said(root: Path) -> list[str]:
    return [str(mistake) for mistake in read_shipped(root)[1]]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A place without translations."""
    (tmp_path / "translations").mkdir()
    return tmp_path


def test_catalogues_and_records_are_loaded_into_one_edition_for_each_tag_and_module(
    database: Database,
) -> None:
    assert load(database, TINY) == 6
    with database.session(reading=True) as session:
        editions = session.scalars(select(Edition)).all()
        assert sorted((each.tag, each.module) for each in editions) == [
            ("ar", "pages"),
            ("sw", "m0"),
            ("sw", "m1"),
            ("sw", "pages"),
            ("sw", "quizzes"),
            ("sw-KE", "m1"),
        ]
        kenya = the_edition(session, "sw-KE")
        assert [
            (row.source, row.text, row.change, row.state)
            for row in sorted(kenya.renderings, key=lambda row: row.source)
        ] == [
            (
                "At the well, Otieno greets first.",
                "Kisimani, Wanjiru anasalimu kwanza.",
                "names",
                "draft",
            ),
            ("Otieno", "Wanjiru", "names", "draft"),
        ]
        assert [(row.slug, row.operation, row.block, row.after) for row in kenya.changes] == [
            ("names", "adapt", "", ""),
            ("bench", "replace", "here", ""),
            ("proverb", "add", "", "idea"),
            ("shorter", "omit", "us", ""),
        ]


def test_a_text_is_reviewed_only_where_its_remark_says_so(empty: Path, database: Database) -> None:
    ship(
        empty,
        "sw",
        "m1",
        po=entry("One.", "Moja.")
        + entry("Two.", "Mbili.", "# reviewed")
        + entry("Three.", "Tatu.", "# reviewed by nobody yet")
        + entry("Four.", "Nne.", "#. reviewed"),
    )
    load(database, empty)
    assert texts(database, "sw") == {
        "One.": ("Moja.", "draft"),
        "Two.": ("Mbili.", "reviewed"),
        "Three.": ("Tatu.", "draft"),
        "Four.": ("Nne.", "draft"),
    }


def test_a_fuzzy_text_is_stale_and_kept_under_the_source_it_was_made_from(
    database: Database,
) -> None:
    load(database, TINY)
    found = texts(database, "sw")
    assert found["Who greets."] == ("Nani anamsalimu nani.", "stale")
    assert "Who greets whom." not in found


def test_a_reviewed_text_whose_source_changed_is_stale(empty: Path, database: Database) -> None:
    ship(empty, "sw", "m1", po=entry("One.", "Moja.", "# reviewed", "#, fuzzy"))
    load(database, empty)
    assert texts(database, "sw") == {"One.": ("Moja.", "stale")}


def test_an_empty_translation_is_not_loaded(empty: Path, database: Database) -> None:
    ship(empty, "sw", "m1", po=entry("One.", "") + entry("Two.", "Mbili."))
    load(database, empty)
    assert texts(database, "sw") == {"Two.": ("Mbili.", "draft")}


def test_loading_the_same_files_again_changes_nothing(database: Database) -> None:
    load(database, TINY)
    with database.session(reading=True) as session:
        before = sorted(session.scalars(select(Rendering.id)))
    assert load(database, TINY) == 0
    with database.session(reading=True) as session:
        assert sorted(session.scalars(select(Rendering.id))) == before


def test_an_edited_file_updates_its_edition_and_no_other(root: Path, database: Database) -> None:
    load(database, root)
    file = root / "translations/sw/LC_MESSAGES/m1.po"
    file.write_text(file.read_text().replace('"Salamu"', '"Maamkizi"'))
    assert load(database, root) == 1
    assert texts(database, "sw")["Greeting"] == ("Maamkizi", "draft")


def test_an_entry_that_is_gone_from_its_file_is_gone_from_the_edition(
    empty: Path, database: Database
) -> None:
    ship(empty, "sw", "m1", po=entry("One.", "Moja.") + entry("Two.", "Mbili."))
    load(database, empty)
    ship(empty, "sw", "m1", po=entry("Two.", "Mbili."))
    load(database, empty)
    assert texts(database, "sw") == {"Two.": ("Mbili.", "draft")}


def test_an_edition_whose_files_are_gone_says_nothing_any_more(
    empty: Path, database: Database
) -> None:
    ship(empty, "sw", "m1", po=entry("One.", "Moja."))
    ship(empty, "ar", "m1", po=entry("One.", "واحد"))
    load(database, empty)
    (empty / "translations/ar/LC_MESSAGES/m1.po").unlink()
    load(database, empty)
    with database.session(reading=True) as session:
        assert list(session.scalars(select(Rendering.text))) == ["Moja."]


def test_what_a_partner_has_touched_is_never_overwritten(empty: Path, database: Database) -> None:
    ship(empty, "sw", "m1", po=entry("One.", "Moja.") + entry("Two.", "Mbili."))
    load(database, empty)
    with database.work() as session:
        row = session.scalars(select(Rendering).where(Rendering.source == "One.")).one()
        row.text, row.state, row.from_files = "Moja tu.", "reviewed", False
    ship(empty, "sw", "m1", po=entry("One.", "Mosi.") + entry("Two.", "Pili."))
    load(database, empty)
    assert texts(database, "sw") == {"One.": ("Moja tu.", "reviewed"), "Two.": ("Pili.", "draft")}


def test_what_a_partner_has_touched_stays_when_its_entry_leaves_the_file(
    empty: Path, database: Database
) -> None:
    ship(empty, "sw", "m1", po=entry("One.", "Moja.") + entry("Two.", "Mbili."))
    load(database, empty)
    with database.work() as session:
        row = session.scalars(select(Rendering).where(Rendering.source == "One.")).one()
        row.from_files = False
    ship(empty, "sw", "m1", po=entry("Two.", "Mbili."))
    load(database, empty)
    assert sorted(texts(database, "sw")) == ["One.", "Two."]


def test_records_keep_the_order_of_their_file(empty: Path, database: Database) -> None:
    other = RECORD.replace('"proverb"', '"earlier"')
    ship(empty, "sw-KE", "m1", toml=RECORD + other)
    load(database, empty)
    ship(empty, "sw-KE", "m1", toml=other + RECORD)
    load(database, empty)
    with database.session(reading=True) as session:
        rows = session.scalars(select(Change).order_by(Change.position)).all()
        assert [row.slug for row in rows] == ["earlier", "proverb"]


@pytest.mark.parametrize(
    ("line", "instead", "message"),
    [
        ('why = "A proverb everybody knows."', "", "an adaptation record needs `why`"),
        ('why = "A proverb everybody knows."', 'why = ""', "an adaptation record needs `why`"),
        ('lesson = "m1.1"', "", "an adaptation record needs `lesson`"),
        (
            'proposed_by = "machine draft"',
            "",
            "an adaptation record needs `proposed_by`",
        ),
        (
            'dimensions = ["metaphors"]',
            'dimensions = ["feelings"]',
            "`dimensions` are some of language, persons, metaphors, content, concepts, goals,"
            " methods, context",
        ),
        (
            'dimensions = ["metaphors"]',
            "dimensions = []",
            "`dimensions` are some of language, persons, metaphors, content, concepts, goals,"
            " methods, context",
        ),
        ('after = "idea"', 'after = "ending"', "`after` names a block of the lesson"),
        ('after = "idea"', "", "`after` names a block of the lesson"),
        (
            'operation = "add"',
            'operation = "change"',
            "`operation` is one of adapt, replace, add, omit, reorder, picture, film, not 'change'",
        ),
        (
            'operation = "add"',
            'operation = "replace"\nblock = "ending"',
            "`block` names a block of the lesson",
        ),
        ("date = 2026-11-21", 'date = "soon"', "`date` is a day, such as 2026-11-21"),
        (
            "::: here Methali",
            "Methali",
            "`text` is one block, from its opening colons to its closing ones",
        ),
    ],
)
def test_a_faulty_record_is_refused_with_file_and_line(
    empty: Path, line: str, instead: str, message: str
) -> None:
    faulty = RECORD.replace('"proverb"', '"faulty"').replace(line, instead)
    ship(empty, "sw-KE", "m1", toml=RECORD + faulty)
    where = len(RECORD.splitlines()) + 2
    assert said(empty) == [f"translations/sw-KE/m1.toml:{where}: {message}"]


def test_all_faults_of_all_records_are_told_at_once(empty: Path) -> None:
    first = RECORD.replace("why =", "because =").replace('after = "idea"', "")
    ship(empty, "sw-KE", "m1", toml=first + RECORD.replace("lesson =", "lessons ="))
    second = len(first.splitlines()) + 2
    assert said(empty) == [
        "translations/sw-KE/m1.toml:2: an adaptation record needs `why`",
        "translations/sw-KE/m1.toml:2: `after` names a block of the lesson",
        f"translations/sw-KE/m1.toml:{second}: an adaptation record needs `lesson`",
    ]


def test_a_record_with_values_of_the_wrong_kind_is_a_mistake_and_no_crash(empty: Path) -> None:
    ship(empty, "sw-KE", "m1", toml=RECORD.replace('["metaphors"]', "[1, 2]"))
    ship(empty, "sw-KE", "m2", toml="change = 3\n")
    ship(empty, "sw-KE", "m3", toml=RECORD.replace('why = "A proverb everybody knows."', "why = 3"))
    assert [str(mistake).partition(":")[0] for mistake in read_shipped(empty)[1]] == [
        "translations/sw-KE/m1.toml",
        "translations/sw-KE/m2.toml",
        "translations/sw-KE/m3.toml",
    ]


def test_a_record_is_read_however_its_heading_is_spaced(empty: Path) -> None:
    ship(empty, "sw-KE", "m1", toml=RECORD.replace("[[change]]", "[[ change ]]  # by hand"))
    shipped, mistakes = read_shipped(empty)
    assert mistakes == []
    assert [record.id for record in shipped[0].records] == ["proverb"]


def test_the_words_of_a_shipped_block_are_checked_as_those_of_a_text(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(TINY, root)
    ship(root, "sw-TZ", "m1", toml=RECORD.replace("Umoja ni nguvu.", "Mwendawazimu ni mtu."))
    (found,) = check_everything(root)
    assert (found.file, found.blocks) == ("translations/sw-TZ/m1.toml", True)
    assert found.message.startswith("proverb: “Mwendawazimu” makes a whole person into one thing.")
    assert check_everything(root, wording=False) == []


def test_the_same_id_twice_is_refused(empty: Path) -> None:
    ship(empty, "sw-KE", "m1", toml=RECORD + RECORD)
    assert said(empty) == ["translations/sw-KE/m1.toml:1: the id 'proverb' is used twice"]


def test_an_adapted_text_without_a_record_is_refused_with_file_and_line(empty: Path) -> None:
    ship(empty, "sw-KE", "m1", po=entry("Otieno", "Wanjiru", "# adapt: names"), toml=RECORD)
    assert said(empty) == [
        "translations/sw-KE/LC_MESSAGES/m1.po:4: the adaptation 'names' has no record saying why"
    ]


def test_what_is_not_toml_is_a_mistake(empty: Path) -> None:
    ship(empty, "sw-KE", "m1", toml="[[change]\n")
    assert len(said(empty)) == 1
    assert said(empty)[0].startswith("translations/sw-KE/m1.toml:1: not TOML: ")


def test_a_folder_that_is_no_language_is_a_mistake(empty: Path) -> None:
    ship(empty, "kenya!", "m1", po=entry("One.", "Moja."))
    assert said(empty) == [
        "translations/kenya!:1: a folder here is named by a language tag, such as sw-KE"
    ]


def test_the_interface_is_not_an_edition(empty: Path) -> None:
    ship(empty, "sw", "messages", po=entry("Go on", "Endelea"))
    assert read_shipped(empty) == ([], [])


def test_a_record_in_a_file_may_say_all_that_the_browser_asks(
    database: Database, empty: Path
) -> None:
    more = 'feared = "It may sound old."\ngoals = ["reach"]\nevidence_people = 7\n'
    ship(empty, "sw", "m1", toml=RECORD + more)
    load(database, empty)
    with database.session(reading=True) as session:
        (change,) = the_edition(session, "sw").changes
        assert change.reasons == {
            "feared": "It may sound old.",
            "goals": ["reach"],
            "evidence_people": 7,
        }
    ship(empty, "sw", "m1", toml=RECORD + 'depth = "very"\n')
    assert len(said(empty)) == 1


def test_readers_are_told_a_reason_as_it_was_when_it_was_released(
    database: Database, root: Path
) -> None:
    ship(root, "sw", "m1", toml=RECORD)
    library = load_content(root / "content")
    load(database, root)
    with database.work() as session:
        release_all(session, root, library, {})
        (change,) = the_edition(session, "sw").changes
        change.why = "Nobody has read this reason yet."
    with database.work() as session:
        release_all(session, root, library, {})
        release = current_release(session, "sw", "m1")
        assert release is not None
        assert [told["why"] for told in release.payload["changes"]] == [
            "A proverb everybody knows."
        ]
