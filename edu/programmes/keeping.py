"""Rows of which there is one of each: kept, also where two people keep the same in one moment."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.database import Base

Row = TypeVar("Row", bound=Base)


class Taken(ValueError):
    """There is one of this name already, made earlier or by somebody else in the same moment."""


def added(session: Session, row: Base) -> bool:
    """Add a row; False where somebody else added the same one in this moment."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def hold(session: Session, row: Base) -> None:
    """Until this commit, whoever else would hold this row waits: what one form makes, the same form
    sent again then finds made. (SQLite lets one write at a time anyway.)"""
    session.refresh(row, with_for_update=True)


def kept(
    session: Session, kind: type[Row], key: Mapping[str, Any], values: Mapping[str, Any]
) -> Row:
    """The one row with this key, saying these values now, whoever made it."""
    wanted = select(kind).filter_by(**key)
    found = session.scalar(wanted)
    if found is None:
        made = kind(**key, **values)
        if added(session, made):
            return made
        found = session.scalars(wanted).one()
    for name, value in values.items():
        setattr(found, name, value)
    session.flush()
    return found
