"""measuring: built instruments and licensed wording, waves and linking, plans and reports."""

from edu.migrations.step_0004 import instruments, reports, sittings

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instruments.upgrade()
    sittings.upgrade()
    reports.upgrade()


def downgrade() -> None:
    reports.downgrade()
    sittings.downgrade()
    instruments.downgrade()
