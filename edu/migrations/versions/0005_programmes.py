"""programmes: planning, sessions of groups, links between organisations, following through."""

from edu.migrations.step_0005 import (
    allies,
    following,
    governing,
    joint,
    opening,
    planning,
    sessions,
)

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    planning.upgrade()
    sessions.upgrade()
    allies.upgrade()
    following.upgrade()
    opening.upgrade()
    governing.upgrade()
    joint.upgrade()


def downgrade() -> None:
    joint.downgrade()
    governing.downgrade()
    opening.downgrade()
    following.downgrade()
    allies.downgrade()
    sessions.downgrade()
    planning.downgrade()
