"""What a group's arrangement is called, and what a late change of it means."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from edu.doors import day_in_words
from edu.groups.models import Allocation, Arm, Linking
from edu.learning.instruments import instruments_for, titles_in
from edu.pages.speaking import spoken
from edu.pages.views import Text
from edu.quizzes.instrument import Kind as InstrumentKind

_YES, _NO = "yes", "no"


def element_question(name: str) -> str:
    """An element's question, as it stands on the paper. What it is for: linking/elements.toml."""
    return {
        "older-brothers": _("How many older brothers have you had? Count those who died, too."),
        "older-sisters": _("How many older sisters have you had? Count those who died, too."),
        "mother-name": _("The first two letters of your mother's first name"),
        "own-name": _("The first two letters of the name you were given first"),
        "birth-place": _("The first two letters of the place where you were born"),
        "mother-place": _("The first two letters of the place where your mother was born"),
        "first-school": _("The first two letters of the name of your first school"),
        "birth-day": _("The day of the month on which you were born, 1 to 31"),
        "birth-order": _("Which of your mother's children are you? Write 1 for the first."),
    }[name]


def element_care(name: str) -> str:
    """What to think of before an element is asked."""
    return {
        "older-brothers": _("Ask whether cousins are called brothers here, and say what is meant."),
        "older-sisters": _("Ask whether cousins are called sisters here, and say what is meant."),
        "mother-name": _("Not where a mother's name is not spoken or written by her children."),
        "own-name": _("Where people have several first names, say which one is meant."),
        "birth-place": _("Not where all were born in one place, or where people had to flee."),
        "mother-place": _("Not where families were separated or had to flee."),
        "first-school": _("Not where some have never been to a school: it would shame them."),
        "birth-day": _("Only where nearly everybody knows her birthday."),
        "birth-order": _("Ask it in place of older brothers and sisters."),
    }[name]


def arm_name(arm: str) -> str:
    """What a group is for."""
    return {
        Arm.INTERVENTION.value: _("Takes the lessons"),
        Arm.WAITING.value: _("Waits first (waiting list)"),
        Arm.COMPARISON.value: _("Is compared with others"),
    }[arm]


def value_words(what: str, value: str) -> str:
    """A value as it is kept, in words."""
    if not value:
        return _("None")
    if what.endswith(("_day", "_on")):
        return day_in_words(date.fromisoformat(value))
    if what == "elements":
        return " · ".join(element_question(name) for name in value.split(","))
    return {
        ("arm", value): arm_name(value) if what == "arm" else "",
        ("allocation", Allocation.LOT.value): _("By lot"),
        ("allocation", Allocation.OTHERWISE.value): _("Otherwise"),
        ("looking_back", _YES): _("Yes"),
        ("looking_back", _NO): _("No"),
        ("linking", Linking.CARD.value): _("By cards"),
        ("linking", Linking.ELEMENTS.value): _("By a few questions"),
    }.get((what, value), value.replace(",", ", "))


def meaning(what: str) -> str:
    """What it means to change this after people have begun."""
    return {
        "instruments": _(
            "From now on people are asked what is chosen now. What only some of them were asked "
            "can be compared for those only."
        ),
        "arm": _(
            "Figures of this group will be compared with others in another way than was planned."
        ),
        "allocation": _("A report may only say “by lot” if a lot was really drawn."),
        "from_day": _("Who has answered twice already stays as she is."),
        "later_weeks": _("What was answered stays. Who comes now is asked at the new times."),
        "window_weeks": _("Some answers will count as late, or no longer as late."),
        "looking_back": _("Who has finished is asked when she opens her way again."),
        "linking": _("Papers that are typed from now on ask for something else than those before."),
        "elements": _(
            "Papers with other questions agree in less. Some may not be linked any more."
        ),
        "elements_needed": _("Links are worked out anew: some may end, others begin."),
        "linking_ends_on": _(
            "A promise was printed on the papers. Move it only for a good reason."
        ),
    }[what]


def forms_to_choose(
    session: Session, organisation_id: int, tags: Sequence[str], today: date
) -> list[tuple[str, str]]:
    """The questionnaires that a group may choose, with how long each is."""
    titles = titles_in(session, spoken())
    return [
        (
            f"{each.id}@{each.version}" if each.built else each.id,
            _with_length(
                Text(each.name) if each.built else titles.get(f"{each.id}|title", Text(each.name)),
                each.items,
            ),
        )
        for each in instruments_for(session, organisation_id, today, tags)
        if each.kind is not InstrumentKind.OPEN
    ]


def _with_length(name: Text, items: int) -> Markup:
    """A questionnaire's name, in one piece whatever its language, and how long it is."""
    told = ngettext("%(name)s (%(num)d question)", "%(name)s (%(num)d questions)", items, name="%s")
    return escape(told) % Markup("<bdi{}>{}</bdi>").format(name.marks, name.text)
