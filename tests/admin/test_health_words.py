"""The health page speaks the language of the interface."""

from datetime import date

import pytest

from edu.admin import health_wording
from edu.admin.health_wording import findings_in_words
from edu.health import doctor
from edu.health.finding import Finding, Level, Size, do
from edu.pages.speaking import speaking
from tests.admin.conftest import World


def test_no_finding_is_in_english_where_the_page_is_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a tongue in which every message of the program is three dots."""
    here = world.house.extensions
    found = doctor.examine(here["database"], here["settings"])
    monkeypatch.setattr(health_wording, "_", lambda message: "…")
    with world.house.test_request_context():
        said = findings_in_words(found)
    assert len(said) > 10
    assert {each.what for each in said} == {"…"}
    assert {each.todo for each in said} == {"", "…"}
    assert {each.about for each in said} == {"…", "PostgreSQL"}


def told(world: World, tag: str, found: Finding) -> tuple[str, str]:
    """What a finding says, and what it says to do, to readers of a language."""
    with world.house.test_request_context(), speaking(tag):
        (said,) = findings_in_words([found])
    return said.what, said.todo


def test_sizes_days_and_names_in_a_finding_are_written_as_its_readers_write(world: World) -> None:
    found = do(
        "room",
        "%(size)s, %(count)s, %(day)s",
        "Say: %(name)s",
        size=Size(1_500_000_000),
        count=12345,
        day=date(2026, 11, 22),
        name="chmod",
    )
    assert (found.level, found.what) == (Level.DO, "1500 MB, 12345, 2026-11-22")
    assert told(world, "en", found) == ("1.5 GB, 12,345, 22 November 2026", "Say: chmod")
    assert told(world, "ar", found)[1] == "Say: \u2068chmod\u2069"
