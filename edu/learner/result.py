"""What a learner takes away: her own change, a certificate, a reminder."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from babel.numbers import format_decimal
from flask import Blueprint, Response, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from edu.doors import address, day_in_words, db, public_address, show, today
from edu.languages import language
from edu.learner.phone import with_journey
from edu.learner.way import way_of
from edu.learning.courses import Course
from edu.learning.models import Journey, Pair
from edu.learning.pairs import KNOWLEDGE, pairs_of
from edu.learning.waves import BEFORE_2, LOOKING_BACK, place
from edu.outcomes.pictures import two_marks
from edu.pages.speaking import spoken
from edu.pages.views import Text, stored_text
from edu.programmes.calendars import Reminder, calendar_file
from edu.quizzes.instrument import Instrument, Kind, Scale
from edu.quizzes.methods import UNITS, ends

bp = Blueprint("result", __name__, url_prefix="/<tag>")


@dataclass(frozen=True)
class _Line:
    """One scale: its name, what happened in a sentence, and a picture of it."""

    title: Text
    sentence: Markup
    picture: Markup


@bp.get("/change")
@with_journey
def change(current: Journey) -> ResponseReturnValue:
    """Her own change, for her eyes only."""
    way = way_of(db(), current, spoken(), today())
    pairs = pairs_of(db(), current)
    return show(
        "learner/change.html",
        lines=_lines(way.course, pairs),
        knowledge=_knowledge(way.course, pairs),
        draft=any(pair.draft for pair in pairs),
        here="/change",
    )


def _newest(pairs: Sequence[Pair]) -> dict[str, Pair]:
    """The latest wave of each scale, from the lessons on. Waiting and looking back say nothing
    of what moved by the lessons."""
    since = [each for each in pairs if each.wave not in (BEFORE_2, LOOKING_BACK)]
    return {pair.scale: pair for pair in sorted(since, key=lambda pair: place(pair.wave))}


def _lines(course: Course, pairs: Sequence[Pair]) -> list[_Line]:
    found = _newest(pairs)
    lines = []
    for questionnaire in course.questionnaires:
        for scale in questionnaire.instrument.scales:
            if scale.id in found:
                pair = found[scale.id]
                moved = _direction(pair)
                words = [
                    questionnaire.text("scale", scale.id, part, page=spoken())
                    for part in ("title", "more", "less")
                ]
                picture = _picture(pair, questionnaire.instrument, scale)
                lines.append(_Line(words[0], _sentence(moved, words[1], words[2]), picture))
    return lines


def _direction(pair: Pair) -> int:
    """1 when she moved towards what the scale calls more, -1 towards less, 0 when she stayed."""
    return (pair.after > pair.before) - (pair.after < pair.before)


def _sentence(moved: int, more: Text, less: Text) -> Markup:
    if moved == 0:
        return escape(_("Your answers stayed the same."))
    towards = more if moved > 0 else less
    marked = Markup("<span{}>{}</span>").format(towards.marks, towards.text)
    return escape(_("Your answers moved towards this: %(what)s.", what="%s")) % marked


def _picture(pair: Pair, instrument: Instrument, scale: Scale) -> Markup:
    possible = ends(instrument, scale)
    low, span = possible.minimum, Fraction(possible.maximum - possible.minimum)
    places = [float((Fraction(value, UNITS) - low) / span) for value in (pair.before, pair.after)]
    return two_marks(
        places[0],
        places[1],
        mirrored=language(spoken()).direction == "rtl",
        before_label=_("Before"),
        after_label=_("After"),
    )


def _knowledge(course: Course, pairs: Sequence[Pair]) -> str:
    pair = _newest(pairs).get(KNOWLEDGE)
    of = [
        len(each.instrument.items)
        for each in course.questionnaires
        if each.instrument.kind is Kind.KNOWLEDGE
    ]
    if pair is None or not of:
        return ""
    before, after = pair.before // UNITS, pair.after // UNITS
    return _(
        "Before the lessons you answered %(before)d of %(of)d questions rightly, and afterwards"
        " %(after)d.",
        before=before,
        after=after,
        of=of[0],
    )


@bp.get("/certificate")
@with_journey
def certificate(current: Journey) -> ResponseReturnValue:
    """What she took part in, without a name: she writes it by hand."""
    way = way_of(db(), current, spoken(), today())
    if not way.finished:
        return redirect(address("my"), 303)
    titles = [stored_text(release.payload["title"], spoken()) for release in way.course.modules]
    course_minutes = way.course.minutes
    return show(
        "learner/certificate.html",
        titles=titles,
        time=_time_in_words(course_minutes),
        day=day_in_words(way.answered_on or today()),
        here="/certificate",
    )


def _time_in_words(minutes: int) -> str:
    """Minutes below an hour, hours to the half above: a certificate need not say more."""
    if minutes < 60:
        return ngettext("about %(num)d minute", "about %(num)d minutes", minutes)
    hours = format_decimal(round(minutes / 30) / 2, locale=language(spoken()).formatting)
    return _("about %(hours)s hours", hours=hours)


@bp.get("/reminder.ics")
@with_journey
def reminder(current: Journey) -> ResponseReturnValue:
    """A calendar entry for the later questions. No address is needed, and its words are neutral."""
    way = way_of(db(), current, spoken(), today())
    if way.later_on is None:
        abort(404)
    entry = Reminder(
        way.later_on,
        _("Daraja: a few questions"),
        _("Take your card, and open %(address)s", address=_return_address()),
        f"{way.later_on.isoformat()}-later",
    )
    return Response(
        calendar_file([entry], today()),
        mimetype="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="reminder.ics"'},
    )


def _return_address() -> str:
    return f"{public_address()}{address('return')}"
