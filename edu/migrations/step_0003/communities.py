"""Profiles of communities."""

from edu.migrations import make


def upgrade() -> None:
    make.table(
        "profile",
        *make.numbers("id"),
        *make.texts("tag", "shipped"),
        unique=(("tag",),),
    )
    make.table(
        "profile_entry",
        *make.numbers("id", "profile_id"),
        *make.texts("section", "slug"),
        *make.numbers("position"),
        *make.data("fields"),
        *make.texts("state"),
        *make.days("confirmed_on", empty=True),
        *make.texts("confirmed_by"),
        *make.flags("gone", "from_files"),
        *make.numbers("version"),
        *make.numbers("member_id", empty=True),
        *make.moments("saved_at", empty=True),
        choices={"state": ("draft", "agreed")},
        links=(make.perhaps_from("member_id", "member"), make.part_of("profile_id", "profile")),
        unique=(("profile_id", "section", "slug"),),
        indexed=("profile_id",),
    )
