"""carried: files made for groups to be answered without a network, and numbers that came back."""

from alembic import op

from edu.migrations import make

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make.table(
        "carried_file",
        *make.texts("id"),
        *make.numbers("group_id"),
        *make.texts("tag"),
        *make.days("made_on", "until"),
        *make.numbers("size"),
        *make.data("waves", "asked", "lessons"),
        *make.numbers("consent_release_id"),
        *make.numbers("made_by_id", empty=True),
        *make.days("stopped_on", empty=True),
        links=(
            make.part_of("group_id", "group"),
            make.link_to("consent_release_id", "release"),
            make.perhaps_from("made_by_id", "member"),
        ),
        indexed=("group_id",),
    )
    make.table(
        "carried_number",
        *make.texts("digest", "file_id"),
        key=("digest",),
        links=(make.part_of("file_id", "carried_file"),),
        indexed=("file_id",),
        unordered=True,
    )


def downgrade() -> None:
    """Answers that came in stay; files that are still out are known no more."""
    op.drop_table("carried_number")
    op.drop_table("carried_file")
