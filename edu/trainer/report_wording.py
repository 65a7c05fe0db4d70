"""What stands around the findings of a report: other waves, other groups, what to try next."""

from flask_babel import gettext as _
from markupsafe import Markup, escape

from edu.outcomes.advice import Advice
from edu.outcomes.beside import Beside
from edu.outcomes.scale_figures import ScaleFigures
from edu.trainer.wording import headline, with_numbers


def wave_words(wave: str) -> str:
    """What the change up to a wave is called."""
    if wave == "before-2":
        return _("While waiting for the lessons")
    if wave == "looking-back":
        return _("Looking back from after the lessons")
    if wave.startswith("later-"):
        return _("Some time later (%(number)s)", number=wave.removeprefix("later-"))
    return _("After the lessons")


def later_sentence(figures: ScaleFigures) -> Markup:
    """The change up to another wave, in one line."""
    change = figures.change
    if change.interval is None or change.mean_change is None:
        return escape(headline(change.verdict))
    return Markup("{}: {}").format(
        headline(change.verdict),
        with_numbers(
            _("%(points)s points, likely between %(low)s and %(high)s."),
            points=change.mean_change,
            low=change.interval.low,
            high=change.interval.high,
        ),
    )


def beside_sentence(found: Beside) -> Markup:
    """People of the course beside those who waited or had no course."""
    if found.estimate is None:
        return with_numbers(
            _(
                "The change in groups with the lessons, beside the others: %(points)s points. There"
                " are too few groups to say whether this is chance."
            ),
            points=found.difference,
        )
    return with_numbers(
        _(
            "The change in groups with the lessons, beside the others: %(points)s points. The true"
            " difference is likely between %(low)s and %(high)s."
        ),
        points=found.difference,
        low=found.estimate.interval.low,
        high=found.estimate.interval.high,
    )


def advice_words(advice: Advice) -> str:
    """What to try next, in a sentence or two."""
    return {
        Advice.LOOK_INTO_HARM: _(
            "Something may have become worse. Talk with people about it before the next group"
            " begins: ask what they heard, and what they felt."
        ),
        Advice.KEEP: _("Keep what you did where people improved, and write down how you did it."),
        Advice.MORE_PEOPLE: _(
            "Some things could not be told with so many people. Look at several groups together,"
            " or ask again in the next group."
        ),
        Advice.BRING_THEM_BACK: _(
            "Many who began did not answer again. Ask why, and leave time for the questions in the"
            " last meeting."
        ),
        Advice.HARDER_QUESTIONS: _(
            "Many began at the best end of a scale. In the next group take questions about what"
            " people do, which leave more room."
        ),
        Advice.ASK_LATER: _("Ask once more some months later, to see whether it lasts."),
        Advice.COMPARE: _(
            "Let some groups begin later than others. Then you can see what changes without the"
            " lessons."
        ),
    }[advice]


def glossary() -> list[tuple[str, str]]:
    """The words of a report that not everybody uses, and what they say here."""
    return [
        (_("Can be compared"), _("People whose answers before and afterwards belong together.")),
        (
            _("Points"),
            _("What the answers on one subject count. More points are not always better."),
        ),
        (
            _("Likely range"),
            _("The true average change is probably in it. More people make it narrower."),
        ),
        (_("Clear improvement"), _("The whole range is on the better side.")),
        (
            _("Not clear"),
            _("No change is in the range, too. That does not say that nothing changed."),
        ),
        (_("Possible harm: look into this"), _("The whole range is on the worse side.")),
    ]
