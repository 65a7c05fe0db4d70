"""What a programme says of itself: vision, partners, steering, support, assessment, emergency."""

from alembic import op

from edu.migrations.make import data, days, flags, numbers, part_of, perhaps_from, table, texts

_SETTINGS = (
    *("village", "town", "school", "workplace", "clinic"),
    *("camp", "settlement", "hostel", "online", "other"),
)
_KINDS = (
    *("ngo", "clinic", "authority", "users-group", "faith"),
    *("school", "employer", "substance-use", "private"),
)
_OF_PROGRAMME = part_of("programme_id", "programme")


def upgrade() -> None:
    _details()
    _partners()
    table(
        "steering_seat",
        *numbers("id", "programme_id"),
        *texts("role"),
        *flags("votes", "lived_experience", "paid", "contents"),
        links=[_OF_PROGRAMME],
        indexed=["programme_id"],
    )
    _assessments()
    table(
        "emergency_period",
        *numbers("id", "programme_id"),
        *numbers("began_by", "ended_by", empty=True),
        *texts("reason"),
        *days("began_on"),
        *days("ended_on", empty=True),
        checks={"ends_after_it_began": "ended_on IS NULL OR ended_on >= began_on"},
        links=[
            _OF_PROGRAMME,
            perhaps_from("began_by", "member"),
            perhaps_from("ended_by", "member"),
        ],
        indexed=["programme_id"],
    )
    _collaborative()


def _details() -> None:
    table(
        "programme_detail",
        *numbers("programme_id", "promotion", "prevention", "care"),
        *numbers("member_id", empty=True),
        *texts("vision", "promotion_goal", "setting"),
        *days("saved_on"),
        key=("programme_id",),
        checks={
            "promotion_goal": "promotion_goal <> ''",
            "shares": "promotion >= 0 AND prevention >= 0 AND care >= 0 "
            "AND promotion + prevention + care = 100",
        },
        choices={"setting": _SETTINGS},
        links=[_OF_PROGRAMME, perhaps_from("member_id", "member")],
    )
    table(
        "support_contact",
        *numbers("programme_id"),
        *texts("role", "reached"),
        *days("checked_on"),
        key=("programme_id",),
        links=[_OF_PROGRAMME],
    )


def _partners() -> None:
    table(
        "programme_partner",
        *numbers("id", "programme_id"),
        *numbers("organisation_id", empty=True),
        *texts("name", "kind", "signed_role"),
        *days("signed_on", empty=True),
        checks={"signed_by_a_role": "(signed_on IS NULL) = (signed_role = '')"},
        choices={"kind": _KINDS},
        links=[_OF_PROGRAMME, perhaps_from("organisation_id", "organisation")],
        unique=[("programme_id", "name")],
        indexed=["programme_id"],
    )


def _assessments() -> None:
    table(
        "community_assessment",
        *numbers("id", "programme_id", "version"),
        *numbers("member_id", empty=True),
        *data("content"),
        *texts("digest"),
        *days("begun_on", "saved_on"),
        *days("frozen_on", empty=True),
        checks={"frozen_with_digest": "(frozen_on IS NULL) = (digest = '')"},
        links=[_OF_PROGRAMME, perhaps_from("member_id", "member")],
        unique=[("programme_id", "version")],
        indexed=["programme_id"],
    )


def _collaborative() -> None:
    table(
        "collaborative_part",
        *numbers("id", "programme_id"),
        *numbers("organisation_id", "joined_id", empty=True),
        *texts("name", "answer"),
        *days("invited_on"),
        *days("answered_on", empty=True),
        choices={"answer": ("invited", "joined", "declined", "left")},
        links=[
            _OF_PROGRAMME,
            perhaps_from("organisation_id", "organisation"),
            perhaps_from("joined_id", "programme"),
        ],
        unique=[("programme_id", "name")],
        indexed=["programme_id"],
    )


def downgrade() -> None:
    for name in (
        "collaborative_part",
        *("emergency_period", "community_assessment", "steering_seat"),
        *("programme_partner", "support_contact", "programme_detail"),
    ):
        op.drop_table(name)
