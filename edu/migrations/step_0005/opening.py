"""From which day people may join a group."""

import sqlalchemy as sa
from alembic import op

_GROUP = sa.table("group", *(sa.column(name) for name in ("id", "made_on", "opened_on")))
_JOURNEY = sa.table("journey", sa.column("group_id"))


def upgrade() -> None:
    op.add_column("group", sa.Column("opened_on", sa.Date(), nullable=True))
    # Where people learn already, nobody shuts a door on them.
    begun = sa.exists().where(_JOURNEY.c.group_id == _GROUP.c.id)
    op.execute(_GROUP.update().where(begun).values(opened_on=_GROUP.c.made_on))


def downgrade() -> None:
    with op.batch_alter_table("group") as group:
        group.drop_column("opened_on")
