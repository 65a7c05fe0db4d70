"""The programmes and groups that somebody may enter. Any other one is not there for her."""

from flask import abort

from edu.doors import db
from edu.groups.groups import group_of
from edu.groups.models import Group, Programme
from edu.groups.programmes import programme_of
from edu.partners.actors import Actor
from edu.partners.roles import Right


def own_programme(by: Actor, programme_id: int, *rights: Right) -> Programme:
    """A programme for which she has one of these rights."""
    found = programme_of(db(), by.organisation_id, programme_id)
    if found is None or not has_one_of(by, found.id, *rights):
        abort(404)
    return found


def own_group(by: Actor, group_id: int, *rights: Right) -> Group:
    """A group for which she has one of these rights."""
    found = group_of(db(), by.organisation_id, group_id)
    if found is None or not has_one_of(by, found.programme_id, *rights):
        abort(404)
    return found


def seen_group(by: Actor, group_id: int) -> Group:
    """A group that she leads, or whose figures she reads."""
    return own_group(by, group_id, Right.LEAD_GROUPS, Right.SEE_FIGURES)


def has_one_of(by: Actor, programme_id: int | None, *rights: Right) -> bool:
    """Whether she has one of these rights for a programme, or for what is in none."""
    return any(by.reach(right).covers(programme_id) for right in rights)
