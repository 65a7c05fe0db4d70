"""Databases of the versions before: what was in them is there after an upgrade, and back."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from edu.database import make_engine, rebuilding
from edu.schema import MIGRATIONS, migrate

#: What an organisation with a group had in the first version, as it would be written by hand.
_FIRST_VERSION = (
    "INSERT INTO organisation (id, name) VALUES (1, 'Bridge Society'), (2, 'Other House')",
    "INSERT INTO member (id, organisation_id, login, password_hash, role) VALUES "
    "(1, 1, 'ruth', 'hash of ruth', 'administrator'), (2, 1, 'tendai', 'hash', 'trainer'), "
    "(3, 2, 'lindiwe', 'hash', 'administrator')",
    "INSERT INTO staff_session (digest, member_id, ends_at) VALUES ('d', 1, '2026-11-21 12:00:00')",
    'INSERT INTO "group" (id, organisation_id, name, place, tags, modules, join_code, '
    "open_question, made_on) VALUES "
    "(1, 1, 'Tuesday', '', '[\"en\"]', '[\"m1\"]', 'ABCDEFGH', false, '2026-11-01')",
    "INSERT INTO learner (id, code_mac, start_key, group_id, made_on) VALUES "
    "('l1', 'mac', 'key', 1, '2026-11-02')",
)

#: Further groups as they stood before groups were opened: somebody has begun in the first one.
_BEFORE_OPENING = (
    'INSERT INTO "group" (id, organisation_id, name, place, tags, modules, join_code, '
    "open_question, made_on, instruments, arm, allocation, later_weeks, window_weeks, "
    "looking_back, linking, elements, elements_needed) VALUES "
    "(2, 1, 'Friday', '', '[]', '[]', 'BCDEFGHJ', false, '2026-11-03', '[]', 'intervention', "
    "'otherwise', '[12]', 4, false, 'card', '[]', 0)",
    "INSERT INTO release (id, tag, module, number, digest, state, payload, made_at, own, note, "
    "withdrawn_why) VALUES "
    "(1, 'en', 'pages', 1, 'd', 'original', '{}', '2026-11-01 12:00:00', '{}', '', '')",
    "INSERT INTO journey (id, learner_id, number, group_id, tag, modules, consent_release_id, "
    "started_on) VALUES ('j1', 'l1', 1, 1, 'en', '[\"m1\"]', 1, '2026-11-02')",
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = make_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def old(engine: Engine) -> Engine:
    """A database of the first version with people in it."""
    migrate(engine, "0001")
    with engine.begin() as connection:
        for statement in _FIRST_VERSION:
            connection.execute(text(statement))
    return engine


def rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]


def test_everybody_keeps_her_role_and_the_first_administrator_keeps_the_server(old: Engine) -> None:
    migrate(old)
    with old.connect() as connection:
        assert rows(
            connection,
            "SELECT login, role_grant.organisation_id, role, language, programme_id "
            "FROM role_grant JOIN member ON member.id = member_id ORDER BY login, role",
        ) == [
            ("lindiwe", 2, "administrator", "", None),
            ("ruth", 1, "administrator", "", None),
            ("ruth", 1, "keeper", "", None),
            ("tendai", 1, "trainer", "", None),
        ]
        assert rows(connection, "SELECT login, password_hash FROM member WHERE id = 1") == [
            ("ruth", "hash of ruth")
        ]


def test_groups_and_learners_are_as_they_were(old: Engine) -> None:
    migrate(old)
    with old.connect() as connection:
        found = rows(
            connection,
            'SELECT name, join_code, programme_id, code_mac FROM "group" '
            'JOIN learner ON learner.group_id = "group".id',
        )
    assert found == [("Tuesday", "ABCDEFGH", None, "mac")]


def test_everybody_signs_in_once_more_after_the_upgrade(old: Engine) -> None:
    migrate(old)
    with old.connect() as connection:
        assert rows(connection, "SELECT digest FROM staff_session") == []


def test_the_way_back_keeps_accounts_groups_and_learners(old: Engine) -> None:
    migrate(old)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with rebuilding(old) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    with old.connect() as connection:
        assert rows(
            connection, "SELECT login, organisation_id, role FROM member ORDER BY login"
        ) == [
            ("lindiwe", 2, "administrator"),
            ("ruth", 1, "administrator"),
            ("tendai", 1, "trainer"),
        ]
        assert rows(connection, 'SELECT name FROM "group"') == [("Tuesday",)]
        assert rows(connection, "SELECT id, group_id FROM learner") == [("l1", 1)]


def test_groups_in_which_somebody_has_begun_stay_open_and_others_wait(old: Engine) -> None:
    migrate(old, "0004")
    with old.begin() as connection:
        for statement in _BEFORE_OPENING:
            connection.execute(text(statement))
    migrate(old)
    with old.connect() as connection:
        found = rows(connection, 'SELECT name, opened_on = made_on FROM "group" ORDER BY id')
    assert found == [("Tuesday", 1), ("Friday", None)]
