"""Things by name: one programme of each in an organisation, also where two people name one at once;
and one group for one form, however often it is sent."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.groups.models import Group, Programme
from edu.groups.programmes import make_programme, programme_name_is_taken, rename_programme
from edu.partners.models import Organisation
from edu.programmes.keeping import Taken, hold


def begin_programme(session: Session, organisation_id: int, name: str, today: date) -> Programme:
    """A new programme. Raises Taken where there is one of this name."""
    if programme_name_is_taken(session, organisation_id, name):
        raise Taken(name)
    try:
        with session.begin_nested():
            return make_programme(session, organisation_id, name, today)
    except IntegrityError as error:
        raise Taken(name) from error


def call_programme(session: Session, programme: Programme, name: str) -> None:
    """Call a programme something else. Raises Taken where there is another one of this name."""
    if programme_name_is_taken(session, programme.organisation_id, name, but=programme.id):
        raise Taken(name)
    try:
        with session.begin_nested():
            rename_programme(session, programme, name)
    except IntegrityError as error:
        raise Taken(name) from error


def newest_group(session: Session, organisation_id: int) -> int:
    """The number of an organisation's newest group, for a form to carry along; 0 before any."""
    newest = select(func.max(Group.id)).where(Group.organisation_id == organisation_id)
    return session.scalar(newest) or 0


def made_since(session: Session, home: Organisation, name: str, newest: int | None) -> Group | None:
    """The group of this name that was made after a form was shown, when `newest` was the newest:
    the same form sent twice, by a second tap or from the back button."""
    if newest is None:
        return None
    hold(session, home)
    wanted = select(Group).where(
        Group.organisation_id == home.id, Group.name == name.strip(), Group.id > newest
    )
    return session.scalars(wanted.order_by(Group.id).limit(1)).first()
