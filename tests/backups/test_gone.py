"""Whoever deleted herself does not come back with an older backup."""

from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from edu.backups.gone import erase_gone, note_gone
from edu.learning.models import Learner
from tests.people import People


def learners(house: Flask) -> set[str]:
    with house.extensions["database"].session(reading=True) as session:
        return set(session.scalars(select(Learner.id)))


def test_a_learner_who_deletes_herself_is_written_down_without_her_id(
    house: Flask, people: People
) -> None:
    amina = people.amina
    amina.starts("m1")
    (gone,) = learners(house)
    amina.sends("/en/forget", here="yes")
    assert learners(house) == set()
    text = (house.extensions["settings"].instance / "gone").read_text()
    assert len(text.splitlines()) == 1
    assert gone not in text


def test_those_who_are_gone_are_erased_from_what_is_brought_back(
    house: Flask, people: People
) -> None:
    amina, other = people.amina, people.learner()
    amina.starts("m1")
    (gone,) = learners(house)
    other.starts("m1")
    instance: Path = house.extensions["settings"].instance
    note_gone(instance, gone, date(2026, 11, 21))
    with house.extensions["database"].work() as session:
        assert erase_gone(session, instance) == 1
    assert len(learners(house)) == 1
    assert gone not in learners(house)


def test_lines_that_no_backup_needs_any_more_are_dropped(tmp_path: Path) -> None:
    note_gone(tmp_path, "a", date(2025, 1, 1))
    note_gone(tmp_path, "b", date(2026, 11, 21))
    assert [line[:10] for line in (tmp_path / "gone").read_text().splitlines()] == ["2026-11-21"]


def test_without_a_list_nobody_is_erased(house: Flask, people: People, tmp_path: Path) -> None:
    people.amina.starts("m1")
    with house.extensions["database"].work() as session:
        assert erase_gone(session, tmp_path) == 0
    assert len(learners(house)) == 1
