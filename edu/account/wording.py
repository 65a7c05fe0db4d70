"""What roles and rights are called."""

from collections import Counter

from flask_babel import gettext as _

from edu.languages import NAMED, language
from edu.partners.roles import Role

#: How many languages call themselves by one name: there are several called Fulfulde.
_NAMESAKES = Counter(language(tag).autonym for tag in NAMED)


def language_name(tag: str) -> str:
    """A language's own name; with its tag where others call themselves the same."""
    own = language(tag).autonym
    return f"{own} ({tag})" if _NAMESAKES[own] > 1 else own


def role_name(role: Role) -> str:
    """What a role is called, in the language of the page."""
    return {
        Role.KEEPER: _("Looks after the server"),
        Role.ADMINISTRATOR: _("Administrator"),
        Role.TRAINER: _("Trainer"),
        Role.TRANSLATOR: _("Translator"),
        Role.REVIEWER: _("Reviewer"),
        Role.PUBLISHER: _("Publisher"),
        Role.EVALUATOR: _("Evaluator"),
        Role.AUTHORITY: _("Authority"),
    }[role]


def role_meaning(role: Role) -> str:
    """What somebody in this role may do, in one sentence."""
    return {
        Role.KEEPER: _(
            "Decides about organisations, settings and languages. Sees no group and no report."
        ),
        Role.ADMINISTRATOR: _(
            "Invites people, gives roles, plans programmes, leads groups and reads reports."
        ),
        Role.TRAINER: _("Plans and leads groups, prints cards and reads their reports."),
        Role.TRANSLATOR: _("Translates and adapts lessons."),
        Role.REVIEWER: _("Reads what others translated and signs for it."),
        Role.PUBLISHER: _("Releases lessons that others have signed."),
        Role.EVALUATOR: _("Reads reports. Changes nothing."),
        Role.AUTHORITY: _("Sees how many people a programme reached. Sees no report."),
    }[role]
