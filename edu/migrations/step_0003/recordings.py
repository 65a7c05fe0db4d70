"""Texts read aloud."""

from edu.migrations import make


def upgrade() -> None:
    make.table(
        "recording",
        *make.numbers("id"),
        *make.texts("tag", "place", "words", "digest"),
        *make.numbers("seconds"),
        *make.texts("speaker"),
        *make.days("consent_on"),
        *make.days("consent_ends", empty=True),
        *make.texts("consent_uses"),
        *make.flags("own_story"),
        *make.numbers("member_id", empty=True),
        *make.moments("made_at"),
        *make.flags("released"),
        links=(make.perhaps_from("member_id", "member"),),
        indexed=("place",),
    )
    make.table(
        "sound",
        *make.numbers("id", "recording_id"),
        *make.texts("format"),
        *make.blobs("body"),
        choices={"format": ("opus", "mp3")},
        links=(make.part_of("recording_id", "recording"),),
        unique=(("recording_id", "format"),),
    )
