"""Advice with its reasons, approvals of research, and who has said yes to research."""

from alembic import op

from edu.migrations.make import days, flags, numbers, part_of, perhaps_from, table, texts

_OF_PROGRAMME = part_of("programme_id", "programme")
_BY = perhaps_from("member_id", "member")


def upgrade() -> None:
    table(
        "given_advice",
        *numbers("id", "programme_id"),
        *numbers("member_id", empty=True),
        *days("given_on"),
        *texts("role", "advice", "reason"),
        *flags("followed"),
        checks={"reason_where_not_followed": "followed OR reason <> ''"},
        links=[_OF_PROGRAMME, _BY],
        indexed=["programme_id"],
    )
    table(
        "research_approval",
        *numbers("id", "programme_id"),
        *numbers("member_id", empty=True),
        *texts("committee", "reference", "about"),
        *days("approved_on", "ends_on"),
        *days("stopped_on", empty=True),
        checks={"ends_after_approval": "ends_on >= approved_on"},
        links=[_OF_PROGRAMME, _BY],
        indexed=["programme_id"],
    )
    table(
        "research_yes",
        *texts("journey_id"),
        *numbers("approval_id"),
        *days("said_on"),
        key=("journey_id",),
        links=[part_of("journey_id", "journey"), part_of("approval_id", "research_approval")],
        indexed=["approval_id"],
        unordered=True,
    )


def downgrade() -> None:
    for name in ("research_yes", "research_approval", "given_advice"):
        op.drop_table(name)
