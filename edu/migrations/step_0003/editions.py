"""What an edition says now, and what it said in its last release, stand side by side."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations


def upgrade() -> None:
    _rendering()
    _change()
    _release()
    # The files are read anew at the next start, which fills in what was released.
    op.execute("UPDATE edition SET shipped = ''")
    op.execute(
        "UPDATE rendering SET released_text = text, released_state = state, "
        "released_change = change WHERE state <> 'stale'"
    )
    _without_any_defaults()


def _rendering() -> None:
    with op.batch_alter_table("rendering") as rendering:
        for name in ("follows", "base_tag", "base_text", "taken_text"):
            rendering.add_column(_text(name))
        for name in ("released_text", "released_state", "released_change"):
            rendering.add_column(_text(name))
        rendering.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        _who(rendering, "rendering")


def _change() -> None:
    with op.batch_alter_table("change") as change:
        change.add_column(sa.Column("reasons", sa.JSON(), nullable=False, server_default="{}"))
        change.add_column(
            sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        change.add_column(sa.Column("released", sa.JSON(none_as_null=True), nullable=True))
        change.add_column(
            sa.Column("from_files", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        change.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        change.add_column(_text("taken_text"))
        _who(change, "change")


def _release() -> None:
    with op.batch_alter_table("release") as release:
        release.add_column(sa.Column("member_id", sa.Integer(), nullable=True))
        release.add_column(_text("note"))
        release.add_column(sa.Column("own", sa.JSON(), nullable=False, server_default="{}"))
        release.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        release.add_column(_text("withdrawn_why"))
        release.create_foreign_key(
            op.f("fk_release_member_id_member"),
            "member",
            ["member_id"],
            ["id"],
            ondelete="SET NULL",
        )


def _without_any_defaults() -> None:
    _without_defaults(
        "rendering",
        {
            sa.String: (
                *("follows", "base_tag", "base_text", "taken_text"),
                *("released_text", "released_state", "released_change"),
            ),
            sa.Integer: ("version",),
        },
    )
    _without_defaults(
        "change",
        {
            sa.String: ("taken_text",),
            sa.Integer: ("version",),
            sa.Boolean: ("gone", "from_files"),
            sa.JSON: ("reasons",),
        },
    )
    _without_defaults("release", {sa.String: ("note", "withdrawn_why"), sa.JSON: ("own",)})


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def _who(table: BatchOperations, name: str) -> None:
    """Who saved it and when, and where it was taken over from."""
    table.add_column(sa.Column("member_id", sa.Integer(), nullable=True))
    table.add_column(sa.Column("saved_at", sa.DateTime(), nullable=True))
    table.add_column(sa.Column("taken_from_id", sa.Integer(), nullable=True))
    table.create_foreign_key(
        op.f(f"fk_{name}_member_id_member"), "member", ["member_id"], ["id"], ondelete="SET NULL"
    )
    table.create_foreign_key(
        op.f(f"fk_{name}_taken_from_id_edition"),
        "edition",
        ["taken_from_id"],
        ["id"],
        ondelete="SET NULL",
    )


def _without_defaults(table: str, columns: dict[Any, tuple[str, ...]]) -> None:
    """The defaults were for the rows that were there; the program gives its own."""
    with op.batch_alter_table(table) as altered:
        for kind, names in columns.items():
            for name in names:
                altered.alter_column(name, existing_type=kind(), server_default=None)


def downgrade() -> None:
    """What learners meet stays; what was not released yet has no place in the older program."""
    op.execute("DELETE FROM rendering WHERE released_text = ''")
    op.execute(sa.text("DELETE FROM change WHERE gone = :yes").bindparams(yes=True))
    op.execute(
        "UPDATE rendering SET text = released_text, state = released_state, "
        "change = released_change"
    )
    with op.batch_alter_table("release") as release:
        release.drop_constraint(op.f("fk_release_member_id_member"), type_="foreignkey")
        for name in ("withdrawn_why", "withdrawn_on", "own", "note", "member_id"):
            release.drop_column(name)
    with op.batch_alter_table("change") as change:
        _without_who(change, "change")
        for name in ("taken_text", "version", "from_files", "released", "gone", "reasons"):
            change.drop_column(name)
    with op.batch_alter_table("rendering") as rendering:
        _without_who(rendering, "rendering")
        for name in (
            *("version", "released_change", "released_state", "released_text"),
            *("taken_text", "base_text", "base_tag", "follows"),
        ):
            rendering.drop_column(name)
    op.execute("UPDATE edition SET shipped = ''")


def _without_who(table: BatchOperations, name: str) -> None:
    table.drop_constraint(op.f(f"fk_{name}_taken_from_id_edition"), type_="foreignkey")
    table.drop_constraint(op.f(f"fk_{name}_member_id_member"), type_="foreignkey")
    for column in ("taken_from_id", "saved_at", "member_id"):
        table.drop_column(column)
