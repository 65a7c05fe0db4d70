"""What methods, troubles and rules are called, in the language of the page."""

from collections.abc import Mapping

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import ngettext

from edu.languages import language
from edu.pages.speaking import spoken
from edu.quizzes.building import MOST_MINUTES, Finding, Trouble
from edu.quizzes.instrument import Instrument, Scale
from edu.quizzes.methods import ends
from edu.quizzes.scale import HigherMeans, Method, Reliability
from edu.quizzes.shell import KeyMistake


def number(value: float, digits: str = "#,##0.##") -> str:
    """A figure as readers of the page write it."""
    return format_decimal(value, format=digits, locale=language(spoken()).formatting)


def trouble_words(found: Finding, names: Mapping[str, str]) -> str:
    """What may be wrong with a form, and what to do."""
    name = names.get(found.name, found.name)
    return {
        Trouble.NOTHING: _("Choose at least one question."),
        Trouble.MIXED_KINDS: _(
            "What people know and what they think are asked apart. Make one form of each: a group "
            "can answer several."
        ),
        Trouble.NOT_WHOLE: _(
            "%(name)s is licensed. Take all of its questions in their order, or none.", name=name
        ),
        Trouble.NOT_ALONE: _(
            "%(name)s begins with a short story and must stand alone. Make a form of its own.",
            name=name,
        ),
        Trouble.OTHER_FRAME: _(
            "These questions are asked in different ways, with other answers. Make one form of "
            "each: a group can answer several."
        ),
        Trouble.TOO_LONG: _(
            "This is long: %(count)d questions take about %(of)d minutes. Try to stay below "
            "%(most)d.",
            count=found.count,
            of=found.of,
            most=MOST_MINUTES,
        ),
        Trouble.NEGATIVE: _(
            "%(count)d of %(of)d questions are worded negatively. A form also teaches: keep to 4 "
            "in 10.",
            count=found.count,
            of=found.of,
        ),
        Trouble.HARSH_BEGINNING: _("The first question is harsh. Begin with a gentle one."),
        Trouble.NOT_INTERPERSONAL: _(
            "No question is about life with other people. Thoughts alone give half the picture."
        ),
        Trouble.NO_PEOPLE: _(
            "No question is about the people around somebody. How well people are also lies with "
            "them."
        ),
        Trouble.NO_PLACE: _(
            "No question is about the place where people live. How well people are also lies "
            "with it."
        ),
        Trouble.MIXED_ANSWERS: ngettext(
            "The questions have %(num)d kind of answers.",
            "The questions have %(num)d different kinds of answers. People may tick the wrong one.",
            found.count,
        ),
        Trouble.FEW_ITEMS: ngettext(
            "“%(name)s” has %(num)d question only. Do not read much into a single change.",
            "“%(name)s” has %(num)d questions only. Do not read much into a single change.",
            found.count,
            name=name,
        ),
    }[found.trouble]


def detectable_words(people: int, change: float) -> str:
    """What so many people can show, in plain words; `change` is in SDs of the change."""
    figure = number(change)
    if change <= 0.3:
        size = _("That is enough to see a small change.")
    elif change <= 0.5:
        size = _("A small change may stay unseen; a middling one would show.")
    else:
        size = _("Only a large change would show. Courses like this mostly bring a small one.")
    told = _(
        "With %(people)d people who answer both times, a change of %(figure)s times its usual "
        "spread shows in four courses of five.",
        people=people,
        figure=figure,
    )
    return f"{told} {size}"


def rule_words(form: Instrument, scale: Scale) -> list[str]:
    """How a scale is scored, line by line."""
    lines = [_method(scale.method)]
    if form.items_of(scale.id):
        possible = ends(form, scale)
        low, high = number(float(possible.minimum)), number(float(possible.maximum))
        lines.append(_("From %(low)s to %(high)s.", low=low, high=high))
    better = form.higher_is(scale.id) is HigherMeans.BETTER
    lines.append(_("Higher is better.") if better else _("Higher is worse."))
    lines.append(
        _("“I don't know” is left out.")
        if scale.dont_know is None
        else _("“I don't know” counts as %(score)s.", score=scale.dont_know)
    )
    return lines


def _method(method: Method) -> str:
    return {
        Method.MEAN_OF_ANSWERED: _("Mean of the answered questions."),
        Method.MEAN: _("Mean of all questions."),
        Method.SUM: _("Sum of all questions."),
        Method.PERCENT: _("Percent of the highest possible score."),
        Method.LOOKUP: _("Sum of all questions, turned into points by the owner's table."),
    }[method]


def reliability_words(found: Reliability) -> str:
    """A published reliability in a line."""
    kind = {
        "alpha": _("alpha"),
        "omega": _("omega"),
        "retest": _("asked twice"),
        "icc": _("asked twice (ICC)"),
    }[found.kind]
    people = f", n = {found.n}" if found.n else ""
    figure = number(found.coefficient, "0.00")
    return f"{kind} {figure}: {found.population}{people}. {found.source}"


def key_words(found: KeyMistake, scales: Mapping[str, str]) -> str:
    """What cannot be right in an owner's key."""
    name = scales.get(found.scale, found.scale)
    return {
        "no such item": _("There is no item %(number)d.", number=found.position),
        "twice": _("Item %(number)d stands in two scales.", number=found.position),
        "no scale": _("Item %(number)d is reversed, but in no scale.", number=found.position),
        "nothing": _("Say which items make “%(name)s”.", name=name),
    }[found.why]
