"""The tests' world as its administrators see it, and what the database says when they are done."""

import re
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.groups.programmes import make_programme
from edu.partners.members import give_role, member_named, organisation_named
from edu.partners.models import AuditEntry, Grant, Invitation, Member, Organisation
from edu.partners.roles import Role
from edu.server.jobs import Jobs
from edu.settings import ROOT
from tests.conftest import TINY
from tests.people import PASSWORD, People, StaffPerson, fields_of, make_staff

BRIDGE, OTHER = "Bridge Society", "Other House"
MEMBERS = "/en/staff/members"
SERVER = "/en/staff/server"


@dataclass
class World:
    """One house with the people in it."""

    house: Flask
    people: People

    def adds(self, login: str, organisation: str, *roles: Role) -> StaffPerson:
        """Somebody more, signed in."""
        assert self.people.ruth.login == "ruth"  # the usual people come first
        with self.house.extensions["database"].work() as session:
            make_staff(session, login, organisation, *roles)
        return self.browser_of(login)

    def also(
        self, login: str, organisation: str, role: Role, programme_id: int | None = None
    ) -> None:
        """Somebody who is there holds one more role."""
        with self.house.extensions["database"].work() as session:
            member = member_named(session, login)
            home = organisation_named(session, organisation)
            assert member is not None
            assert home is not None
            give_role(session, member, home, role, programme_id=programme_id)

    def browser_of(self, login: str) -> StaffPerson:
        """Somebody who signs in on one more device."""
        return StaffPerson(self.house.test_client(), login).signs_in()

    def number(self, login: str) -> int:
        """Her number in addresses."""
        with self.house.extensions["database"].session(reading=True) as session:
            return session.scalars(select(Member.id).where(Member.login == login)).one()

    def home(self, organisation: str) -> int:
        """An organisation's number in addresses."""
        with self.house.extensions["database"].session(reading=True) as session:
            wanted = select(Organisation.id).where(Organisation.name == organisation)
            return session.scalars(wanted).one()

    def programme(self, organisation: str, name: str = "2026") -> int:
        """The number of a new programme."""
        with self.house.extensions["database"].work() as session:
            home = organisation_named(session, organisation)
            assert home is not None
            return make_programme(session, home.id, name, date(2026, 1, 1)).id

    def roles(self, login: str) -> list[tuple[str, str]]:
        """What somebody holds: organisation and role."""
        with self.house.extensions["database"].session(reading=True) as session:
            rows = session.execute(
                select(Organisation.name, Grant.role)
                .join(Organisation, Organisation.id == Grant.organisation_id)
                .join(Member, Member.id == Grant.member_id)
                .where(Member.login == login)
                .order_by(Grant.id)
            )
            return [(name, role) for name, role in rows]

    def grant(self, login: str, role: Role) -> int:
        """The number of a role that somebody holds."""
        with self.house.extensions["database"].session(reading=True) as session:
            wanted = select(Grant.id).join(Member, Member.id == Grant.member_id)
            return session.scalars(
                wanted.where(Member.login == login, Grant.role == role.value)
            ).one()

    def invitations(self) -> list[tuple[str, str, int | None]]:
        """The open invitations: role, language and programme."""
        with self.house.extensions["database"].session(reading=True) as session:
            rows = session.execute(
                select(Invitation.role, Invitation.language, Invitation.programme_id)
            )
            return [(role, tag, programme) for role, tag, programme in rows]

    def trail(self, organisation: str | None) -> list[tuple[str, str, str, str, str]]:
        """The lines of a trail without signing in and out: who, deed, kind, name, detail."""
        with self.house.extensions["database"].session(reading=True) as session:
            home = None
            if organisation is not None:
                found = organisation_named(session, organisation)
                assert found is not None
                home = found.id
            lines = session.scalars(
                select(AuditEntry).where(AuditEntry.organisation_id == home).order_by(AuditEntry.id)
            )
            return [
                (each.by_login, each.deed, each.object_kind, each.object_name, each.detail)
                for each in lines
                if not each.deed.startswith("signed")
            ]


@pytest.fixture
def world(house: Flask, people: People) -> World:
    """The house with everybody in it."""
    return World(house, people)


def link_in(page: TestResponse) -> str:
    """The path of the one-time link that a page shows."""
    found = re.search(r'<input id="link"[^>]* value="http://localhost([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


def token_of(person: StaffPerson) -> str:
    """A token of somebody's own session."""
    return fields_of(person.opens("/en/staff")).hidden["csrf_token"]


def takes(house: Flask, link: str, login: str) -> StaffPerson:
    """Somebody new who opens an invitation and makes an account."""
    person = StaffPerson(house.test_client(), login)
    person.fills(link, login=login, password=PASSWORD)
    return person


_APP = """
from dataclasses import replace
from pathlib import Path
from edu import create_app
from edu.settings import read_settings

here = Path(__file__).parent
app = create_app(replace(read_settings(), root=here / "site", backup_into=here / "backups"))
"""


@dataclass
class Works:
    """The house with a program beside it that can really be started, over content of its own."""

    world: World
    site: Path

    @property
    def jobs(self) -> Jobs:
        """The house's jobs."""
        found: Jobs = self.world.house.extensions["jobs"]
        return found

    def wait(self) -> None:
        """Until everything that was started has ended."""
        for child in self.jobs.children:
            child.wait(timeout=300)

    def says(self, lesson: str, old: str, new: str) -> None:
        """An author changes a lesson on the disk."""
        file = self.site / "content" / lesson
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def works(world: World, tmp_path_factory: pytest.TempPathFactory) -> Works:
    """A house whose jobs run in processes of their own, as they do on a server."""
    program = tmp_path_factory.mktemp("program")
    shutil.copytree(TINY, program / "site")
    (program / "backups").mkdir()
    (program / "app.py").write_text(_APP, encoding="utf-8")
    house = world.house
    settings = replace(
        house.extensions["settings"], root=program / "site", backup_into=program / "backups"
    )
    house.extensions["settings"] = settings
    jobs: Jobs = house.extensions["jobs"]
    jobs.program = program
    jobs.environment = {
        "PYTHONPATH": str(ROOT),
        "INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
    }
    return Works(world, program / "site")
