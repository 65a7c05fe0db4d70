"""upset: whether anything in a course upset somebody, asked once and counted."""

from alembic import op

from edu.migrations import make

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make.table(
        "upset",
        *make.texts("journey_id", "answer"),
        *make.flags("counted"),
        key=("journey_id",),
        choices={"answer": ("yes", "no", "unsaid")},
        links=(make.part_of("journey_id", "journey"),),
        unordered=True,
    )
    make.table(
        "upset_tally",
        *make.numbers("group_id", "people", "upset"),
        key=("group_id",),
        links=(make.part_of("group_id", "group"),),
    )


def downgrade() -> None:
    """What was said is lost."""
    op.drop_table("upset_tally")
    op.drop_table("upset")
