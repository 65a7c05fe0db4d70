"""What evaluators and planners read, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext as _
from markupsafe import Markup, escape

from edu.doors import day_in_words
from edu.languages import language
from edu.outcomes.identifying import Sign
from edu.pages.speaking import spoken
from edu.pages.views import Text


def verdict_words(verdict: str | None) -> str:
    """A verdict, as trainers read it; nothing where there is none."""
    return {
        "clear_improvement": _("Clear improvement"),
        "unclear": _("Not clear"),
        "possible_backfire": _("Possible harm: look into this"),
        "too_few": _("Too few people to tell"),
        "not_estimable": _("This cannot be judged"),
    }.get(verdict or "", "")


def range_ends() -> tuple[str, str, bool]:
    """The words at both ends of a range, and whether it is mirrored."""
    return _("Worse"), _("Better"), bool(language(spoken()).direction == "rtl")


def deviation_words(found: Mapping[str, Any], scale: Text) -> Markup:
    """What the figures themselves say against the plan; `scale` is the name of the one meant."""
    sentence = {
        "no frozen plan": _("There is no frozen plan, so nothing here was named beforehand."),
        "not measured": _("Nothing can be shown of the main scale %(scale)s.", scale="%(scale)s"),
        "too few": _(
            "Main scale %(scale)s: %(n)s people instead of %(planned)s.",
            scale="%(scale)s",
            n=found.get("n", ""),
            planned=found.get("planned", ""),
        ),
        "no comparison": _(
            "Main scale %(scale)s: the planned comparison is missing.", scale="%(scale)s"
        ),
        "before the end": _(
            "Worked out before the planned end, %(day)s.", day=_day(found.get("planned"))
        ),
    }[found["what"]]
    return escape(sentence) % {
        "scale": Markup("<bdi{}>{}</bdi>").format(scale.marks, scale.text),
    }


def _day(written: object) -> str:
    """A day as it is kept, as readers write it."""
    return day_in_words(date.fromisoformat(written)) if isinstance(written, str) else ""


def sign_words(sign: Sign) -> str:
    """What may give somebody away."""
    return {
        Sign.NUMBER: _("a long number, such as a telephone number"),
        Sign.ADDRESS: _("an address of mail or of a page"),
        Sign.NAME: _("a word that looks like a name"),
    }[sign]


def kind_words(kind: str) -> str:
    """Where something was said."""
    return {
        "interview": _("Interview"),
        "group": _("Talk in a group"),
        "workshop": _("Workshop"),
        "answer": _("Open answer"),
    }[kind]


def asked_when(wave: str) -> str:
    """When people are asked, as a plan says it."""
    return {
        "before": _("Before the lessons"),
        "after": _("After the lessons"),
        "later": _("Some months later"),
        "looking-back": _("Afterwards about the time before"),
    }[wave]


def open_part(name: str) -> str:
    """What a plan does not say yet."""
    return {
        "waves": _("People are asked before and after the lessons at least."),
        "owner": _("Say who looks after the evaluation here."),
        "reader": _("Say who reads it from outside."),
        "words": _("Choose at least one kind of words beside the numbers."),
        "kept_until": _("Say until when the answers are kept."),
    }[name]


def detectable_words(people: int, change: float) -> str:
    """What a plan of this size can show."""
    return _(
        "With %(people)s people who answer both times, a change of %(change)s standard deviations "
        "is seen four times out of five. A smaller one may stay hidden.",
        people=format_decimal(people, locale=language(spoken()).formatting),
        change=format_decimal(change, locale=language(spoken()).formatting),
    )
