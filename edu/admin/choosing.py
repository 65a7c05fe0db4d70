"""What may be chosen in the forms of administration."""

from flask_babel import gettext as _

from edu.account.wording import language_name, role_name
from edu.admin.forms import Choices, RoleForm
from edu.communities.shipped import profile_tags
from edu.doors import db
from edu.editions.releasing import edition_tags
from edu.editions.workplace.dashboard import begun_tags
from edu.groups.programmes import programmes_of
from edu.languages import NAMED
from edu.partners.actors import Actor
from edu.partners.looking_after import roles_to_give
from edu.partners.roles import Reach, Role

_ALL = Reach(True, frozenset())


def role_form(by: Actor) -> RoleForm:
    """A form with the roles that she may give, and this organisation's own programmes."""
    form = RoleForm()
    form.offer(
        [(role.value, role_name(role)) for role in roles_to_give(by.grants)],
        [("", _("All languages")), *_languages_of_work()],
        [("0", _("All programmes")), *_programmes(by.organisation_id)],
    )
    return form


def manager_form() -> RoleForm:
    """A form with the roles that a keeper gives in a house that is not hers."""
    form = RoleForm()
    roles = (Role.ADMINISTRATOR, Role.KEEPER)
    form.offer([(role.value, role_name(role)) for role in roles], [("", "")], [("0", "")])
    return form


def language_choices() -> Choices:
    """All languages in which there is anything, by their own names."""
    return [(tag, language_name(tag)) for tag in edition_tags(db())]


def _languages_of_work() -> Choices:
    """Languages that somebody may be given to work in: also those in which nothing is written
    yet, for somebody must be the first to write."""
    tags = NAMED.union(edition_tags(db()), begun_tags(db()), profile_tags(db()))
    named = sorted((language_name(tag).casefold(), tag) for tag in tags)
    return [(tag, language_name(tag)) for _name, tag in named]


def programme_names(organisation_id: int) -> dict[int, str]:
    """What an organisation's programmes are called, by number."""
    return {each.id: each.name for each in programmes_of(db(), organisation_id, _ALL)}


def _programmes(organisation_id: int) -> Choices:
    return [(str(number), name) for number, name in programme_names(organisation_id).items()]
