"""accounts: roles, the second step, links, the trail; and what keeps guessing slow."""

import sqlalchemy as sa
from alembic import op

from edu.migrations import make

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ROLES = (
    "keeper",
    "administrator",
    "trainer",
    "translator",
    "reviewer",
    "publisher",
    "evaluator",
    "authority",
)


def upgrade() -> None:
    # Whoever is signed in signs in once more.
    op.drop_table("staff_session")
    _server()
    _organisations()
    _members()
    _links()
    _sessions()
    _trail()


def _server() -> None:
    make.table(
        "announcement",
        *make.numbers("id"),
        *make.texts("text", "tag", "audience"),
        *make.days("starts_on", "ends_on"),
        choices={"audience": ("staff", "everybody")},
    )
    make.table(
        "attempt_count",
        *make.texts("key"),
        *make.numbers("amount", "ends_at"),
        key=("key",),
    )
    make.table(
        "job",
        *make.numbers("id"),
        *make.texts("kind", "state"),
        *make.moments("made_at"),
        *make.moments("ended_at", empty=True),
        *make.texts("said"),
        choices={"state": ("under way", "done", "failed")},
    )
    make.table(
        "server_choice",
        *make.texts("name"),
        *make.data("value"),
        key=("name",),
    )


def _organisations() -> None:
    op.add_column("organisation", sa.Column("closed_on", sa.Date(), nullable=True))
    make.table(
        "programme",
        *make.numbers("id", "organisation_id"),
        *make.texts("name"),
        *make.days("made_on"),
        links=(make.link_to("organisation_id", "organisation"),),
        unique=(("organisation_id", "name"),),
        indexed=("organisation_id",),
    )
    with op.batch_alter_table("group") as group:
        group.add_column(sa.Column("programme_id", sa.Integer(), nullable=True))
        group.create_index(op.f("ix_group_programme_id"), ["programme_id"])
        group.create_foreign_key(
            op.f("fk_group_programme_id_programme"), "programme", ["programme_id"], ["id"]
        )


def _members() -> None:
    """Each member's one role becomes a grant; the first administrator also keeps the server."""
    op.execute("CREATE TABLE role_before AS SELECT id, organisation_id, role FROM member")
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("email", sa.String(), nullable=True))
        member.add_column(sa.Column("totp_seed", sa.String(), nullable=True))
        member.add_column(sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0"))
        member.add_column(sa.Column("subject", sa.String(), nullable=True))
        member.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        member.alter_column("password_hash", existing_type=sa.String(), nullable=True)
        member.drop_index(op.f("ix_member_organisation_id"))
        member.create_unique_constraint(op.f("uq_member_email"), ["email"])
        member.create_unique_constraint(op.f("uq_member_subject"), ["subject"])
        member.drop_constraint(op.f("fk_member_organisation_id_organisation"), type_="foreignkey")
        member.drop_constraint(op.f("ck_member_role"), type_="check")
        member.drop_column("role")
        member.drop_column("organisation_id")
    with op.batch_alter_table("member") as member:
        member.alter_column("totp_step", existing_type=sa.Integer(), server_default=None)
    make.table(
        "role_grant",
        *make.numbers("id", "member_id", "organisation_id"),
        *make.texts("role", "language"),
        *make.numbers("programme_id", empty=True),
        choices={"role": _ROLES},
        links=(
            make.part_of("member_id", "member"),
            make.link_to("organisation_id", "organisation"),
            make.link_to("programme_id", "programme"),
        ),
        indexed=("member_id", "organisation_id"),
    )
    op.execute(
        "INSERT INTO role_grant (member_id, organisation_id, role, language) "
        "SELECT id, organisation_id, role, '' FROM role_before"
    )
    op.execute(
        "INSERT INTO role_grant (member_id, organisation_id, role, language) "
        "SELECT id, organisation_id, 'keeper', '' FROM role_before "
        "WHERE id = (SELECT min(id) FROM role_before WHERE role = 'administrator')"
    )
    op.execute("DROP TABLE role_before")


def _links() -> None:
    make.table(
        "first_step",
        *make.texts("digest"),
        *make.numbers("member_id"),
        *make.moments("ends_at"),
        key=("digest",),
        links=(make.part_of("member_id", "member"),),
        indexed=("member_id",),
    )
    make.table(
        "recovery_code",
        *make.texts("digest"),
        *make.numbers("member_id"),
        key=("digest",),
        links=(make.part_of("member_id", "member"),),
        indexed=("member_id",),
    )
    make.table(
        "reset_link",
        *make.texts("digest"),
        *make.numbers("member_id"),
        *make.moments("ends_at"),
        key=("digest",),
        links=(make.part_of("member_id", "member"),),
        indexed=("member_id",),
    )
    make.table(
        "invitation",
        *make.texts("digest", "number"),
        *make.numbers("organisation_id"),
        *make.texts("role", "language"),
        *make.numbers("programme_id", empty=True),
        *make.numbers("made_by_id"),
        *make.moments("ends_at"),
        key=("digest",),
        choices={"role": _ROLES},
        links=(
            make.link_to("made_by_id", "member"),
            make.link_to("organisation_id", "organisation"),
            make.link_to("programme_id", "programme"),
        ),
        unique=(("number",),),
        indexed=("organisation_id",),
    )


def _sessions() -> None:
    make.table(
        "staff_session",
        *make.texts("digest"),
        *make.numbers("member_id", "organisation_id"),
        *make.texts("number", "device"),
        *make.moments("made_at", "seen_at"),
        *make.texts("boot"),
        *make.numbers("made_second", "seen_second"),
        key=("digest",),
        links=(
            make.part_of("member_id", "member"),
            make.link_to("organisation_id", "organisation"),
        ),
        unique=(("number",),),
        indexed=("member_id",),
    )


def _trail() -> None:
    """The trail is written once. Only what is older than three years may be deleted."""
    make.table(
        "audit_entry",
        *make.numbers("id"),
        *make.moments("at"),
        *make.numbers("organisation_id", empty=True),
        *make.texts("by_login", "deed", "object_kind", "object_name", "detail"),
        links=(make.link_to("organisation_id", "organisation"),),
        indexed=("at", "organisation_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER audit_entry_unchanged BEFORE UPDATE ON audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'the trail is not changed'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry "
            "WHEN OLD.at > datetime('now', '-3 years') "
            "BEGIN SELECT RAISE(ABORT, 'the trail is kept for three years'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'UPDATE' OR OLD.at > now() - interval '3 years' THEN "
        "RAISE EXCEPTION 'the trail is not changed, and kept for three years'; END IF; "
        "RETURN OLD; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_guard BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_guard()"
    )


def downgrade() -> None:
    """Back to one role for each member, in one organisation. Accounts that the version before
    has no role for are lost, with invitations, second steps, announcements and the trail."""
    for table in ("staff_session", "audit_entry", "invitation", "reset_link", "recovery_code"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_entry_guard")
    op.execute(
        "CREATE TABLE role_before AS SELECT member_id, min(organisation_id) AS organisation_id, "
        "min(role) AS role FROM role_grant WHERE role IN ('administrator', 'trainer') "
        "GROUP BY member_id"
    )
    for table in ("first_step", "role_grant"):
        op.drop_table(table)
    _members_before()
    with op.batch_alter_table("group") as group:
        group.drop_constraint(op.f("fk_group_programme_id_programme"), type_="foreignkey")
        group.drop_index(op.f("ix_group_programme_id"))
        group.drop_column("programme_id")
    op.drop_column("organisation", "closed_on")
    for table in ("programme", "announcement", "attempt_count", "job", "server_choice"):
        op.drop_table(table)


def _members_before() -> None:
    op.execute(
        "DELETE FROM member WHERE password_hash IS NULL OR ended_on IS NOT NULL "
        "OR id NOT IN (SELECT member_id FROM role_before)"
    )
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        member.add_column(sa.Column("role", sa.String(), nullable=True))
    op.execute(
        "UPDATE member SET "
        "organisation_id = (SELECT organisation_id FROM role_before WHERE member_id = member.id), "
        "role = (SELECT role FROM role_before WHERE member_id = member.id)"
    )
    op.drop_table("role_before")
    with op.batch_alter_table("member") as member:
        for name in ("email", "subject"):
            member.drop_constraint(op.f(f"uq_member_{name}"), type_="unique")
        for name in ("email", "totp_seed", "totp_step", "subject", "ended_on"):
            member.drop_column(name)
        member.alter_column("password_hash", existing_type=sa.String(), nullable=False)
        member.alter_column("organisation_id", existing_type=sa.Integer(), nullable=False)
        member.alter_column("role", existing_type=sa.String(), nullable=False)
        member.create_index(op.f("ix_member_organisation_id"), ["organisation_id"])
        member.create_foreign_key(
            op.f("fk_member_organisation_id_organisation"),
            "organisation",
            ["organisation_id"],
            ["id"],
        )
        member.create_check_constraint(
            op.f("ck_member_role"), "role IN ('administrator', 'trainer')"
        )
    make.table(
        "staff_session",
        *make.texts("digest"),
        *make.numbers("member_id"),
        *make.moments("ends_at"),
        key=("digest",),
        links=(make.part_of("member_id", "member"),),
        indexed=("member_id",),
    )
