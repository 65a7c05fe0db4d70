"""`/health` and `/metrics`: cheap, honest, and nothing about anybody."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import Client

from edu import create_app
from edu.health import marks
from edu.preparing import get_ready, prepare
from tests.conftest import make_house
from tests.health.patients import damage, database_of, settings_of
from tests.people import People

FROM_HERE = {"REMOTE_ADDR": "127.0.0.1"}
FROM_ELSEWHERE = {"REMOTE_ADDR": "192.168.7.7"}


def reasons(app: Flask) -> tuple[int, list[str]]:
    """What `/health` says."""
    page = app.test_client().get("/health", environ_overrides=FROM_ELSEWHERE)
    told = json.loads(page.data)
    assert told["status"] == ("failing" if told["reasons"] else "ok")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    return page.status_code, told["reasons"]


def figures(app: Flask, **extra: object) -> dict[str, float]:
    """What `/metrics` says, figures without labels."""
    page = app.test_client().get("/metrics", environ_overrides=FROM_HERE)
    assert page.status_code == 200
    return {
        sample.name
        if not sample.labels
        else f"{sample.name}:{sorted(sample.labels.values())[0]}": (sample.value)
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }


def test_a_house_that_works_is_healthy(house: Flask) -> None:
    assert reasons(house) == (200, [])
    assert house.test_client().head("/health").data == b""


def test_before_the_first_start_it_says_what_is_missing(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'daraja.sqlite'}")
    assert reasons(app) == (503, ["pages", "schema"])
    database_of(app).engine.dispose()


def test_a_damaged_database_is_told_and_lessons_are_served(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"sqlite:///{tmp_path / 'daraja.sqlite'}")
    prepare(app)
    damage(app)
    assert ["is damaged" in each for each in get_ready(app).warnings] == [True]
    assert reasons(app) == (503, ["database damaged"])
    assert app.test_client().get("/en/m1/1/").status_code == 200
    assert figures(app)["daraja_healthy"] == 0
    database_of(app).engine.dispose()


def test_a_database_that_is_gone_is_told(tmp_path: Path) -> None:
    app = make_house(tmp_path, f"postgresql://nobody@/nothing?host={tmp_path}")
    assert reasons(app) == (503, ["pages", "database"])
    found = figures(app)
    assert found["daraja_healthy"] == 0
    assert "daraja_sittings_about" not in found


def test_figures_tell_about_the_server(house: Flask) -> None:
    marks.put(settings_of(house).instance, "backup")
    marks.put(settings_of(house).instance, "retention", "badly")
    found = figures(house)
    assert found["daraja_healthy"] == 1
    assert found["daraja_job_well:backup"] == 1
    assert found["daraja_job_well:retention"] == 0
    assert found["daraja_releases"] == 16
    assert found["daraja_clock_trusted"] == 1
    assert found["daraja_disk_free_bytes"] > 0
    assert found["daraja_worker_memory_bytes"] > 0
    assert any(name.startswith("daraja_schema:") for name in found)
    assert ("daraja_database_bytes" in found) is (
        settings_of(house).database_url.startswith("sqlite")
    )


def test_no_figure_tells_of_one_person(house: Flask) -> None:
    before = figures(house)["daraja_sittings_about"]
    amina = People(house).amina
    amina.starts("m1")
    amina.answers("before", "feelings", contact_1="3")
    assert (before, figures(house)["daraja_sittings_about"]) == (0, 0)


@pytest.mark.parametrize(
    ("environment", "headers", "seen"),
    [
        (FROM_HERE, {}, True),
        ({"REMOTE_ADDR": "::1"}, {}, True),
        (FROM_ELSEWHERE, {}, False),
        ({"REMOTE_ADDR": ""}, {}, False),
        (FROM_HERE, {"X-Forwarded-For": "127.0.0.1"}, False),
        (FROM_HERE, {"Forwarded": "for=127.0.0.1"}, False),
        (FROM_ELSEWHERE, {"Authorization": "Bearer three small boats"}, True),
        (FROM_ELSEWHERE, {"Authorization": "Bearer wrong"}, False),
        (FROM_ELSEWHERE, {"Authorization": "Bearer "}, False),
        (FROM_ELSEWHERE, {"Authorization": "Basic \u00e9"}, False),
    ],
)
def test_figures_are_for_this_machine_and_for_who_has_the_word(
    home: Flask, environment: dict[str, str], headers: dict[str, str], seen: bool
) -> None:
    app = create_app(replace(settings_of(home), metrics_token="three small boats"))
    page = app.test_client().get("/metrics", headers=headers, environ_overrides=environment)
    assert page.status_code == (200 if seen else 404)
    database_of(app).engine.dispose()


def test_without_a_word_nobody_elsewhere_can_guess_it(house: Flask) -> None:
    for given in ("Bearer ", "Bearer", "", "Bearer None"):
        page = house.test_client().get(
            "/metrics", headers={"Authorization": given}, environ_overrides=FROM_ELSEWHERE
        )
        assert page.status_code == 404


def test_behind_a_proxy_its_word_for_the_address_counts(home: Flask) -> None:
    app = create_app(replace(settings_of(home), behind_proxy=True))
    client = Client(app)
    passed_on = client.get(
        "/metrics", headers={"X-Forwarded-For": "7.7.7.7"}, environ_overrides=FROM_HERE
    )
    assert passed_on.status_code == 404
    assert client.get("/metrics", environ_overrides=FROM_HERE).status_code == 200
    database_of(app).engine.dispose()


def test_nothing_is_written_by_looking(house: Flask) -> None:
    folder = settings_of(house).instance
    before = sorted(each for each in folder.rglob("*") if "sqlite" not in each.name)
    reasons(house)
    figures(house)
    assert sorted(each for each in folder.rglob("*") if "sqlite" not in each.name) == before
