"""the translators' desk: history, remarks, review, recordings, profiles of communities."""

from alembic import op

from edu.migrations.step_0003 import (
    communities,
    desk,
    editions,
    exchange,
    recordings,
    reviewing,
    sharing,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    editions.upgrade()
    desk.upgrade()
    reviewing.upgrade()
    sharing.upgrade()
    communities.upgrade()
    recordings.upgrade()
    exchange.upgrade()


def downgrade() -> None:
    for table in (
        "dispute",
        "incoming",
        "sound",
        "recording",
        "profile_entry",
        "profile",
        "following",
        "share",
        "judgement",
        "review_link",
        "try_out",
        "back_translation",
        "review_waiver",
        "signature",
        "dismissal",
        "remark",
        "claim",
        "unsaved_text",
        "revision",
        "memory_word",
        "memory_unit",
    ):
        op.drop_table(table)
    editions.downgrade()
