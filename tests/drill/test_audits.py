"""The auditor finds what is wrong: one that finds nothing proves nothing."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from edu import create_app
from edu.database import Database
from edu.settings import Settings
from tests.drill.audits import Audit, audit
from tests.drill.houses import SECRET, TINY, House, house
from tests.drill.learners import Walker
from tests.drill.records import Recorder
from tests.drill.visits import Visitor


@contextmanager
def walked(folder: Path) -> Iterator[tuple[House, Database]]:
    """Three learners went the whole way, and were recorded."""
    with house("sqlite", folder) as home:
        settings = Settings(
            instance=home.instance, database_url=home.url, secret_key=SECRET, root=TINY
        )
        app = create_app(settings)
        database: Database = app.extensions["database"]
        recorder = Recorder(folder / "record")
        for number in range(3):
            walker = Walker(
                Visitor(app=app), recorder, random.Random(number), home.join_code * (number % 2)
            )
            walker.walk()
        yield home, database
        database.engine.dispose()


def figures(found: Audit) -> tuple[bool, bool, bool]:
    """Whether anything is lost, duplicated, torn."""
    return found.lost > 0, found.duplicated > 0, found.torn > 0


def test_what_is_whole_is_found_whole(tmp_path: Path) -> None:
    with walked(tmp_path) as (home, _database):
        found = audit(home, tmp_path / "record")
    assert (found.lost, found.duplicated, found.torn, found.healthy) == (0, 0, 0, "ok")
    assert found.acknowledged == 3 * (1 + 4 + 3) + 1


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM learner WHERE id = (SELECT min(id) FROM learner)", (True, False, False)),
        ("DELETE FROM lesson_done WHERE lesson = 'm1.1'", (True, False, False)),
        ("UPDATE learner SET code_mac = substr(code_mac, 2)", (True, False, False)),
        ("DELETE FROM sitting WHERE wave = 'after'", (True, False, True)),
        ("UPDATE sitting SET answers = '1:!,!' WHERE answers LIKE '1:_,_'", (True, False, True)),
        ("UPDATE open_answer SET text = 'x'", (True, False, True)),
        ("DELETE FROM pair", (False, False, True)),
        ("UPDATE pair SET after = after + 1", (False, False, True)),
        (
            "INSERT INTO learner (id, code_mac, start_key, made_on)"
            " VALUES ('x', 'y', 'z', '2026-11-21')",
            (False, True, False),
        ),
        (
            "INSERT INTO journey SELECT 'x', learner_id, 9, NULL, tag, modules,"
            " consent_release_id, started_on FROM journey LIMIT 1",
            (False, True, False),
        ),
    ],
)  # fmt: skip
def test_every_kind_of_damage_is_found(
    tmp_path: Path, statement: str, expected: tuple[bool, bool, bool]
) -> None:
    with walked(tmp_path) as (home, database):
        with database.engine.connect() as connection, connection.begin():
            connection.execute(text(statement))
        assert figures(audit(home, tmp_path / "record")) == expected


def test_a_form_that_was_sent_but_not_acknowledged_may_be_there_or_not(tmp_path: Path) -> None:
    with walked(tmp_path) as (home, _database):
        lines = (tmp_path / "record").read_text().splitlines(keepends=True)
        kept = [line for line in lines if '"kept"' not in line]
        (tmp_path / "record").write_text("".join(kept))
        found = audit(home, tmp_path / "record")
    assert (found.acknowledged, *figures(found)) == (0, False, False, False)
