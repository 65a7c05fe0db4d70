"""Backups in the browser: made in the background, listed, and fetched only when encrypted."""

import re
from dataclasses import replace

import pyrage
import pytest
from flask import Flask

from edu.backups.folder import backups
from edu.backups.making import make_backup
from tests.admin.conftest import SERVER, Works, World

BACKUP = f"{SERVER}/backup"


def kept(house: Flask, *, key: str = "") -> str:
    """Make a backup beside the database; its name."""
    settings = house.extensions["settings"]
    into = settings.instance / "backups"
    into.mkdir(exist_ok=True)
    settings = replace(settings, backup_into=into, backup_key=key)
    house.extensions["settings"] = settings
    return make_backup(house.extensions["database"], settings, into).file.name


def test_a_backup_is_made_in_the_background_and_listed(works: Works) -> None:
    kamal, house = works.world.people.kamal, works.world.house
    page = kamal.fills(BACKUP)
    works.wait()
    (made,) = backups(house.extensions["settings"].backup_into)
    done = kamal.opens(page.request.path).text
    assert f'<bdi dir="ltr">{made.file.name}</bdi>' in done
    assert "It is not encrypted." in done
    assert made.file.name in kamal.opens(BACKUP).text
    assert "None yet." not in kamal.opens(SERVER).text
    assert works.world.trail(None) == [("kamal", "made a backup", "backup", "", "")]


def test_a_folder_that_is_not_there_is_told_in_words(works: Works) -> None:
    kamal = works.world.people.kamal
    (works.site.parent / "backups").rmdir()
    page = kamal.fills(BACKUP)
    works.wait()
    assert "Is the stick or disk plugged in?" in kamal.opens(page.request.path).text


def test_a_backup_that_anybody_could_read_is_not_fetched(world: World) -> None:
    kamal = world.people.kamal
    name = kept(world.house)
    page = kamal.opens(BACKUP).text
    assert name in page
    assert f"{BACKUP}/{name}" not in page
    assert kamal.browser.get(f"{BACKUP}/{name}").status_code == 404


def test_an_encrypted_backup_is_fetched_and_written_down(world: World) -> None:
    kamal = world.people.kamal
    identity = pyrage.x25519.Identity.generate()
    name = kept(world.house, key=str(identity.to_public()))
    assert f'href="{BACKUP}/{name}"' in kamal.opens(BACKUP).text
    answer = kamal.browser.get(f"{BACKUP}/{name}")
    assert answer.status_code == 200
    assert name in answer.headers["Content-Disposition"]
    assert pyrage.decrypt(answer.data, [identity])[:4] == b"PK\x03\x04"
    answer.close()
    assert world.trail(None) == [("kamal", "downloaded", "backup", name, "")]


@pytest.mark.parametrize(
    "name",
    ["../secret.key", "..%2Fsecret.key", "%2e%2e%2fsecret.key", "secret.key", "", "%00", "x" * 130],
)
def test_nothing_but_a_backup_is_fetched(world: World, name: str) -> None:
    kept(world.house)
    answer = world.people.kamal.browser.get(f"{BACKUP}/{name}")
    assert answer.status_code in (404, 308)


def test_where_no_backups_are_wanted_none_is_made(world: World) -> None:
    kamal = world.people.kamal
    settings = world.house.extensions["settings"]
    world.house.extensions["settings"] = replace(settings, backup_into=None)
    assert "set up to make no backups" in kamal.opens(BACKUP).text
    assert kamal.fills("/en/staff", to=BACKUP).status_code == 404
    assert re.findall("flask job", str(world.house.extensions["jobs"].children)) == []
