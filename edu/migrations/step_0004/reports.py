"""Batches of people in reports, plans of programmes, reports for evaluators, notes and themes."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    _batches()
    _count_the_old()
    _evaluation()
    _voices()


def downgrade() -> None:
    for table in (
        *("answer_theme", "note_theme", "theme", "field_note"),
        *("programme_report", "plan_deviation", "evaluation_plan"),
        *("report_member", "report_batch"),
    ):
        op.drop_table(table)


def _batches() -> None:
    op.create_table(
        "report_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("instrument_version_id", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("wave", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "part IN ('clean', 'draft', 'mixed')", name=op.f("ck_report_batch_part")
        ),
        _points_to("report_batch", "group_id", "group", "CASCADE"),
        _points_to("report_batch", "programme_id", "programme", "CASCADE"),
        _points_to("report_batch", "instrument_version_id", "instrument_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_batch")),
    )
    for column in ("group_id", "programme_id"):
        op.create_index(op.f(f"ix_report_batch_{column}"), "report_batch", [column])
    op.create_table(
        "report_member",
        sa.Column("journey_id", sa.String(), nullable=False),
        sa.Column("instrument_version_id", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("wave", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        _points_to("report_member", "journey_id", "journey", "CASCADE"),
        _points_to("report_member", "instrument_version_id", "instrument_version"),
        _points_to("report_member", "batch_id", "report_batch", "CASCADE"),
        sa.PrimaryKeyConstraint(
            "journey_id", "instrument_version_id", "scale", "wave", name=op.f("pk_report_member")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_report_member_batch_id"), "report_member", ["batch_id"])


def _evaluation() -> None:
    op.create_table(
        "evaluation_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(frozen_on IS NULL) = (digest = '')",
            name=op.f("ck_evaluation_plan_frozen_with_digest"),
        ),
        _points_to("evaluation_plan", "programme_id", "programme", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_plan")),
    )
    op.create_index(op.f("ix_evaluation_plan_programme_id"), "evaluation_plan", ["programme_id"])
    op.create_table(
        "plan_deviation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        _points_to("plan_deviation", "plan_id", "evaluation_plan", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_deviation")),
    )
    op.create_index(op.f("ix_plan_deviation_plan_id"), "plan_deviation", ["plan_id"])
    op.create_table(
        "programme_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("batches", sa.JSON(), nullable=False),
        sa.Column("data_hash", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'done', 'failed')", name=op.f("ck_programme_report_state")
        ),
        _points_to("programme_report", "programme_id", "programme", "CASCADE"),
        _points_to("programme_report", "plan_id", "evaluation_plan", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_report")),
    )
    op.create_index(op.f("ix_programme_report_programme_id"), "programme_report", ["programme_id"])


def _voices() -> None:
    op.create_table(
        "field_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('interview', 'group', 'workshop')", name=op.f("ck_field_note_kind")
        ),
        sa.CheckConstraint("consented", name=op.f("ck_field_note_consented")),
        _points_to("field_note", "programme_id", "programme", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_note")),
    )
    op.create_index(op.f("ix_field_note_programme_id"), "field_note", ["programme_id"])
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("example", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        _points_to("theme", "programme_id", "programme", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_theme_programme_id_name")),
    )
    op.create_table(
        "note_theme",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        _points_to("note_theme", "note_id", "field_note", "CASCADE"),
        _points_to("note_theme", "theme_id", "theme", "CASCADE"),
        sa.PrimaryKeyConstraint("note_id", "theme_id", name=op.f("pk_note_theme")),
    )
    op.create_table(
        "answer_theme",
        sa.Column("sitting_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id", "item"],
            ["open_answer.sitting_id", "open_answer.item"],
            name=op.f("fk_answer_theme_sitting_id_item_open_answer"),
            ondelete="CASCADE",
        ),
        _points_to("answer_theme", "theme_id", "theme", "CASCADE"),
        sa.PrimaryKeyConstraint("sitting_id", "item", "theme_id", name=op.f("pk_answer_theme")),
        sqlite_with_rowid=False,
    )


def _points_to(table: str, column: str, to: str, ondelete: str | None = None) -> Any:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _count_the_old() -> None:
    """Whoever could be in a report that was shown before is taken to be in it. Those few who are
    not will not be counted; to count anybody twice would tell on somebody."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT group_id, wave, everybody, made_on FROM report_snapshot WHERE id IN "
            "(SELECT max(id) FROM report_snapshot GROUP BY group_id, wave)"
        )
    ).all()
    for group, wave, everybody, made_on in rows:
        entries = json.loads(everybody) if isinstance(everybody, str) else everybody
        for entry in entries:
            _count_one(connection, group, wave, entry, made_on)


def _count_one(
    connection: sa.Connection, group: int, wave: str, entry: dict[str, Any], made_on: Any
) -> None:
    pairs = connection.execute(
        sa.text(
            "SELECT pair.journey_id, pair.instrument_version_id, pair.draft, pair.before, "
            "pair.after FROM pair JOIN instrument_version AS v ON v.id = "
            "pair.instrument_version_id WHERE pair.group_id = :group AND pair.wave = :wave "
            "AND pair.scale = :scale AND v.instrument = :instrument AND v.version = :version"
        ),
        {
            "group": group,
            "wave": wave,
            "scale": entry["scale"],
            "instrument": entry["instrument"],
            "version": entry["version"],
        },
    ).all()
    exact = len(pairs) == entry["sums"]["n"]
    for part, people in (
        ("clean", [each for each in pairs if not each[2]]),
        ("draft", [each for each in pairs if each[2]]),
    ):
        if people:
            scores = sorted((each[0], each[3], each[4]) for each in people)
            digest = hashlib.sha256(repr(scores).encode()).hexdigest() if exact else ""
            _keep(connection, group, wave, entry["scale"], part, people, digest, made_on)


def _keep(
    connection: sa.Connection,
    group: int,
    wave: str,
    scale: str,
    part: str,
    people: list[Any],
    digest: str,
    made_on: Any,
) -> None:
    version = people[0][1]
    batch = connection.execute(
        sa.text(
            "INSERT INTO report_batch (group_id, instrument_version_id, scale, wave, part, n, "
            "digest, made_on) VALUES (:group, :version, :scale, :wave, :part, :n, :digest, "
            ":made_on) RETURNING id"
        ),
        {
            "group": group,
            "version": version,
            "scale": scale,
            "wave": wave,
            "part": part,
            "n": len(people),
            "digest": digest,
            "made_on": made_on,
        },
    ).scalar_one()
    connection.execute(
        sa.text(
            "INSERT INTO report_member (journey_id, instrument_version_id, scale, wave, batch_id) "
            "VALUES (:journey, :version, :scale, :wave, :batch)"
        ),
        [
            {"journey": each[0], "version": version, "scale": scale, "wave": wave, "batch": batch}
            for each in people
        ],
    )
