"""The clock: a box that wakes up in another year forgets nobody."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from edu.health import clock, marks
from edu.preparing import prepare
from tests.health.patients import a_learner, database_of, learners, settings_of

NOW = datetime(2027, 5, 1, 12)


@pytest.mark.parametrize(
    ("newest", "now", "trusted"),
    [
        (None, NOW, True),
        (None, datetime(2019, 1, 1), False),
        (date(2027, 4, 30), NOW, True),
        (date(2027, 5, 2), NOW, True),
        (date(2027, 6, 1), NOW, False),
        (date(2026, 11, 25), NOW, True),
        (date(2026, 11, 25), datetime(2035, 1, 1), False),
    ],
)
def test_without_a_mark_the_data_tell_how_late_it_must_be(
    tmp_path: Path, newest: date | None, now: datetime, trusted: bool
) -> None:
    assert clock.look(tmp_path, newest, now).trusted is trusted


@pytest.mark.parametrize(
    ("days", "trusted"),
    [(-400, False), (-3, False), (-1, True), (0, True), (40, True), (41, False)],
)
def test_with_a_mark_a_jump_is_seen(tmp_path: Path, days: int, trusted: bool) -> None:
    clock.note(tmp_path, clock.Clock(marks.now()))
    now = max(marks.now(), datetime(2026, 11, 21)) + timedelta(days=days)
    assert clock.look(tmp_path, None, now).trusted is trusted


def test_a_clock_that_jumped_leaves_no_mark_until_a_person_trusts_it(tmp_path: Path) -> None:
    far = marks.now() + timedelta(days=3000)
    clock.note(tmp_path, clock.Clock(marks.now()))
    before = marks.read(tmp_path, "clock")
    clock.note(tmp_path, clock.look(tmp_path, None, far))
    assert marks.read(tmp_path, "clock") == before
    clock.trust(tmp_path)
    assert clock.look(tmp_path, None).trusted


def test_a_start_in_another_year_forgets_nobody(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_learner(house, "young", marks.now().date())
    a_learner(house, "old", marks.now().date() - timedelta(days=800))
    settings = settings_of(house)
    clock.note(settings.instance, clock.Clock(marks.now()))
    later = marks.now() + timedelta(days=9 * 365)
    with monkeypatch.context() as patch:
        patch.setattr(marks, "now", lambda: later)
        done = prepare(house)
        assert (done.forgotten, len(done.warnings)) == (0, 1)
        assert learners(database_of(house)) == ["old", "young"]
    # The clock is right again.
    assert prepare(house).forgotten == 1
    assert learners(database_of(house)) == ["young"]


def test_a_damaged_mark_is_no_mark(tmp_path: Path) -> None:
    marks.put(tmp_path, "clock")
    file = tmp_path / "marks" / "clock.json"
    for content in (b"", b"{", b"[]", b'{"name": 1}', b"\xff\xfe", b"null"):
        file.write_bytes(content)
        assert marks.read(tmp_path, "clock") is None
