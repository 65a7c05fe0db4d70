"""Profiles in the database: loaded from their files, never over a partner's own words."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.communities.editing import (
    Conflict,
    Taken,
    agree,
    change_entry,
    profile_of,
    start_profile,
    take_out,
)
from edu.communities.files import FOLDER, write
from edu.communities.models import Profile, ProfileEntry
from edu.communities.shipped import load_profiles, profile_as_file, profile_tags
from edu.database import Database

TODAY = date(2026, 11, 22)
HEAD = '[community]\ntag = "sw-KE"\ncountry = "KE"\nname = "Kenya"\nplace = "Towns."\n'
GOAL = '\n[[term]]\nid = "goal"\nterm = "lengo"\nmeaning = "An aim."\nstatus = "draft"\n'
CARE = '\n[[term]]\nid = "care"\nterm = "huduma"\nmeaning = "Help."\nstatus = "draft"\n'
BENCH = '\n[[service]]\nid = "bench"\nname = "Bench"\nnumber = "1234"\nkind = "helpline"\n'


def ships(root: Path, *parts: str, tag: str = "sw-KE") -> None:
    """Put a file among those that ship."""
    (root / FOLDER).mkdir(exist_ok=True)
    text = "".join((HEAD.replace("sw-KE", tag), *parts))
    (root / FOLDER / f"{tag}.toml").write_text(text, encoding="utf-8")


def entry(session: Session, slug: str) -> ProfileEntry:
    """An entry by its name."""
    return session.scalars(select(ProfileEntry).where(ProfileEntry.slug == slug)).one()


def said(session: Session, tag: str = "sw-KE") -> str:
    """A profile as it would be exported."""
    profile = profile_as_file(session, tag)
    assert profile is not None
    return write(profile)


def test_what_is_loaded_and_exported_is_the_same_file(database: Database, root: Path) -> None:
    ships(root, GOAL, CARE, BENCH)
    with database.work() as session:
        assert load_profiles(session, root) == 1
        assert said(session) == HEAD + GOAL + CARE + BENCH
        assert load_profiles(session, root) == 0  # no news


def test_every_profile_that_ships_survives_the_way_there_and_back(database: Database) -> None:
    program = Path(__file__).resolve().parent.parent.parent
    with database.work() as session:
        load_profiles(session, program)
        for tag in profile_tags(session):
            file = program / FOLDER / f"{tag}.toml"
            assert said(session, tag) == file.read_text(encoding="utf-8"), tag


def test_a_newer_file_brings_its_news_and_takes_away_what_it_lost(
    database: Database, root: Path
) -> None:
    ships(root, GOAL, CARE)
    with database.work() as session:
        load_profiles(session, root)
    ships(root, GOAL.replace("lengo", "nia"), BENCH)
    with database.work() as session:
        assert load_profiles(session, root) == 1
        assert said(session) == HEAD + GOAL.replace("lengo", "nia") + BENCH
        assert entry(session, "goal").version == 2


def test_a_newer_file_never_overwrites_a_partner_s_own_words(
    database: Database, root: Path
) -> None:
    ships(root, GOAL, CARE, BENCH)
    with database.work() as session:
        load_profiles(session, root)
        own = {"term": "dhamira", "meaning": "An aim."}
        change_entry(session, entry(session, "goal"), own, version=1, member_id=None, today=TODAY)
        take_out(session, entry(session, "care"), gone=True, member_id=None)
    ships(root, GOAL.replace("lengo", "nia"), CARE, BENCH)
    with database.work() as session:
        assert load_profiles(session, root) == 1
        assert entry(session, "goal").fields["term"] == "dhamira"
        assert entry(session, "care").gone


def test_a_profile_that_a_partner_began_takes_in_a_file(database: Database, root: Path) -> None:
    with database.work() as session:
        start_profile(session, "sw-KE", {"name": "Mine", "place": "Here."}, None)
        with pytest.raises(Taken):
            start_profile(session, "sw-KE", {"name": "Theirs", "place": "There."}, None)
    ships(root, GOAL)
    with database.work() as session:
        assert load_profiles(session, root) == 1
        assert entry(session, "community").fields["name"] == "Mine"
        assert entry(session, "goal").fields["term"] == "lengo"
        assert session.scalars(select(Profile.tag)).all() == ["sw-KE"]


def test_nobody_overwrites_what_she_has_not_seen(database: Database, root: Path) -> None:
    ships(root, GOAL)
    with database.work() as session:
        load_profiles(session, root)
    hers, his = ({"term": word, "meaning": "An aim."} for word in ("nia", "dhamira"))
    with database.work() as session:
        change_entry(session, entry(session, "goal"), hers, version=1, member_id=None, today=TODAY)
    with database.work() as session:
        row = entry(session, "goal")
        with pytest.raises(Conflict) as conflict:
            change_entry(session, row, his, version=1, member_id=None, today=TODAY)
        assert conflict.value.now.fields["term"] == "nia"
        with pytest.raises(Conflict):
            agree(session, row, "Rudo", version=1, member_id=None, today=TODAY)
        # The same words once more lose nobody anything.
        change_entry(session, row, hers, version=1, member_id=None, today=TODAY)
        assert row.version == 2
        agree(session, row, "Rudo", version=2, member_id=None, today=TODAY)
        assert (row.state, row.fields["agreed_by"]) == ("agreed", "Rudo")


def test_a_number_from_a_file_is_confirmed_for_nobody(database: Database, root: Path) -> None:
    ships(root, BENCH)
    with database.work() as session:
        load_profiles(session, root)
        bench = entry(session, "bench")
        assert (bench.confirmed_on, bench.confirmed_by) == (None, "")
        profile = profile_of(session, "sw-KE")
        assert profile is not None
        assert [each.from_files for each in profile.entries] == [True, True]


def test_profiles_are_exported_by_a_command(house: Flask, tmp_path: Path) -> None:
    with house.extensions["database"].work() as session:
        for tag in ("sw-KE", "sn-ZW"):
            start_profile(session, tag, {"name": tag, "place": "Towns."}, None)
    run = house.test_cli_runner()
    into = tmp_path / "out"
    assert run.invoke(args=["export", "profiles", "--into", str(into)]).exit_code == 0
    assert {each.name: each.read_text(encoding="utf-8") for each in into.iterdir()} == {
        f"{tag}.toml": f'[community]\ntag = "{tag}"\nname = "{tag}"\nplace = "Towns."\n'
        for tag in ("sw-KE", "sn-ZW")
    }
    told = run.invoke(args=["export", "profiles", "fr", "--into", str(tmp_path / "other")])
    assert "fr: there is no profile of this tag" in told.output
    assert not (tmp_path / "other").exists()
