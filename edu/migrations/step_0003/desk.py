"""What lies on a translator's desk: the memory, history, unsaved words, remarks."""

from edu.migrations import make


def upgrade() -> None:
    make.table(
        "memory_unit",
        *make.numbers("rendering_id"),
        *make.texts("tag", "context", "source", "digest"),
        *make.numbers("words"),
        *make.texts("text", "state"),
        key=("rendering_id",),
        links=(make.part_of("rendering_id", "rendering"),),
        indexed=("digest", "tag"),
    )
    make.table(
        "memory_word",
        *make.texts("word", "tag"),
        *make.numbers("unit_id"),
        key=("word", "tag", "unit_id"),
        links=(make.part_of("unit_id", "memory_unit.rendering_id"),),
        indexed=("unit_id",),
    )
    make.table(
        "revision",
        *make.numbers("id"),
        *make.numbers("rendering_id", "change_id", empty=True),
        *make.texts("source", "text", "state", "change", "deed"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        choices={
            "deed": (
                "saved",
                "restored",
                "emptied",
                "carried",
                "still right",
                "imported",
                "taken over",
                "signed",
            )
        },
        links=(
            make.part_of("change_id", "change"),
            make.perhaps_from("member_id", "member"),
            make.part_of("rendering_id", "rendering"),
        ),
        indexed=("change_id", "rendering_id"),
    )
    make.table(
        "unsaved_text",
        *make.numbers("id", "member_id", "rendering_id"),
        *make.texts("text"),
        *make.numbers("version"),
        *make.moments("made_at"),
        links=(make.part_of("member_id", "member"), make.part_of("rendering_id", "rendering")),
        unique=(("member_id", "rendering_id"),),
        indexed=("rendering_id",),
    )
    make.table(
        "claim",
        *make.numbers("rendering_id", "member_id"),
        *make.moments("ends_at"),
        key=("rendering_id",),
        links=(make.part_of("member_id", "member"), make.part_of("rendering_id", "rendering")),
        indexed=("member_id",),
    )
    make.table(
        "remark",
        *make.numbers("id", "rendering_id"),
        *make.texts("text"),
        *make.flags("pinned"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        *make.moments("resolved_at", empty=True),
        links=(make.perhaps_from("member_id", "member"), make.part_of("rendering_id", "rendering")),
        indexed=("rendering_id",),
    )
    make.table(
        "dismissal",
        *make.numbers("id", "rendering_id"),
        *make.texts("check_id", "text", "why"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        links=(make.perhaps_from("member_id", "member"), make.part_of("rendering_id", "rendering")),
        unique=(("rendering_id", "check_id"),),
    )
