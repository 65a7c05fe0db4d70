"""Two houses with one of everything in each, and somebody of every role in the first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.database import Database
from edu.editions.models import Release
from edu.groups.groups import GroupPlan, make_group
from edu.groups.programmes import make_programme
from edu.partners.links import invite, open_invitations
from edu.partners.members import give_role, make_organisation, take_role
from edu.partners.models import Member, Organisation
from edu.partners.roles import BY_PROGRAMME, Role
from edu.partners.sessions import sessions_of, start_session
from edu.server.choices import SecondStep, choose
from edu.server.models import Announcement, Job

_TODAY = date(2026, 11, 21)
_NOON = datetime(2026, 11, 21, 12)


@dataclass(frozen=True)
class House:
    """The numbers by which an organisation's things stand in addresses."""

    organisation: int
    programme: int
    #: In the programme, and outside of any.
    group: int
    group_outside: int
    member: int
    grant: int
    invitation: str
    device: str


@dataclass(frozen=True)
class World:
    """Both houses, and a browser for everybody."""

    ours: House
    theirs: House
    #: By role, as held for the whole of our house, and `scoped …` for one programme of it.
    browsers: Mapping[str, FlaskClient]
    database: Database
    announcement: int
    job: int
    release: int

    def take_every_role(self, name: str) -> None:
        """What an administrator does to somebody who is signed in."""
        with self.database.work() as session:
            member = session.scalars(select(Member).where(Member.login == f"{name}.all")).one()
            for grant in list(member.grants):
                take_role(session, grant)


def build(app: Flask) -> World:
    """The world of the access tests, in an empty house."""
    with app.extensions["database"].work() as session:
        choose(session, "second_step", SecondStep.NOBODY.value)
        ours = _house(session, "Bridge Society")
        theirs = _house(session, "Other House")
        home = session.get_one(Organisation, ours.organisation)
        secrets = {role.value: _signed_in(session, home, role) for role in Role}
        for role in sorted(BY_PROGRAMME):
            secrets[f"scoped {role}"] = _signed_in(session, home, role, ours.programme)
        announcement = Announcement(
            text="Closed on Friday", tag="en", audience="staff", starts_on=_TODAY, ends_on=_TODAY
        )
        job = Job(kind="publish", state="done", made_at=_NOON, ended_at=_NOON, said="")
        session.add_all((announcement, job))
        session.flush()
        return World(
            ours,
            theirs,
            {name: _browser(app, secret) for name, secret in secrets.items()},
            app.extensions["database"],
            announcement.id,
            job.id,
            session.scalars(select(Release.id).order_by(Release.id.desc())).first() or 0,
        )


def _house(session: Session, name: str) -> House:
    home = make_organisation(session, name)
    session.flush()
    programme = make_programme(session, home.id, "Winter", _TODAY)
    inside = GroupPlan("Tuesday", "", ("en",), ("m1",), programme_id=programme.id)
    outside = GroupPlan("Thursday", "", ("en",), ("m1",))
    member = _member(session, home, Role.TRAINER, f"somebody.{home.id}")
    start_session(session, member, home.id)
    invite(session, member, home, Role.TRAINER)
    session.flush()
    group = make_group(session, home.id, inside, _TODAY)
    group.opened_on = _TODAY
    return House(
        organisation=home.id,
        programme=programme.id,
        group=group.id,
        group_outside=make_group(session, home.id, outside, _TODAY).id,
        member=member.id,
        grant=member.grants[0].id,
        invitation=open_invitations(session, home.id)[0].number,
        device=sessions_of(session, member)[0].number,
    )


def _member(
    session: Session, home: Organisation, role: Role, login: str, programme_id: int | None = None
) -> Member:
    # Nobody here ever types a password, so none is made: hashing dozens takes long.
    member = Member(login=login, password_hash=None, totp_step=0)
    session.add(member)
    give_role(session, member, home, role, programme_id=programme_id)
    return member


def _signed_in(
    session: Session, home: Organisation, role: Role, programme_id: int | None = None
) -> str:
    login = f"{role}.{programme_id or 'all'}"
    member = _member(session, home, role, login, programme_id)
    return start_session(session, member, home.id)


def _browser(app: Flask, secret: str) -> FlaskClient:
    browser = app.test_client()
    browser.set_cookie("staff", secret)
    return browser
