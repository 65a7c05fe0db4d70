"""Dates of groups, lots, boosters, actions, planned reach, observed sessions."""

from alembic import op

from edu.migrations.make import data, days, numbers, part_of, perhaps_from, table, texts

_ROLES = (
    "",
    "lay",
    "lived-experience",
    "family",
    "health-worker",
    "faith-leader",
    "teacher",
    "employer",
    "trainer",
    "official",
    "other",
)
_KINDS = (
    "ngo",
    "clinic",
    "authority",
    "users-group",
    "faith",
    "school",
    "employer",
    "substance-use",
    "private",
)


def upgrade() -> None:
    _groups()
    _programmes()


def _groups() -> None:
    table(
        "lot_draw",
        *numbers("id", "programme_id"),
        *days("drawn_on"),
        *texts("seed"),
        *data("names", "first"),
        *numbers("member_id", empty=True),
        links=(part_of("programme_id", "programme"), perhaps_from("member_id", "member")),
        indexed=("programme_id",),
    )
    table(
        "group_course",
        *numbers("group_id"),
        *texts("track", "role"),
        *days("first_day", empty=True),
        *numbers("rhythm_days", "meetings"),
        *numbers("draw_id", empty=True),
        key=("group_id",),
        checks={"rhythm": "rhythm_days BETWEEN 1 AND 60", "meetings": "meetings BETWEEN 1 AND 40"},
        choices={"role": _ROLES},
        links=(part_of("group_id", "group"), perhaps_from("draw_id", "lot_draw")),
    )
    table(
        "booster_done",
        *numbers("group_id", "weeks"),
        *days("done_on"),
        key=("group_id", "weeks"),
        links=(part_of("group_id", "group"),),
    )
    table(
        "observed_session",
        *numbers("id", "group_id"),
        *days("day"),
        *numbers("trainer_id", empty=True),
        *texts("observer_role"),
        *data("skills"),
        *texts("strength", "next_step"),
        links=(part_of("group_id", "group"), perhaps_from("trainer_id", "member")),
        indexed=("group_id",),
    )


def _programmes() -> None:
    table(
        "programme_action",
        *numbers("id", "programme_id"),
        *numbers("group_id", empty=True),
        *texts("what", "owner", "owner_kind", "owner_role"),
        *days("due_on"),
        *texts("state", "happened", "obstacle"),
        *days("reported_on", empty=True),
        *days("made_on"),
        checks={"reported": "(reported_on IS NULL) = (happened = '')"},
        choices={"owner_kind": _KINDS, "state": ("open", "done", "dropped")},
        links=(part_of("programme_id", "programme"), perhaps_from("group_id", "group")),
        indexed=("programme_id",),
    )
    table(
        "planned_reach",
        *numbers("programme_id"),
        *texts("dimension", "cell"),
        *numbers("people"),
        key=("programme_id", "dimension", "cell"),
        checks={"people": "people > 0"},
        choices={"dimension": ("place", "language", "role", "mode")},
        links=(part_of("programme_id", "programme"),),
    )


def downgrade() -> None:
    for name in (
        "planned_reach",
        "programme_action",
        "observed_session",
        "booster_done",
        "group_course",
        "lot_draw",
    ):
        op.drop_table(name)
