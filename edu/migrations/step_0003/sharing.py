"""What partners offer each other, and who follows whom."""

from edu.migrations import make


def upgrade() -> None:
    make.table(
        "share",
        *make.numbers("id", "edition_id", "organisation_id"),
        *make.texts("licence", "note"),
        *make.moments("made_at"),
        *make.moments("ended_at", empty=True),
        links=(
            make.part_of("edition_id", "edition"),
            make.link_to("organisation_id", "organisation"),
        ),
        unique=(("edition_id",),),
    )
    make.table(
        "following",
        *make.numbers("id", "edition_id", "from_id"),
        *make.texts("credit", "licence"),
        *make.moments("made_at"),
        *make.moments("left_at", empty=True),
        links=(make.part_of("edition_id", "edition"), make.part_of("from_id", "edition")),
        unique=(("edition_id", "from_id"),),
        indexed=("from_id",),
    )
