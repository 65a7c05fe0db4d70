"""Files that somebody brings in, and words in them that stand against ours."""

from edu.migrations import make


def upgrade() -> None:
    make.table(
        "incoming",
        *make.numbers("id", "edition_id", "member_id"),
        *make.texts("name", "format"),
        *make.data("parcel"),
        *make.moments("made_at"),
        links=(make.part_of("edition_id", "edition"), make.part_of("member_id", "member")),
        indexed=("edition_id", "member_id"),
    )
    make.table(
        "dispute",
        *make.numbers("id", "rendering_id"),
        *make.texts("source", "text", "change", "file"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        *make.moments("settled_at", empty=True),
        links=(make.part_of("rendering_id", "rendering"), make.perhaps_from("member_id", "member")),
        indexed=("rendering_id",),
    )
