"""Waves, arms, linking, paper."""

import sqlalchemy as sa
from alembic import op

_ON_GROUP = (
    "instruments",
    "arm",
    "allocation",
    "from_day",
    "later_weeks",
    "window_weeks",
    "looking_back",
    "linking",
    "elements",
    "elements_needed",
    "linking_ends_on",
)


def upgrade() -> None:
    _plans()
    # Not by rebuilding: the table of sittings has neither row numbers nor anything to lose.
    op.add_column("sitting", sa.Column("mode", sa.String(), nullable=False, server_default="web"))
    _linking()
    _paper()


def _plans() -> None:
    with op.batch_alter_table("group") as group:
        for name, default in (
            ("arm", "intervention"),
            ("allocation", "otherwise"),
            ("linking", "card"),
        ):
            group.add_column(sa.Column(name, sa.String(), nullable=False, server_default=default))
        for name, default in (("instruments", "[]"), ("later_weeks", "[12]"), ("elements", "[]")):
            group.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=default))
        for name, default in (("window_weeks", "4"), ("elements_needed", "0")):
            group.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=default))
        group.add_column(
            sa.Column("looking_back", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        for name in ("from_day", "linking_ends_on"):
            group.add_column(sa.Column(name, sa.Date(), nullable=True))
    # The defaults were for the groups that were there; the program gives its own.
    with op.batch_alter_table("group") as group:
        for name in ("arm", "allocation", "linking"):
            group.alter_column(name, existing_type=sa.String(), server_default=None)
        for name in ("instruments", "later_weeks", "elements"):
            group.alter_column(name, existing_type=sa.JSON(), server_default=None)
        for name in ("window_weeks", "elements_needed"):
            group.alter_column(name, existing_type=sa.Integer(), server_default=None)
        group.alter_column("looking_back", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "group_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("became", sa.String(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        _of("group_change", "group_id", "group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_change")),
    )
    op.create_index(op.f("ix_group_change_group_id"), "group_change", ["group_id"])


def _of(table: str, column: str, parent: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"), ondelete=ondelete
    )


def _linking() -> None:
    op.create_table(
        "link_key",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        _of("link_key", "group_id", "group"),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_link_key")),
    )
    op.create_table(
        "link_evidence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("journey_id", sa.String(), nullable=False),
        sa.Column("wave", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        _of("link_evidence", "group_id", "group"),
        _of("link_evidence", "journey_id", "journey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_evidence")),
        sa.UniqueConstraint("journey_id", "wave", name=op.f("uq_link_evidence_journey_id_wave")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_link_evidence_group_id"), "link_evidence", ["group_id"])
    op.create_table(
        "link_element",
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("mac", sa.String(), nullable=False),
        _of("link_element", "evidence_id", "link_evidence"),
        sa.PrimaryKeyConstraint("evidence_id", "element", name=op.f("pk_link_element")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_ruling",
        sa.Column("one_id", sa.String(), nullable=False),
        sa.Column("other_id", sa.String(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        _of("link_ruling", "one_id", "link_evidence"),
        _of("link_ruling", "other_id", "link_evidence"),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_link_ruling")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("destroyed_on", sa.Date(), nullable=False),
        sa.Column("digests", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Integer(), nullable=False),
        sa.Column("unmatched", sa.Integer(), nullable=False),
        _of("link_certificate", "group_id", "group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_certificate")),
    )
    op.create_index(op.f("ix_link_certificate_group_id"), "link_certificate", ["group_id"])


def _paper() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("wave", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("typed_on", sa.Date(), nullable=False),
        sa.Column("first_by_id", sa.Integer(), nullable=True),
        sa.Column("second_by_id", sa.Integer(), nullable=True),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        _of("paper_sheet", "group_id", "group"),
        _of("paper_sheet", "first_by_id", "member", "SET NULL"),
        _of("paper_sheet", "second_by_id", "member", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("form_key", name=op.f("uq_paper_sheet_form_key")),
    )
    op.create_index(op.f("ix_paper_sheet_group_id"), "paper_sheet", ["group_id"])
    op.create_table(
        "paper_row",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("journey_id", sa.String(), nullable=False),
        sa.Column("unsettled", sa.JSON(), nullable=False),
        _of("paper_row", "sheet_id", "paper_sheet"),
        _of("paper_row", "journey_id", "journey"),
        sa.PrimaryKeyConstraint("sheet_id", "number", name=op.f("pk_paper_row")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_paper_row_journey_id"), "paper_row", ["journey_id"])


def downgrade() -> None:
    for table in (
        "paper_row",
        "paper_sheet",
        "link_certificate",
        "link_ruling",
        "link_element",
        "link_evidence",
        "link_key",
        "group_change",
    ):
        op.drop_table(table)
    op.drop_column("sitting", "mode")
    with op.batch_alter_table("group") as group:
        for name in reversed(_ON_GROUP):
            group.drop_column(name)
