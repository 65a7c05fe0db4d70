"""media: pictures and films that partners bring for a lesson."""

from alembic import op

from edu.migrations import make

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BEFORE = ("adapt", "replace", "add", "omit", "reorder")
_OPERATIONS = (*_BEFORE, "picture", "film")


def upgrade() -> None:
    make.table(
        "medium",
        *make.numbers("id"),
        *make.texts("tag", "name", "kind", "part", "state", "failed"),
        *make.numbers("width", "height", "seconds"),
        *make.texts("licence", "credit"),
        *make.flags("people"),
        *make.texts("speaker"),
        *make.days("consent_on", "consent_ends", empty=True),
        *make.texts("consent_uses"),
        *make.flags("own_story"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        *make.days("used_on"),
        choices={"kind": ("picture", "film"), "state": ("waiting", "ready", "failed")},
        links=(make.perhaps_from("member_id", "member"),),
        unique=(("name",),),
        indexed=("tag",),
    )
    make.table(
        "medium_file",
        *make.numbers("id", "medium_id"),
        *make.texts("sort"),
        *make.numbers("piece", "size"),
        *make.blobs("body"),
        choices={"sort": ("small", "large", "still", "film", "captions", "original")},
        links=(make.part_of("medium_id", "medium"),),
        unique=(("medium_id", "sort", "piece"),),
        indexed=("medium_id",),
    )
    _operations(_OPERATIONS)


def _operations(known: tuple[str, ...]) -> None:
    name = op.f("ck_change_operation")
    with op.batch_alter_table("change") as change:
        change.drop_constraint(name, type_="check")
        change.create_check_constraint(name, f"operation IN {known}")


def downgrade() -> None:
    """The older program knows no pictures of partners: what learners met of them goes."""
    op.execute(
        "DELETE FROM revision WHERE change_id IN "
        "(SELECT id FROM change WHERE operation IN ('picture', 'film'))"
    )
    op.execute("DELETE FROM change WHERE operation IN ('picture', 'film')")
    _operations(_BEFORE)
    op.drop_table("medium_file")
    op.drop_table("medium")
