"""What came of sealed answers, and what a file is, in words that say what to do."""

from collections import Counter
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from edu.carried.checking import Mark, Use, Verdict
from edu.carried.pieces import Gathered
from edu.carried.taking import Outcome, Taken
from edu.doors import wave_name


def outcome_words(outcome: Outcome) -> str:
    """What came of one person's answers."""
    return {
        Outcome.KEPT: _("Kept."),
        Outcome.HERE: _("Here already. Nothing was kept twice."),
        Outcome.ANSWERED: _(
            "These questions were answered with this number before. Nothing was changed."
        ),
        Outcome.OVER: _("The last day of this file is over. Nothing was kept."),
        Outcome.STOPPED: _("This file was stopped. Nothing was kept."),
        Outcome.ELSEWHERE: _("Sealed for another server. Take them to whoever gave out the file."),
        Outcome.OTHER_GROUP: _(
            "From the file of another group. Take them in on that group's page."
        ),
        Outcome.DAMAGED: _("Damaged. Ask for the file once more, or show the pictures again."),
        Outcome.NOBODY: _(
            "Nobody has this number yet. Take in the answers from before the lessons first,"
            " then these once more."
        ),
        Outcome.LEFT: _("Whoever had this number has deleted her answers. Nothing was kept."),
        Outcome.OTHER_CARD: _("The number is of a card of another group. Nothing was kept."),
        Outcome.CLOSED: _(
            "It was not the time for these questions: those from before count only before the"
            " lessons, and the others only when their time has come. Nothing was kept."
        ),
        Outcome.UNOPENED: _(
            "The group is not open yet. Open it, then take the answers in once more."
        ),
    }[outcome]


def told(found: Sequence[Taken]) -> list[tuple[str, str, int]]:
    """Each outcome with its questions and how many people's: one line for all that are alike."""
    counted = Counter((each.outcome, each.wave) for each in found)
    order = list(Outcome)
    return [
        (wave_name(wave) if wave else _("Unknown questions"), outcome_words(outcome), number)
        for (outcome, wave), number in sorted(
            counted.items(), key=lambda each: (order.index(each[0][0]), each[0][1])
        )
    ]


def missing_words(gathered: Gathered) -> list[str]:
    """Which pieces are missing of answers that came in part."""
    return [
        _(
            "Of one person's answers these pieces are missing: %(numbers)s. Nothing of them was"
            " kept. Add the pieces below and take them in once more.",
            numbers=", ".join(map(str, numbers)),
        )
        for numbers in gathered.missing.values()
    ]


def redated_words(found: Sequence[Taken]) -> str:
    """How often a phone's clock was wrong; "" where none was."""
    count = sum(each.redated for each in found)
    if not count:
        return ""
    return ngettext(
        "The clock of %(num)d phone was wrong. Today counts as the day of its answers.",
        "The clocks of %(num)d phones were wrong. Today counts as the day of their answers.",
        count,
    )


def verdict_words(found: Verdict) -> tuple[str, str]:
    """What a file is, and what to do with it."""
    if found.mark is Mark.ELSEWHERE:
        return (
            _("This file is of another server."),
            _("Ask whoever gave it out. Here nobody can say whether it is right."),
        )
    if found.mark is Mark.CHANGED or found.use is None:
        return (
            _("This file was changed."),
            _("Do not use it, and delete it. It may hold something that we did not write."),
        )
    return _("This file is genuine."), {
        Use.WITHDRAWN: _(
            "It holds something that was withdrawn. Do not use it any more: delete it, and take a"
            " new one."
        ),
        Use.NEWER: _("There is a newer one. Take that one instead."),
        Use.OLD: _(
            "It is older than half a year. Take a new one: telephone numbers may have changed."
        ),
        Use.CURRENT: _("It is whole, and nothing newer is here."),
    }[found.use]
