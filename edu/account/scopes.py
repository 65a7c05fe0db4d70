"""For what a role is held: everything, one language, or one programme."""

from collections.abc import Iterable

from edu.account.wording import language_name, role_name
from edu.doors import db
from edu.groups.programmes import programme_of
from edu.partners.models import Grant, Invitation
from edu.partners.roles import Role


def scope_of(held: Grant | Invitation) -> str:
    """The language or programme for which a role is held; empty when for everything."""
    if held.language:
        return language_name(held.language)
    if held.programme_id is None:
        return ""
    found = programme_of(db(), held.organisation_id, held.programme_id)
    return found.name if found is not None else ""


def role_for_trail(held: Grant | Invitation) -> str:
    """A role and for what it is held, as the trail keeps them: `trainer`, `translator: ar`."""
    named = programme_of(db(), held.organisation_id, held.programme_id or 0)
    scope = held.language or (named.name if named is not None else "")
    return f"{held.role}: {scope}" if scope else held.role


def roles_in_words(grants: Iterable[Grant]) -> list[tuple[str, str]]:
    """What each role is called, and for what it is held."""
    return [(role_name(Role(each.role)), scope_of(each)) for each in grants]
