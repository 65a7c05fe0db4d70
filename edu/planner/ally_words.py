"""What channels, services and referrals are called, in the language of the page."""

from datetime import date

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from flask_babel import gettext as _

from edu.languages import language
from edu.pages.speaking import spoken
from edu.planner.planning_words import partner_kind
from edu.programmes.ally_models import Cost, Means, Provider, Way
from edu.programmes.directory import State
from edu.programmes.referrals import Number, Said


def means_name(means: str) -> str:
    """How two bodies reach each other."""
    return {
        Means.PHONE.value: _("By phone"),
        Means.VISIT.value: _("By a visit"),
        Means.LETTER.value: _("By letter"),
        Means.SLIP.value: _("By a referral slip that the person carries"),
        Means.MEETING.value: _("In a regular meeting"),
    }[means]


def provider_name(kind: str) -> str:
    """What kind of service it is."""
    own = {
        Provider.HELPLINE.value: _("Helpline or emergency number"),
        Provider.SUPPORT.value: _("Social, legal or other support"),
    }
    return own.get(kind) or partner_kind(kind)


def cost_name(cost: str) -> str:
    """Whether people pay there; nothing where nobody knows."""
    return {Cost.FREE.value: _("free"), Cost.PAID.value: _("people pay")}.get(cost, "")


def cost_choices() -> list[tuple[str, str]]:
    """What may be said of it."""
    return [
        (Cost.UNKNOWN.value, _("We do not know")),
        (Cost.FREE.value, _("Free")),
        (Cost.PAID.value, _("People pay")),
    ]


def state_name(state: State) -> str:
    """How a kind of service stands in a district."""
    return {
        State.THERE: _("There"),
        State.NOT_CONFIRMED: _("Not confirmed"),
        State.GAP: _("Gap"),
    }[state]


def way_name(way: str) -> str:
    """Which way people are sent."""
    return {
        Way.TO_CLINIC.value: _("From the community to the clinic"),
        Way.TO_COMMUNITY.value: _("From the clinic to the community"),
    }[way]


def number_words(number: int) -> str:
    """A number as readers of the language spoken write it."""
    return str(format_decimal(number, locale=language(spoken()).formatting))


def people_words(number: Number) -> str:
    """A number of people, as far as it may be said."""
    if number.number is not None:
        told = number_words(number.number)
        return told if number.said is Said.EXACTLY else _("%(number)s or more", number=told)
    return {
        Said.FEW: _("fewer than 5"),
        Said.NEARLY: _("all but fewer than 5"),
        Said.FEW_EACH: _("fewer than 5 each month"),
    }[number.said]


def month_words(month: date) -> str:
    """A month and its year."""
    return str(format_skeleton("yMMMM", month, locale=language(spoken()).formatting))
