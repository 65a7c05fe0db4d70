"""Bodies around a programme, channels between them, referrals, services, briefs."""

from alembic import op

from edu.migrations.make import (
    data,
    days,
    moments,
    numbers,
    part_of,
    perhaps_from,
    table,
    texts,
)

_BODIES = (
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
_PROVIDERS = (
    "helpline",
    "clinic",
    "ngo",
    "users-group",
    "faith",
    "school",
    "employer",
    "substance-use",
    "private",
    "authority",
    "support",
)
_COSTS = ("", "free", "paid")
_TABLES = (
    "ally",
    "channel",
    "referral_month",
    "district",
    "listed_service",
    "brief_draft",
    "sent_brief",
)


def upgrade() -> None:
    _bodies()
    _services()
    _briefs()


def _bodies() -> None:
    table(
        "ally",
        *numbers("id", "programme_id"),
        *texts("name", "kind", "cost"),
        choices={"kind": _BODIES, "cost": _COSTS},
        links=[part_of("programme_id", "programme")],
        unique=[("programme_id", "name")],
        indexed=["programme_id"],
    )
    table(
        "channel",
        *numbers("id", "programme_id", "from_id", "to_id"),
        *texts("purpose", "means", "from_role", "to_role"),
        *days("agreed_on"),
        *days("reviewed_on", empty=True),
        *days("next_review"),
        *days("ended_on", empty=True),
        *numbers("member_id", empty=True),
        checks={"two": "from_id <> to_id"},
        choices={"means": ("phone", "visit", "letter", "slip", "meeting")},
        links=[
            part_of("programme_id", "programme"),
            part_of("from_id", "ally"),
            part_of("to_id", "ally"),
            perhaps_from("member_id", "member"),
        ],
        indexed=["programme_id", "from_id", "to_id"],
    )
    table(
        "referral_month",
        *numbers("id", "programme_id"),
        *days("month"),
        *texts("way"),
        *numbers("sent", "arrived", "heard"),
        *numbers("member_id", empty=True),
        checks={"loop": "sent >= arrived AND arrived >= heard AND heard >= 0"},
        choices={"way": ("to_clinic", "to_community")},
        links=[part_of("programme_id", "programme"), perhaps_from("member_id", "member")],
        unique=[("programme_id", "month", "way")],
        indexed=["programme_id"],
    )


def _services() -> None:
    table(
        "district",
        *numbers("id", "programme_id"),
        *texts("name"),
        links=[part_of("programme_id", "programme")],
        unique=[("programme_id", "name")],
        indexed=["programme_id"],
    )
    table(
        "listed_service",
        *numbers("id", "programme_id"),
        *numbers("district_id", empty=True),
        *texts("name", "kind", "cost", "languages", "reached"),
        *days("confirmed_on", empty=True),
        *texts("confirmed_by"),
        *numbers("member_id", empty=True),
        choices={"kind": _PROVIDERS, "cost": _COSTS},
        links=[
            part_of("programme_id", "programme"),
            part_of("district_id", "district"),
            perhaps_from("member_id", "member"),
        ],
        indexed=["programme_id", "district_id"],
    )


def _briefs() -> None:
    table(
        "brief_draft",
        *numbers("programme_id"),
        *data("asks"),
        *numbers("version"),
        *numbers("member_id", empty=True),
        *moments("saved_at", empty=True),
        key=("programme_id",),
        links=[part_of("programme_id", "programme"), perhaps_from("member_id", "member")],
    )
    table(
        "sent_brief",
        *numbers("id", "programme_id"),
        *texts("body"),
        *days("sent_on"),
        *data("content"),
        *texts("digest"),
        *numbers("member_id", empty=True),
        links=[part_of("programme_id", "programme"), perhaps_from("member_id", "member")],
        indexed=["programme_id"],
    )


def downgrade() -> None:
    for name in reversed(_TABLES):
        op.drop_table(name)
