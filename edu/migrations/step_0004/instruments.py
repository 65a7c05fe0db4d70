"""Instruments that partners built, and wording that they hold a licence for."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "licence_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("shell", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("key", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("key_by", sa.String(), nullable=False),
        sa.Column("key_on", sa.Date(), nullable=True),
        *_of_an_organisation("licence_claim"),
    )
    op.create_table(
        "licensed_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("shell", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        *_of_an_organisation("licensed_wording"),
        sa.UniqueConstraint(
            "organisation_id",
            "shell",
            "tag",
            name=op.f("uq_licensed_wording_organisation_id_shell_tag"),
        ),
    )
    op.create_table(
        "built_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        *_of_an_organisation("built_form"),
        sa.UniqueConstraint("instrument", "version", name=op.f("uq_built_form_instrument_version")),
    )
    for table in _TABLES:
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


_TABLES = ("licence_claim", "licensed_wording", "built_form")


def _of_an_organisation(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{table}_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
