"""sent forms: what a form of staff makes is made once, however often it is sent."""

from alembic import op

from edu.migrations import make

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make.table(
        "sent_form",
        *make.texts("digest", "led_to"),
        *make.days("sent_on"),
        key=("digest",),
        unordered=True,
    )


def downgrade() -> None:
    """What was made stays; only pages that are still open may make it again."""
    op.drop_table("sent_form")
