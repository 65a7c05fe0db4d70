"""Meetings of groups, hands that were counted, incidents, how groups learn, who has prepared."""

from alembic import op

from edu.migrations import make

_MODES = ("phones", "paper", "mixed", "round")
_KINDS = ("upset", "hostile", "disclosure", "safety", "technical", "other")


def upgrade() -> None:
    make.table(
        "group_session",
        *make.numbers("id", "group_id"),
        *make.days("day"),
        *make.numbers("minutes"),
        *make.numbers("leader_id", "second_leader_id", empty=True),
        *make.texts("led_by", "mode"),
        *make.numbers("phones", "papers", "neither"),
        *make.data("parts"),
        *make.texts("changed", "reason"),
        *make.numbers("member_id", empty=True),
        checks={
            "minutes": "minutes BETWEEN 1 AND 1440",
            "counts": "phones >= 0 AND papers >= 0 AND neither >= 0",
        },
        choices={"mode": _MODES},
        links=(
            make.part_of("group_id", "group"),
            make.perhaps_from("leader_id", "member"),
            make.perhaps_from("second_leader_id", "member"),
            make.perhaps_from("member_id", "member"),
        ),
        indexed=("group_id",),
    )
    make.table(
        "hand_count",
        *make.numbers("id", "group_id"),
        *make.days("day"),
        *make.texts("lesson", "question"),
        *make.data("options", "before", "after"),
        links=(make.part_of("group_id", "group"),),
        indexed=("group_id",),
    )
    _incidents()
    make.table(
        "group_mode",
        *make.numbers("id", "group_id"),
        *make.texts("mode"),
        *make.days("since"),
        *make.numbers("member_id", empty=True),
        choices={"mode": _MODES},
        links=(make.part_of("group_id", "group"), make.perhaps_from("member_id", "member")),
        indexed=("group_id",),
    )
    make.table(
        "preparation",
        *make.numbers("member_id"),
        *make.texts("lesson"),
        *make.days("done_on"),
        key=("member_id", "lesson"),
        links=(make.part_of("member_id", "member"),),
    )


def _incidents() -> None:
    make.table(
        "incident",
        *make.numbers("id", "group_id"),
        *make.texts("kind"),
        *make.days("day"),
        *make.texts("done"),
        *make.flags("needs_more"),
        *make.days("due_on", "closed_on", empty=True),
        *make.numbers("member_id", empty=True),
        checks={"open_or_not": "needs_more OR (due_on IS NULL AND closed_on IS NULL)"},
        choices={"kind": _KINDS},
        links=(make.part_of("group_id", "group"), make.perhaps_from("member_id", "member")),
        indexed=("group_id",),
    )


def downgrade() -> None:
    for table in ("preparation", "group_mode", "incident", "hand_count", "group_session"):
        op.drop_table(table)
