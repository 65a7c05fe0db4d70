"""A learner's way as a list of steps: what is done, what is next, what comes later."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session, object_session

from edu.doors import address, day_in_words, wave_name
from edu.editions.models import Release
from edu.groups.models import Group
from edu.learning.courses import Course, Questionnaire, course_in
from edu.learning.journeys import lessons_done
from edu.learning.kept_words import keep_words
from edu.learning.models import Journey, Sitting
from edu.learning.sittings import sittings_of
from edu.pages.views import Text, lesson_view, stored_text

#: The third questionnaire is meant for three months later, four weeks more or less.
LATER_AFTER = timedelta(days=90)
LATER_WINDOW = timedelta(weeks=4)
_LATER_OPENS = LATER_AFTER - LATER_WINDOW


@dataclass(frozen=True)
class Step:
    """One step; `state` is done, open, later or missed."""

    label: Text
    state: str
    href: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Way:
    """The whole way of one journey."""

    course: Course
    group: Group | None
    steps: Sequence[Step]
    done: int
    finished: bool
    later_on: date | None
    #: The day on which the questions after the lessons were answered.
    answered_on: date | None

    @property
    def next(self) -> Step | None:
        """The first step that waits for her."""
        return next((step for step in self.steps if step.state == "open"), None)


def way_of(session: Session, journey: Journey, tag: str, today: date) -> Way:
    """The way of a journey, with labels in the language spoken."""
    group = session.get(Group, journey.group_id) if journey.group_id else None
    course = course_in(
        session, tag, journey.modules, open_question=bool(group and group.open_question)
    )
    current = {each.id for each in course.modules}
    course = keep_words(session, course, journey, today)
    done = lessons_done(session, journey)
    sittings = {
        (each.instrument_version.instrument, each.wave): each
        for each in sittings_of(session, journey)
    }
    lessons = [lesson["id"] for lesson in course.lessons]
    finished = set(lessons) <= done
    later_on = _later_day(sittings.values())
    steps = [
        *_questions(course, "before", sittings, tag, allowed=not done),
        *_lessons(course, done, tag, current),
        *_questions(course, "after", sittings, tag, allowed=finished),
        *_ends(finished, later_on is not None, sittings),
        *_later(course, sittings, tag, later_on, today),
    ]
    answered_on = later_on - _LATER_OPENS if later_on else None
    return Way(course, group, steps, len(done & set(lessons)), finished, later_on, answered_on)


def wave_is_open(session: Session, journey: Journey, wave: str, today: date) -> bool:
    """Whether a wave's questions may be answered now, as the way shows it. Those before the
    lessons count only before: after a lesson they would measure it, too."""
    course = course_in(session, journey.tag, journey.modules)
    course = keep_words(session, course, journey, today)
    done = lessons_done(session, journey)
    if wave == "before":
        return not done
    if not {lesson["id"] for lesson in course.lessons} <= done:
        return False
    return wave == "after" or _opens_later(sittings_of(session, journey), today)


def _opens_later(sittings: Sequence[Sitting], today: date) -> bool:
    opens = _later_day(sittings)
    return opens is not None and today >= opens


def _later_day(sittings: Iterable[Sitting]) -> date | None:
    """The day from which the later questions are asked; None while nothing was answered after."""
    days = [each.submitted_on for each in sittings if each.wave == "after"]
    return max((day + _LATER_OPENS for day in days if day), default=None)


@dataclass(frozen=True)
class OtherWay:
    """A journey that was begun and is not the current one."""

    id: str
    group: str
    titles: Sequence[Text]


def other_journeys(current: Journey, tag: str) -> list[OtherWay]:
    """What else this learner has begun, to be taken up again."""
    session = object_session(current)
    if session is None:
        return []
    found = []
    for journey in current.learner.journeys:
        if journey is not current:
            group = session.get(Group, journey.group_id) if journey.group_id else None
            titles = [
                stored_text(release.payload["title"], tag)
                for release in course_in(session, tag, journey.modules).modules
            ]
            found.append(OtherWay(journey.id, group.name if group else "", titles))
    return found


def _questions(
    course: Course,
    wave: str,
    sittings: dict[tuple[str, str], Sitting],
    tag: str,
    *,
    allowed: bool,
) -> list[Step]:
    return [
        _question_step(each, wave, sittings.get((each.instrument.id, wave)), tag, allowed=allowed)
        for each in course.asked_in(wave)
    ]


def _question_step(
    questionnaire: Questionnaire, wave: str, sitting: Sitting | None, tag: str, *, allowed: bool
) -> Step:
    title = questionnaire.text("title", page=tag)
    step = Step(title, "later", remark=wave_name(wave))
    if sitting is not None and sitting.submitted_on is not None:
        return replace(step, state="done", remark=_("Saved. Thank you."))
    if not allowed:
        if wave == "before":
            return replace(
                step,
                state="missed",
                remark=_("These were for before the lessons. That is all right, go on."),
            )
        return replace(step, remark=_("After the lessons"))
    return replace(step, state="open", href=address("questions", wave, questionnaire.instrument.id))


def lesson_address(release: Release, number: int, *, current: bool) -> str:
    """Where a lesson is read in the words of a release."""
    kept = () if current else (f"r{release.id}",)
    return address(*kept, release.module, number, "")


def _lessons(
    course: Course, done: frozenset[str], tag: str, current: AbstractSet[int]
) -> list[Step]:
    steps = []
    for release in course.modules:
        for stored in release.payload["lessons"]:
            lesson = lesson_view(stored, tag)
            steps.append(
                Step(
                    lesson.title,
                    "done" if lesson.id in done else "open",
                    lesson_address(release, lesson.number, current=release.id in current),
                    _("Done") if lesson.id in done else "",
                )
            )
    return steps


def _ends(finished: bool, answered: bool, sittings: dict[tuple[str, str], Sitting]) -> list[Step]:
    compare = answered and any(
        sitting.submitted_on for (_i, wave), sitting in sittings.items() if wave == "before"
    )
    waits = _("After the lessons")
    return [
        Step(Text(_("Your own change")), "ready", address("change"))
        if compare
        else Step(Text(_("Your own change")), "later", remark=waits),
        Step(Text(_("Certificate")), "ready", address("certificate"))
        if finished
        else Step(Text(_("Certificate")), "later", remark=waits),
        Step(Text(_("A reminder for your calendar")), "ready", address("reminder.ics"))
        if answered
        else Step(Text(_("A reminder for your calendar")), "later", remark=waits),
    ]


def _later(
    course: Course,
    sittings: dict[tuple[str, str], Sitting],
    tag: str,
    opens: date | None,
    today: date,
) -> list[Step]:
    steps = _questions(
        course, "later-1", sittings, tag, allowed=opens is not None and today >= opens
    )
    if opens is None or today >= opens:
        return steps
    remark = _("From %(day)s on, with your card", day=day_in_words(opens))
    return [step if step.state == "done" else replace(step, remark=remark) for step in steps]
