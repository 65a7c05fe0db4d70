"""Two groups that meet as one."""

from alembic import op

from edu.migrations.make import days, numbers, part_of, perhaps_from, table


def upgrade() -> None:
    table(
        "joint_group",
        *numbers("id", "clinical_id", "community_id"),
        *numbers("member_id", empty=True),
        *days("made_on"),
        checks={"two_groups": "clinical_id <> community_id"},
        links=[
            part_of("clinical_id", "group"),
            part_of("community_id", "group"),
            perhaps_from("member_id", "member"),
        ],
        unique=[("clinical_id",), ("community_id",)],
    )


def downgrade() -> None:
    op.drop_table("joint_group")
