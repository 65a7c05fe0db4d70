"""Work that nobody waits for."""

import logging
import threading

import pytest

from edu.partners import later
from edu.partners.later import Later


def test_work_is_done_in_its_order() -> None:
    done: list[int] = []
    work = Later()
    for number in range(50):
        assert work.do(lambda number=number: done.append(number))  # type: ignore[misc]
    work.wait()
    assert done == list(range(50))


def test_work_that_fails_says_its_kind_and_nothing_else_and_the_next_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[int] = []
    work = Later()

    def fail() -> None:
        raise LookupError("tendai@example.org")

    work.do(fail)
    work.do(lambda: done.append(1))
    work.wait()
    assert done == [1]
    assert [(each.event, each.kind) for each in caplog.records] == [
        ("work put off has failed", "LookupError")
    ]
    assert "tendai" not in caplog.text


def test_no_more_waits_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(later, "_MOST", 3)
    work, hold = Later(), threading.Event()
    caplog.set_level(logging.ERROR)
    assert [work.do(hold.wait) for _ in range(5)] == [True] * 3 + [False] * 2
    hold.set()
    work.wait()
    assert work.do(hold.wait)
    assert [each.event for each in caplog.records] == ["too much waits to be done later"] * 2
