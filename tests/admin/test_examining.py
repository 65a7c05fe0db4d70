"""The health page: what a glance finds, and what work in a process of its own looked through."""

import pytest
from flask import Flask

from edu.health import doctor, sound
from tests.admin.conftest import SERVER, Works, World
from tests.health.patients import database_of, settings_of

HEALTH = f"{SERVER}/health"


def test_a_glance_and_the_long_look_find_together_what_the_command_finds(
    house: Flask, world: World
) -> None:
    assert world.people.kamal.opens(HEALTH).status_code == 200
    here = database_of(house), settings_of(house)
    apart = [*doctor.glance(*here), *doctor.at_length(*here)]
    assert sorted(each.about for each in apart) == sorted(
        each.about for each in doctor.examine(*here)
    )


def test_a_mistake_in_the_files_is_found_by_work_that_no_page_waits_for(works: Works) -> None:
    kamal = works.world.people.kamal
    works.says("m1/01-greeting.md", "::: idea", "::: nonsense")
    assert "content/m1/01-greeting.md" not in kamal.opens(HEALTH).text
    page = kamal.fills("/en/staff", to=HEALTH)
    assert page.request.path.startswith(f"{SERVER}/jobs/")
    works.wait()
    back = kamal.opens(page.request.path)
    assert back.request.path == HEALTH
    told = back.text
    assert "The first: content/m1/01-greeting.md:" in told
    assert "Looked through on " in told
    assert works.world.trail(None) == []


def test_a_database_that_is_marked_as_damaged_is_told_at_a_glance(house: Flask) -> None:
    here = database_of(house), settings_of(house)
    if here[0].engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL looks after its files itself")
    assert "sound" not in [each.about for each in doctor.glance(*here)]
    sound.mark_damaged(here[0], here[1].database_url)
    assert "sound" in [each.about for each in doctor.glance(*here)]
