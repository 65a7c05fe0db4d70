"""What reviewers, communities and try-outs say of a text."""

from edu.migrations import make


def upgrade() -> None:
    make.table(
        "signature",
        *make.numbers("id", "edition_id"),
        *make.texts("part", "reader", "digest"),
        *make.data("words"),
        *make.texts("pseudonym", "remark"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        choices={"reader": ("native", "lived", "health")},
        links=(make.part_of("edition_id", "edition"), make.perhaps_from("member_id", "member")),
        unique=(("edition_id", "part", "reader", "digest"),),
    )
    make.table(
        "review_waiver",
        *make.numbers("id"),
        *make.texts("tag"),
        *make.data("readers"),
        *make.texts("why"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        *make.moments("ended_at", empty=True),
        links=(make.perhaps_from("member_id", "member"),),
    )
    make.table(
        "back_translation",
        *make.numbers("id", "rendering_id"),
        *make.texts("text", "words"),
        *make.flags("blind"),
        *make.texts("pseudonym", "resolved"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        links=(make.perhaps_from("member_id", "member"), make.part_of("rendering_id", "rendering")),
        indexed=("rendering_id",),
    )
    make.table(
        "try_out",
        *make.numbers("id", "edition_id"),
        *make.texts("part", "digest", "way"),
        *make.numbers("readers"),
        *make.days("held_on"),
        *make.texts("understood", "changed"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        checks={"readers": "readers > 0"},
        choices={"way": ("reading", "interviews", "committee")},
        links=(make.part_of("edition_id", "edition"), make.perhaps_from("member_id", "member")),
        indexed=("edition_id",),
    )
    make.table(
        "review_link",
        *make.numbers("id", "edition_id"),
        *make.texts("part", "digest"),
        *make.data("payload"),
        *make.texts("note"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at", "ends_at"),
        *make.moments("closed_at", empty=True),
        links=(make.part_of("edition_id", "edition"), make.perhaps_from("member_id", "member")),
        unique=(("digest",),),
        indexed=("edition_id",),
    )
    make.table(
        "judgement",
        *make.numbers("id", "link_id"),
        *make.texts("sending"),
        *make.numbers("block"),
        *make.texts("understandable", "acceptable", "relevant", "complete", "comment"),
        *make.days("made_on"),
        choices=dict.fromkeys(
            ("acceptable", "complete", "relevant", "understandable"), ("", "yes", "no", "doubt")
        ),
        links=(make.part_of("link_id", "review_link"),),
        unique=(("link_id", "sending", "block"),),
        indexed=("link_id",),
    )
