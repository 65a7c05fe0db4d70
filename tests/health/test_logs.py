"""Logs: lines of JSON with a short list of fields, and nothing anybody typed."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from gunicorn.config import Config

from edu.health.gunicorn_log import PlainLog
from edu.health.logs import FIELDS, Calm, Line

SECRET = 'my aunt hears voices\n{"level": "forged"}\r\x1b[2J 192.168.7.7'


@pytest.fixture
def heard() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger, and what it wrote."""
    logger, out = logging.getLogger("tests.heard"), io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Line())
    handler.addFilter(Calm())
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, out
    logger.removeHandler(handler)
    logger.propagate = True


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_no_word_of_a_message_is_written(heard: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = heard
    logger.error(SECRET)
    logger.error("somebody said %s", SECRET)
    logger.warning(f"a form held {SECRET}", extra={"code": SECRET, "address": SECRET})
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception(SECRET)
    found = lines(out)
    assert len(found) == 4
    assert "aunt" not in out.getvalue()
    assert "192.168" not in out.getvalue()
    assert {name for line in found for name in line} <= set(FIELDS)
    assert [line["event"] for line in found] == 4 * ["unforeseen"]
    assert found[-1]["kind"] == "ValueError"
    assert found[-1]["place"][-1].startswith("tests/health/test_logs.py:")


def test_a_field_cannot_begin_another_line(heard: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = heard
    logger.error("x", extra={"event": "fault", "endpoint": SECRET, "kind": SECRET * 100})
    assert len(out.getvalue().splitlines()) == 1
    assert len(out.getvalue()) < 1000
    assert "\x1b" not in out.getvalue()


def test_times_are_to_the_second_and_in_utc(heard: tuple[logging.Logger, io.StringIO]) -> None:
    logger, out = heard
    logger.error("x", extra={"event": "fault"})
    time = lines(out)[0]["time"]
    assert (len(time), time[-1]) == (20, "Z")


def test_equal_lines_are_counted_instead_of_written(
    heard: tuple[logging.Logger, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    logger, out = heard
    now = [100.0]
    monkeypatch.setattr("edu.health.logs.time.monotonic", lambda: now[0])
    for _ in range(1000):
        logger.error("x", extra={"event": "fault", "kind": "A"})
    logger.error("x", extra={"event": "fault", "kind": "B"})
    now[0] += 61
    logger.error("x", extra={"event": "fault", "kind": "A"})
    found = [(line["kind"], line.get("repeated")) for line in lines(out)]
    # The line's place is part of what is equal, so the last one is another.
    assert found[:6] == [*5 * [("A", None)], ("B", None)]
    assert len(found) == 7


def test_what_was_left_out_is_told_with_the_next_equal_line(
    heard: tuple[logging.Logger, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    logger, out = heard
    now = [100.0]
    monkeypatch.setattr("edu.health.logs.time.monotonic", lambda: now[0])
    for number in range(20):
        if number == 19:
            now[0] += 61
        logger.error("x", extra={"event": "fault"})
    assert [line.get("repeated") for line in lines(out)] == [*5 * [None], 14]


def test_gunicorn_tells_no_address_of_a_phone(capsys: pytest.CaptureFixture[str]) -> None:
    log = PlainLog(Config())
    log.warning("Invalid request from ip=%s: %s", "192.168.7.7", SECRET)
    log.error("Error handling request " + SECRET)
    log.info("Listening at: %s (%s)", "http://127.0.0.1:8000", 7)
    log.error("Connection in use: %s", "('127.0.0.1', 8000)")
    log.error("Can't connect to %s", "('192.168.7.7', 80)")
    log.access(None, None, {"REMOTE_ADDR": "192.168.7.7"}, None)
    said = capsys.readouterr().err
    for handler in list(log.error_log.handlers):
        log.error_log.removeHandler(handler)
        handler.close()
    found = [json.loads(line) for line in said.splitlines()]
    assert [line["event"] for line in found] == [
        "unforeseen",
        "unforeseen",
        "Listening at: %s (%s)",
        "another program has this port: stop it, or set PORT to another",
        "nobody can be served at HOST and PORT as they are set",
    ]
    assert "192.168" not in said
    assert "aunt" not in said
