"""What a line of the trail says besides who, what and to which: kept as short fixed words, and told
in the language of the page. What is a name stays as it was typed."""

from collections.abc import Mapping
from contextlib import suppress

from flask_babel import gettext as _

from edu.account.wording import language_name, role_name
from edu.admin.wording import deed_words, number_words, offer_name
from edu.communities.services import Heard
from edu.groups.wording import parts_in_words
from edu.partners.models import AuditEntry
from edu.partners.roles import BY_LANGUAGE, Role
from edu.partners.trail import Deed, Kind
from edu.server.choices import Offer, SecondStep

#: Deeds whose detail is a name, or was typed.
_NAMES = {Deed.RENAMED.value, Deed.MOVED.value, Deed.EMERGENCY_ON.value, Deed.SENT.value}
#: A letter that somebody asked for at the door. No administrator made that link.
_LETTER = (Deed.GAVE_RESET.value, "mail")
#: Which organisation was asked to join a programme.
_ASKED = (Kind.PROGRAMME.value, Deed.INVITED.value)
#: Of what a role is said; elsewhere the same word may be somebody's name for something.
_OF_ROLES = {Kind.ACCOUNT.value, Kind.INVITATION.value, Kind.ORGANISATION.value}


def done_words(entry: AuditEntry) -> str:
    """What was done."""
    if (entry.deed, entry.detail) == _LETTER:
        return _("A letter with a link for a new password was sent")
    return deed_words(entry.deed)


def detail_words(entry: AuditEntry) -> str:
    """The name of a role, what was decided, which part was changed, or a name."""
    kind, detail = entry.object_kind, entry.detail
    if entry.deed in _NAMES or (kind, entry.deed) == _ASKED:
        return detail
    begins, _colon, name = detail.partition(": ")
    if kind in _OF_ROLES:
        with suppress(ValueError):
            return _role(Role(begins), name)
    if name and begins in _named(kind):
        return f"{_named(kind)[begins]}: {name}"
    return _fixed(kind).get(detail) or _numbered(kind, detail) or detail


def _role(role: Role, scope: str) -> str:
    if not scope:
        return role_name(role)
    return f"{role_name(role)}: {language_name(scope) if role in BY_LANGUAGE else scope}"


def _numbered(kind: str, detail: str) -> str:
    """A booster that a group had or had not, a version of the assessment; or nothing."""
    match kind, detail.split():
        case Kind.GROUP.value, ["booster", weeks, said] if weeks.isdecimal():
            met = _("We have met") if said == "had" else _("That was a slip")
            return f"{_('Weeks after the course')}: {number_words(int(weeks))} · {met}"
        case Kind.PROGRAMME.value, ["assessment", number] if number.isdecimal():
            return f"{_('Community assessment')}: {number_words(int(number))}"
    return ""


def _named(kind: str) -> Mapping[str, str]:
    """What stands before a name."""
    if kind == Kind.GROUP.value:
        return {
            "together": _("Clinical and community learners together"),
            "modules": _("Modules"),
        }
    if kind == Kind.PROGRAMME.value:
        return {
            "partner": _("Partner of the programme"),
            "partner taken out": _("Partner that was taken out"),
            "signed": _("Signed"),
            "signature taken back": _("Signature taken back"),
        }
    return {}


def _fixed(kind: str) -> Mapping[str, str]:
    return {
        Kind.ACCOUNT.value: _of_account,
        Kind.SETTING.value: _of_server,
        Kind.LANGUAGE.value: _of_server,
        Kind.ANNOUNCEMENT.value: _of_server,
        Kind.PROGRAMME.value: _of_programme,
        Kind.GROUP.value: _of_group,
        Kind.SERVICE.value: _of_call,
    }.get(kind, dict)()


def _of_account() -> Mapping[str, str]:
    return {
        "mail": _("asked for by mail"),
        "linked": _("linked with the account of the organisation"),
        "link taken away": _("link with the account of the organisation taken away"),
    }


def _of_server() -> Mapping[str, str]:
    return {
        SecondStep.EVERYBODY.value: _("Everybody"),
        SecondStep.ADMINISTRATORS.value: _("Administrators only"),
        SecondStep.NOBODY.value: _("Nobody"),
        Offer.BEGUN.value: offer_name(Offer.BEGUN),
        "staff": _("Only people who work here"),
    }


def _of_programme() -> Mapping[str, str]:
    return {
        "advice": _("The advice"),
        "collaborative": _("Collaborative"),
        "details": _("What the programme wants"),
        "plan": _("Evaluation plan"),
        "reach": _("Planned and reached"),
        "research approved": _("This research is approved"),
        "research stopped": _("Stop this research"),
        "steering group": _("Steering group"),
        "support contact": _("Support contact"),
    }


def _of_group() -> Mapping[str, str]:
    return {
        "alone": _("Not together with another group any more"),
        "dates": _("Dates"),
        "sheet": _("Many groups from a table"),
        "phones": _("Phones"),
        "paper": _("Paper only"),
        "mixed": _("Phones and paper"),
        "round": _("One device that goes round"),
        **parts_in_words(),
    }


def _of_call() -> Mapping[str, str]:
    """What came of a call."""
    return {
        Heard.ANSWERED.value: _("Yes, and it is what we thought"),
        Heard.NOBODY.value: _("No, nobody answered; I will try again"),
        Heard.WRONG.value: _("The number is wrong or closed"),
    }
