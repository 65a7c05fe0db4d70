"""What the doctor asks of the database."""

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from edu import sqlite
from edu.health import sound, words
from edu.health.case import Case
from edu.health.finding import Finding, do, fine, serious
from edu.health.reaching import unreached
from edu.learning.retention import count_old
from edu.lessons.mistakes import Message
from edu.lessons.words import N_
from edu.partners.models import Grant, Member, RecoveryCode
from edu.partners.passkey_models import Passkey
from edu.partners.roles import Role
from edu.schema import known_revisions, newest_revision, revision_of
from edu.server.choices import SecondStep, choices


def opens(case: Case) -> Finding:
    """Whether a connection can be made that keeps its promises."""
    about = "database"
    try:
        with case.database.engine.execution_options(reading=True).connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except sqlite.Unsafe as error:
        return serious(
            about,
            N_("The database keeps no promises: %(why)s"),
            N_("Do what it says, then run flask doctor again."),
            why=str(error),
        )
    except DBAPIError as error:
        kind = sqlite.kind_of(error.orig) or type(error.orig).__name__
        if kind in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
            return is_sound(case)
        return unreached(error, case.settings.database_url) or serious(
            about,
            N_("The database cannot be opened (%(kind)s)."),
            N_("Look whether its disk is plugged in and DATABASE_URL is right. Then start again."),
            kind=kind,
        )
    engine = case.database.engine
    return fine(
        about, N_("It answers: %(database)s."), database=f"{engine.dialect.name}{_version(case)}"
    )


def _version(case: Case) -> str:
    if case.database.engine.dialect.name != "sqlite":
        return ""
    return f" (SQLite {sqlite.DRIVER.sqlite_version}, WAL, synchronous=FULL)"


def is_sound(case: Case) -> Finding:
    """SQLite's own check of its file."""
    faults = sound.faults(case.database.engine)
    file = sqlite.file_of(case.settings.database_url)
    if faults and file is not None:
        return words.damaged(file, faults, case.settings.backup_into)
    if sound.is_marked(case.settings.database_url):
        return do(
            "sound",
            N_("The database was marked as damaged, and looks sound now."),
            N_("Start the server again; it looks once more and takes the mark away."),
        )
    return fine("sound", N_("The database is sound."))


def points_somewhere(case: Case) -> Finding:
    """Rows that point to rows that are gone."""
    tables = sound.loose_ends(case.database.engine)
    if tables:
        return serious(
            "rows",
            N_("Rows of %(tables)s point to rows that are not there."),
            N_(
                "Somebody changed the database by hand, or the disk lost something. Restore the"
                " newest backup from before: flask restore FILE --replace"
            ),
            tables=", ".join(tables),
        )
    return fine("rows", N_("Every row points to one that is there."))


def schema(case: Case) -> Finding:
    """Whether program and database fit together."""
    with case.database.engine.execution_options(reading=True).connect() as connection:
        found = revision_of(connection)
    if found == newest_revision():
        return fine("schema", N_("The schema is %(found)s, as this program needs it."), found=found)
    if found and found not in known_revisions():
        return serious(
            "schema",
            N_("The schema %(found)s belongs to a newer Daraja than this one."),
            N_("Start the newer program again. To go back for good, restore a backup from before."),
            found=found,
        )
    return do(
        "schema",
        N_("The schema is %(found)s; this program needs %(needed)s."),
        N_("Run flask prepare. It makes a backup first."),
        found=found or Message(N_("not made yet")),
        needed=newest_revision(),
    )


def postgres(case: Case) -> Finding:
    """Whether PostgreSQL keeps what it acknowledges."""
    if case.database.engine.dialect.name != "postgresql":
        return fine("postgresql", N_("Not used."))
    with case.database.engine.connect() as connection:
        found = {
            name: str(connection.exec_driver_sql(f"SHOW {name}").scalar())
            for name in ("fsync", "full_page_writes", "synchronous_commit", "server_version_num")
        }
    off = [name for name, value in found.items() if value == "off"]
    if off:
        return serious(
            "postgresql",
            N_("%(settings)s is off: answers can be lost in a power cut."),
            N_("Set it to on in postgresql.conf and restart PostgreSQL."),
            settings=", ".join(off),
        )
    if int(found["server_version_num"]) < 140000:
        return do(
            "postgresql",
            N_("This PostgreSQL gets no repairs any more."),
            N_("Install PostgreSQL 14 or newer when you can; make a backup first."),
        )
    return fine("postgresql", N_("It keeps what it acknowledges."))


def people_past_their_time(case: Case) -> Finding:
    """Whether everybody was forgotten who should be."""
    with case.database.session(reading=True) as session:
        old = count_old(session, case.now.date(), choices(session).kept_months)
    if old:
        return do(
            "retention",
            N_("Learners who should be deleted by now: %(count)s."),
            N_("Run flask keep. If it says that the clock may be wrong, see there."),
            count=old,
        )
    return fine("retention", N_("Nobody is kept longer than promised."))


def second_step(case: Case) -> Finding:
    """Whether those who can do most prove who they are twice."""
    with case.database.session(reading=True) as session:
        policy = choices(session).second_step
        alone = session.scalar(
            select(func.count(Member.id.distinct()))
            .join(Grant, Grant.member_id == Member.id)
            .where(
                Grant.role.in_((Role.KEEPER.value, Role.ADMINISTRATOR.value)),
                Member.ended_on.is_(None),
                Member.totp_seed.is_(None),
                ~select(RecoveryCode.digest).where(RecoveryCode.member_id == Member.id).exists(),
                ~select(Passkey.number).where(Passkey.member_id == Member.id).exists(),
            )
        )
    if policy is SecondStep.NOBODY:
        return do(
            "second step",
            N_("Nobody needs a second step to sign in: one stolen password opens everything."),
            N_(
                "Ask for it again in the browser, under the settings of the server. A printed"
                " list of codes is enough; no telephone is needed."
            ),
        )
    if alone:
        return do(
            "second step",
            N_("Administrators who have no second step yet: %(count)s."),
            N_("Let each sign in once and follow what the page says."),
            count=alone,
        )
    return fine("second step", N_("Administrators sign in with two steps."))
