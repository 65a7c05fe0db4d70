"""What the doctor says of letters and of another house's accounts."""

from datetime import datetime
from pathlib import Path

import pytest

from edu.database import Database
from edu.health.case import Case
from edu.health.finding import Level
from edu.health.outward_checks import letters_can_go, other_house_fits
from edu.settings import Settings

MAIL = "smtps://daraja:secret@mail.example.org:465"
HOUSE = "https://accounts.example.org"


def case(folder: Path, **settings: str) -> Case:
    url = f"sqlite:///{folder / 'daraja.sqlite'}"
    return Case(
        Database(url), Settings(folder, url, "a test's secret", **settings), datetime(2026, 11, 21)
    )


@pytest.mark.parametrize(
    ("settings", "level", "beginning"),
    [
        ({}, Level.FINE, "No mail server is set"),
        ({"smtp_url": MAIL, "host": "0.0.0.0"}, Level.DO, "Letters for lost passwords are not"),
        ({"smtp_url": MAIL, "public_url": "http://box.example"}, Level.DO, "PUBLIC_URL is not"),
        ({"smtp_url": MAIL, "public_url": "http://127.0.0.1:8000"}, Level.FINE, "Letters for"),
        ({"smtp_url": MAIL, "public_url": "https://box.example"}, Level.FINE, "Letters for"),
    ],
)
def test_letters_need_an_address_of_ours_that_is_encrypted(
    tmp_path: Path, settings: dict[str, str], level: Level, beginning: str
) -> None:
    found = letters_can_go(case(tmp_path, **settings))
    assert (found.level, found.what[: len(beginning)]) == (level, beginning)
    assert bool(found.todo) == (level is Level.DO)


@pytest.mark.parametrize(
    ("settings", "level", "beginning"),
    [
        ({}, Level.FINE, "Nobody signs in with an account"),
        ({"oidc_issuer": HOUSE}, Level.DO, "The other house does not know"),
        ({"oidc_issuer": HOUSE, "public_url": "http://box.example"}, Level.DO, "PUBLIC_URL is"),
        ({"oidc_issuer": HOUSE, "public_url": "https://box.example"}, Level.FINE, "Accounts of"),
    ],
)
def test_another_house_needs_to_know_the_way_back(
    tmp_path: Path, settings: dict[str, str], level: Level, beginning: str
) -> None:
    found = other_house_fits(case(tmp_path, **settings))
    assert (found.level, found.what[: len(beginning)]) == (level, beginning)


def test_no_finding_names_the_password_of_the_mail_server(tmp_path: Path) -> None:
    for address in ("", "http://box.example", "https://box.example"):
        found = letters_can_go(case(tmp_path, smtp_url=MAIL, public_url=address))
        assert "secret" not in found.what + found.todo
