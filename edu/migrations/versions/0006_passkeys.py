"""passkeys: public keys of members' devices, and what the devices are asked to sign."""

import sqlalchemy as sa
from alembic import op

from edu.migrations import make

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make.table(
        "passkey",
        *make.texts("credential"),
        *make.numbers("member_id"),
        *make.texts("number"),
        *make.blobs("public_key"),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        *make.texts("transports", "name"),
        *make.days("made_on"),
        *make.days("used_on", "stopped_on", empty=True),
        key=("credential",),
        links=(make.part_of("member_id", "member"),),
        unique=(("number",),),
        indexed=("member_id",),
    )
    make.table(
        "passkey_challenge",
        *make.texts("digest"),
        *make.blobs("challenge"),
        *make.texts("purpose"),
        *make.numbers("member_id", empty=True),
        *make.moments("ends_at"),
        key=("digest",),
        choices={"purpose": ("sign in", "second step", "add")},
        links=(make.part_of("member_id", "member"),),
        indexed=("member_id",),
    )


def downgrade() -> None:
    """Back to passwords and second steps alone; whoever has a passkey has one of those too."""
    op.drop_table("passkey_challenge")
    op.drop_table("passkey")
