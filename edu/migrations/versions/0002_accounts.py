"""accounts: roles, the second step, links, the trail; and what keeps guessing slow."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


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
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "audience IN ('staff', 'everybody')", name=op.f("ck_announcement_audience")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_table(
        "attempt_count",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt_count")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('under way', 'done', 'failed')", name=op.f("ck_job_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_table(
        "server_choice",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_server_choice")),
    )


def _organisations() -> None:
    op.add_column("organisation", sa.Column("closed_on", sa.Date(), nullable=True))
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_programme_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint(
            "organisation_id", "name", name=op.f("uq_programme_organisation_id_name")
        ),
    )
    op.create_index(op.f("ix_programme_organisation_id"), "programme", ["organisation_id"])
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
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('keeper', 'administrator', 'trainer', 'translator', 'reviewer', "
            "'publisher', 'evaluator', 'authority')",
            name=op.f("ck_role_grant_role"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_role_grant_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_role_grant_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_role_grant_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_member_id"), "role_grant", ["member_id"])
    op.create_index(op.f("ix_role_grant_organisation_id"), "role_grant", ["organisation_id"])
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
    op.create_table(
        "first_step",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_first_step_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_first_step")),
    )
    op.create_index(op.f("ix_first_step_member_id"), "first_step", ["member_id"])
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_recovery_code_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_member_id"), "recovery_code", ["member_id"])
    op.create_table(
        "reset_link",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_reset_link_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_reset_link")),
    )
    op.create_index(op.f("ix_reset_link_member_id"), "reset_link", ["member_id"])
    op.create_table(
        "invitation",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "role IN ('keeper', 'administrator', 'trainer', 'translator', 'reviewer', "
            "'publisher', 'evaluator', 'authority')",
            name=op.f("ck_invitation_role"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["member.id"], name=op.f("fk_invitation_made_by_id_member")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_invitation_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitation")),
        sa.UniqueConstraint("number", name=op.f("uq_invitation_number")),
    )
    op.create_index(op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"])


def _sessions() -> None:
    op.create_table(
        "staff_session",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("boot", sa.String(), nullable=False),
        sa.Column("made_second", sa.Integer(), nullable=False),
        sa.Column("seen_second", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_staff_session_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_staff_session_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("number", name=op.f("uq_staff_session_number")),
    )
    op.create_index(op.f("ix_staff_session_member_id"), "staff_session", ["member_id"])


def _trail() -> None:
    """The trail is written once. Only what is older than three years may be deleted."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("by_login", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("object_kind", sa.String(), nullable=False),
        sa.Column("object_name", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_audit_entry_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"])
    op.create_index(op.f("ix_audit_entry_organisation_id"), "audit_entry", ["organisation_id"])
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
    op.create_table(
        "staff_session",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_staff_session_member_id_member"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_member_id"), "staff_session", ["member_id"])
