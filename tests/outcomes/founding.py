"""A programme with empty groups, and people who join them: straight into the database, and with
scores of the attack's own choice."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.groups.groups import GroupPlan, make_group
from edu.groups.models import Group
from edu.groups.programmes import make_programme
from edu.learning.models import InstrumentVersion, Journey, Learner, Sitting
from edu.partners.members import make_organisation
from tests.conftest import _prepared, make_house
from tests.databases import fresh_sqlite_url

DAY, LONG_AGO = date(2026, 11, 22), date(2026, 9, 1)


@contextmanager
def quick_house(folder: Path) -> Iterator[Flask]:
    """A house for many short worlds, each of which is rolled back."""
    app = make_house(folder, fresh_sqlite_url(folder, _prepared))
    yield app
    app.extensions["database"].engine.dispose()


@dataclass(frozen=True)
class Founded:
    """A programme, its groups, and what its people answer on."""

    session: Session
    programme: int
    groups: Sequence[Group]
    version: int
    release: int

    def joins(self, person: str, group: int) -> None:
        """Somebody begins, and has answered before the lessons."""
        self.session.add(
            Learner(id=person, code_mac=person, start_key=person, group_id=None, made_on=DAY)
        )
        self.session.flush()
        self.session.add(
            Journey(
                id=person,
                learner_id=person,
                number=1,
                group_id=group,
                tag="en",
                modules=["m1"],
                consent_release_id=self.release,
                started_on=DAY,
            )
        )
        self.session.flush()
        self.session.add(
            Sitting(
                id=person,
                journey_id=person,
                instrument_version_id=self.version,
                wave="before",
                tag="en",
                release_id=self.release,
                draft=False,
                answers="1:-,-,-,-",
                submission_key=person,
                submitted_on=LONG_AGO,
            )
        )
        self.session.flush()

    def leaves(self, person: str) -> None:
        """Somebody withdraws and takes everything with her."""
        learner = self.session.get(Learner, person)
        if learner is not None:
            self.session.delete(learner)
            self.session.flush()
            self.session.expire_all()


def founded(session: Session, *names: str) -> Founded:
    """A programme of one organisation, with groups of these names."""
    home = make_organisation(session, secrets.token_hex(4))
    session.flush()
    programme = make_programme(session, home.id, "Winter", DAY)
    plans = [GroupPlan(name, "", ("en",), ("m1",), programme_id=programme.id) for name in names]
    groups = [make_group(session, home.id, plan, LONG_AGO) for plan in plans]
    version = session.scalars(
        select(InstrumentVersion.id).where(InstrumentVersion.instrument == "feelings")
    ).one()
    release = session.scalars(select(Release.id)).first()
    assert release is not None
    return Founded(session, programme.id, groups, version, release)
