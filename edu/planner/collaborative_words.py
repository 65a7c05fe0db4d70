"""What a collaborative's page says: whose programmes, which scales, how many people."""

from collections.abc import Sequence

from babel.numbers import format_decimal
from flask_babel import gettext as _

from edu.doors import db
from edu.groups.programmes import groups_in
from edu.languages import language
from edu.learning.courses import course_in
from edu.learning.kept_words import chosen_by
from edu.learning.pairs import KNOWLEDGE
from edu.pages.set_apart import codes_apart
from edu.pages.speaking import spoken
from edu.pages.views import Text
from edu.partners.models import Organisation
from edu.programmes.collaborating import Together
from edu.programmes.planning_models import Answer


def answer_words(answer: str) -> str:
    """What became of an invitation."""
    return {
        Answer.INVITED.value: _("Invited, no answer yet"),
        Answer.JOINED.value: _("Has joined"),
        Answer.DECLINED.value: _("Has said no"),
        Answer.LEFT.value: _("Has left"),
    }[answer]


def about(number: int | None) -> str:
    """A number of people in whole tens."""
    if number is None:
        return _("fewer than 10")
    return _("%(number)s or more", number=_number(number))


def range_words(middle: float, ends: tuple[float, float] | None) -> str:
    """A mean change with its likely range."""
    told = _number(round(middle, 2))
    if ends is None:
        return codes_apart(told)
    low, high = (_number(round(each, 2)) for each in ends)
    words = _("%(middle)s (likely %(low)s to %(high)s)", middle=told, low=low, high=high)
    return codes_apart(words)


def _number(number: float) -> str:
    return str(format_decimal(number, locale=language(spoken()).formatting))


def house_names(found: Sequence[Together]) -> dict[int, str]:
    """Whose programme each is, by the programme's number."""
    return {
        programme.id: db().get_one(Organisation, programme.organisation_id).name
        for each in found
        for programme in each.programmes
    }


def titles(found: Sequence[Together]) -> dict[tuple[str, str], Text]:
    """What the scales are called that are asked about anywhere in these collaboratives."""
    named: dict[tuple[str, str], Text] = {}
    groups = [
        group
        for each in found
        for programme in each.programmes
        for group in groups_in(db(), programme)
    ]
    for group in groups:
        course = course_in(db(), spoken(), group.modules, chosen=chosen_by(group))
        for each in course.questionnaires:
            for scale in each.instrument.scales:
                title = each.text("scale", scale.id, "title", page=spoken())
                named[each.instrument.id, scale.id] = title
            named[each.instrument.id, KNOWLEDGE] = each.text("title", page=spoken())
    return named
