"""What happens before serving: all or nothing, twice the same, and promises kept."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select

from edu import create_app
from edu.editions.models import Rendering
from edu.editions.working import save
from edu.health.words import DISK_IS_CLOSED
from edu.learning.models import InstrumentVersion, Journey, Learner, Sitting
from edu.learning.retention import delete_old
from edu.lessons.mistakes import Broken
from edu.models import TABLES
from edu.pages.assets import asset_pages
from edu.pages.offline import browser_files
from edu.partners.models import Grant, Member
from edu.preparing import get_ready, prepare
from edu.schema import TooNew
from tests.conftest import TINY, leave, make_house
from tests.health.patients import damage
from tests.people import PASSWORD, People, StaffPerson, fields_of

#: What the tiny content makes in four languages, and what every site has besides.
PAGES, ASSETS = 77, len(asset_pages()) + len(browser_files())
TODAY = date(2026, 11, 21)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the tiny content that a test may write in."""
    copy = tmp_path / "root"
    shutil.copytree(TINY, copy)
    return copy


@pytest.fixture
def own(tmp_path: Path, tables_url: str, root: Path) -> Iterator[Flask]:
    """An application over its own content, not prepared yet; only the tables are there."""
    app = make_house(tmp_path, tables_url, root)
    yield app
    app.extensions["database"].engine.dispose()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def rows(app: Flask) -> dict[str, int]:
    """How many rows each table has."""
    with app.extensions["database"].session(reading=True) as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in TABLES
            if table.name != "setup_link"
        }


def text_of(app: Flask, address: str) -> str:
    return app.test_client().get(address).text


def test_the_first_time_makes_everything_and_the_second_time_nothing(own: Flask) -> None:
    first = prepare(own)
    assert (first.releases, first.pages, first.forgotten) == (16, PAGES + ASSETS, 0)
    before = rows(own)
    second = prepare(own)
    assert (second.releases, second.pages, second.forgotten) == (0, 0, 0)
    assert rows(own) == before


def test_broken_content_stops_with_every_mistake_and_leaves_the_database_as_it_was(
    own: Flask, root: Path
) -> None:
    prepare(own)
    before, page = rows(own), text_of(own, "/sw-KE/m1/1/")
    edit(root / "content/m1/01-greeting.md", "::: us\n", "::: ours\n")
    edit(root / "content/m0/module.toml", "order = 0", 'order = "first"')
    edit(root / "quizzes/feelings.toml", 'code = "2"', 'code = "1"')
    edit(root / "translations/sw-KE/m1.toml", 'dimensions = ["metaphors"]', "dimensions = []")
    with pytest.raises(Broken) as broken:
        prepare(own)
    assert sorted({(each.file, each.line) for each in broken.value.mistakes}) == [
        ("content/m0/module.toml", 4),
        ("content/m1/01-greeting.md", 1),
        ("content/m1/01-greeting.md", 46),
        ("quizzes/feelings.toml", 33),
        ("translations/sw-KE/m1.toml", 27),
    ]
    assert rows(own) == before
    assert text_of(own, "/sw-KE/m1/1/") == page


def test_broken_content_makes_no_table_the_first_time(
    tmp_path: Path, database_url: str, root: Path
) -> None:
    new = make_house(tmp_path, database_url, root)
    edit(root / "content/m1/01-greeting.md", "::: us\n", "::: ours\n")
    with pytest.raises(Broken):
        prepare(new)
    assert inspect(new.extensions["database"].engine).get_table_names() == []
    leave(new)


def test_other_questions_under_the_same_version_are_refused(own: Flask, root: Path) -> None:
    prepare(own)
    before = rows(own)
    edit(root / "quizzes/feelings.toml", "Nothing helps.", "Hardly anything helps.")
    edit(root / "content/m1/01-greeting.md", "Ten minutes.", "Twelve minutes.")
    with pytest.raises(Broken) as broken:
        prepare(own)
    assert [str(mistake) for mistake in broken.value.mistakes] == [
        "quizzes/feelings.toml:1: version 1 is already in use with other questions, options or"
        " scores; give the changed form version 2"
    ]
    assert rows(own) == before


def test_other_questions_under_a_new_version_stand_beside_the_old_ones(
    own: Flask, root: Path
) -> None:
    prepare(own)
    edit(root / "quizzes/feelings.toml", "Nothing helps.", "Hardly anything helps.")
    edit(root / "quizzes/feelings.toml", "version = 1", "version = 2")
    prepare(own)
    with own.extensions["database"].session(reading=True) as session:
        kept = session.execute(
            select(InstrumentVersion.instrument, InstrumentVersion.version).order_by(
                InstrumentVersion.instrument, InstrumentVersion.version
            )
        ).all()
        assert [tuple(row) for row in kept] == [
            ("facts", 1),
            ("feelings", 1),
            ("feelings", 2),
            ("openly", 1),
        ]


def test_a_correction_of_the_source_shows_on_the_page(own: Flask, root: Path) -> None:
    prepare(own)
    edit(root / "content/m1/01-greeting.md", "Greet one person today.", "Greet two people.")
    done = prepare(own)
    # Two lessons in four languages, each with its big screen and its notes: the one that was
    # corrected, and the number of the release in the other one. Less those of the big screen and
    # the notes that stay as they were, and with two lists of what a phone may keep.
    assert (done.releases, done.pages) == (4, 20)
    assert "Greet two people." in text_of(own, "/en/m1/1/")


def test_a_translation_moved_to_another_language_moves_on_the_site(own: Flask, root: Path) -> None:
    prepare(own)
    (root / "translations/ar").rename(root / "translations/bn")
    prepare(own)
    assert "احصل على دعم" in text_of(own, "/bn/support/")


def test_pages_that_were_lost_are_made_again(own: Flask) -> None:
    prepare(own)
    shutil.rmtree(own.extensions["settings"].published)
    assert prepare(own).pages == PAGES + ASSETS
    assert "Greeting" in text_of(own, "/en/m1/1/")


def test_a_changed_page_folder_of_an_older_database_is_made_again(
    tmp_path: Path, own: Flask, root: Path
) -> None:
    prepare(own)
    settings = own.extensions["settings"]
    other = make_house(tmp_path, f"sqlite:///{tmp_path / 'other.sqlite'}", root)
    assert other.extensions["settings"].published == settings.published
    assert prepare(other).releases == 16
    other.extensions["database"].engine.dispose()


def test_a_partners_words_survive_the_next_start_and_wait_for_their_release(
    own: Flask, root: Path
) -> None:
    prepare(own)
    with own.extensions["database"].work() as session:
        row = session.scalars(select(Rendering).where(Rendering.text == "Salamu")).one()
        save(session, row, "Maamkizi", version=row.version, member_id=None)
    edit(root / "translations/sw/LC_MESSAGES/m1.po", 'msgstr "Salamu"', 'msgstr "Salaam"')
    prepare(own)
    with own.extensions["database"].work() as session:
        kept = session.scalars(select(Rendering).where(Rendering.text == "Maamkizi")).one()
        assert (kept.state, kept.released_text) == ("draft", "Salamu")
    assert "<h1>Salamu</h1>" in text_of(own, "/sw/m1/1/")


def test_the_setup_link_is_there_until_there_is_an_administrator_and_works_once(
    own: Flask,
) -> None:
    first = prepare(own).setup_token
    second = prepare(own).setup_token
    ruth = StaffPerson(own.test_client(), "ruth")
    old, new = f"/en/staff/first/{first}", f"/en/staff/first/{second}"
    assert ruth.browser.get(old).status_code == 404
    values = {"organisation": "Bridge Society", "login": "ruth", "password": PASSWORD}
    page = ruth.fills(new, **values)
    # She is led to the second step first.
    assert (page.request.path, page.status_code) == ("/en/staff/account/second-step", 200)
    assert People(own).learner().browser.get(new).status_code == 404
    assert prepare(own).setup_token == ""
    with own.extensions["database"].session(reading=True) as session:
        assert list(session.scalars(select(Member.login))) == ["ruth"]
        assert sorted(session.scalars(select(Grant.role))) == ["administrator", "keeper"]


def test_a_setup_link_dies_when_there_is_an_administrator_from_elsewhere(own: Flask) -> None:
    link = f"/en/staff/first/{prepare(own).setup_token}"
    browser = own.test_client()
    assert browser.get(link).status_code == 200
    assert People(own).ruth.opens("/en/staff").status_code == 200
    assert browser.get(link).status_code == 404


def test_a_setup_link_in_two_hands_makes_one_administrator(own: Flask) -> None:
    link = f"/en/staff/first/{prepare(own).setup_token}"
    ruth, eve = (StaffPerson(own.test_client(), name) for name in ("ruth", "eve"))
    forms = [
        {"csrf_token": _token(each, link), "organisation": "One", "password": PASSWORD}
        for each in (ruth, eve)
    ]
    assert ruth.sends(link, False, login="ruth", **forms[0]).status_code == 303
    assert eve.sends(link, False, login="eve", **forms[1]).status_code == 404


def _token(person: StaffPerson, address: str) -> str:
    return fields_of(person.opens(address)).hidden["csrf_token"]


def a_learner(app: Flask, name: str, made: date, *journeys: tuple[date, date | None]) -> None:
    """A learner with journeys begun and, perhaps, answers given on these days."""
    with app.extensions["database"].work() as session:
        learner = Learner(id=name, code_mac=name, start_key=name, group_id=None, made_on=made)
        session.add(learner)
        for number, (began, answered) in enumerate(journeys, 1):
            journey = Journey(
                id=f"{name}-{number}",
                learner=learner,
                number=number,
                group_id=None,
                tag="en",
                modules=["m1"],
                consent_release_id=1,
                started_on=began,
            )
            session.add(journey)
            if answered:
                journey.sittings.append(
                    Sitting(
                        id=f"{name}-{number}",
                        instrument_version_id=1,
                        wave="before",
                        tag="en",
                        release_id=1,
                        draft=False,
                        answers="",
                        submission_key=f"{name}-{number}",
                        submitted_on=answered,
                    )
                )


def test_learners_of_whom_nothing_is_newer_than_24_months_are_deleted_and_nobody_else(
    own: Flask,
) -> None:
    prepare(own)
    edge, old = TODAY - timedelta(days=730), TODAY - timedelta(days=731)
    a_learner(own, "card-never-used", old)
    a_learner(own, "card-kept-ready", edge)
    a_learner(own, "began-long-ago", old, (old, None))
    a_learner(own, "answered-long-ago", old, (old, old))
    a_learner(own, "answered-just-in-time", old, (old, edge))
    a_learner(own, "came-back-for-more", old, (old, old), (edge, None))
    a_learner(own, "printed-long-ago-begun-now", old, (TODAY, None))
    a_learner(own, "new", TODAY, (TODAY, TODAY))
    with own.extensions["database"].work() as session:
        assert delete_old(session, TODAY) == 3
    with own.extensions["database"].session(reading=True) as session:
        assert sorted(session.scalars(select(Learner.id))) == [
            "answered-just-in-time",
            "came-back-for-more",
            "card-kept-ready",
            "new",
            "printed-long-ago-begun-now",
        ]
        assert sorted(session.scalars(select(Sitting.id))) == [
            "answered-just-in-time-1",
            "came-back-for-more-1",
            "new-1",
        ]


def test_every_start_forgets_whom_it_must(own: Flask) -> None:
    prepare(own)
    today = datetime.now(UTC).date()
    a_learner(own, "old", today - timedelta(days=800), (today - timedelta(days=800), None))
    a_learner(own, "new", today, (today, None))
    assert prepare(own).forgotten == 1
    assert rows(own)["learner"] == 1


def test_a_demonstration_is_marked_on_every_page_and_made_anew_when_it_becomes_real(
    tmp_path: Path, own: Flask, root: Path
) -> None:
    prepare(own)
    settings = replace(own.extensions["settings"], demo=True)
    demo = create_app(settings)
    demo.testing = True
    assert prepare(demo).pages == PAGES
    assert 'class="demo"' in text_of(demo, "/en/m1/1/")
    assert 'class="demo"' in text_of(demo, "/en/return")
    demo.extensions["database"].engine.dispose()
    assert prepare(own).pages == PAGES
    assert 'class="demo"' not in text_of(own, "/en/m1/1/")


def test_with_mistakes_in_content_the_pages_of_last_time_are_served(own: Flask, root: Path) -> None:
    prepare(own)
    page = text_of(own, "/sw-KE/m1/1/")
    edit(root / "content/m1/01-greeting.md", "::: us\n", "::: ours\n")
    done = get_ready(own)
    assert (done.releases, done.pages, len(done.warnings)) == (0, 0, 1)
    assert "content/m1/01-greeting.md:46" in done.warnings[0]
    assert text_of(own, "/sw-KE/m1/1/") == page
    edit(root / "content/m1/01-greeting.md", "::: ours\n", "::: us\n")
    assert get_ready(own).warnings == ()


def test_without_pages_of_last_time_mistakes_stop_the_start(own: Flask, root: Path) -> None:
    edit(root / "content/m1/01-greeting.md", "::: us\n", "::: ours\n")
    with pytest.raises(Broken):
        get_ready(own)


@pytest.mark.parametrize("name", ["index.html", "index.html.br", "index.html.gz"])
def test_a_page_that_a_bad_disk_changed_is_made_again(own: Flask, name: str) -> None:
    prepare(own)
    file = own.extensions["settings"].published / "en/m1/1" / name
    whole = file.read_bytes()
    for broken in (whole[:-1], whole[:20] + bytes([whole[20] ^ 1]) + whole[21:], b""):
        file.write_bytes(broken)
        assert prepare(own).pages == 1
        assert file.read_bytes() == whole
    file.unlink()
    assert prepare(own).pages == 1
    assert prepare(own).pages == 0


def test_a_damaged_database_is_only_read_until_it_is_restored(tmp_path: Path, root: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'daraja.sqlite'}", root)
    prepare(app)
    amina = People(app).amina
    damage(app)
    before = (tmp_path / "daraja.sqlite").read_bytes()
    warnings = get_ready(app).warnings
    assert len(warnings) == 1
    assert "flask --app app restore" in warnings[0]
    assert "Greeting" in text_of(app, "/en/m1/1/")
    page = amina.sends("/en/start/m1", key="k" * 43, agree="yes")
    assert page.status_code == 503
    assert (tmp_path / "daraja.sqlite").read_bytes() == before
    app.extensions["database"].engine.dispose()


def test_a_start_on_a_newer_schema_is_refused_and_changes_nothing(own: Flask) -> None:
    prepare(own)
    with own.extensions["database"].engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = rows(own)
    with pytest.raises(TooNew, match="newer Daraja"):
        get_ready(own)
    assert rows(own) == before
    told = own.test_cli_runner().invoke(args=["prepare"])
    assert (told.exit_code, told.stderr.count("\n")) == (1, 1)
    assert told.stderr.startswith("Error: The database is of schema 9999")


def test_on_a_closed_disk_lessons_are_served_and_a_warning_is_told(
    own: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(own)
    # Who runs the tests may be root, to whom no folder is closed; tests/drill closes a real disk.
    monkeypatch.setattr("os.access", lambda _path, _how: False)
    done = get_ready(own)
    assert done.warnings == (DISK_IS_CLOSED,)
    assert "Greeting" in text_of(own, "/en/m1/1/")
