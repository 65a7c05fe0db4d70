"""A learner's way as a list of steps: what is done, what is next, what comes later."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from flask_babel import gettext as _
from sqlalchemy.orm import Session, object_session

from edu.doors import address, day_in_words, wave_name
from edu.editions.models import Release
from edu.editions.releasing import released_modules
from edu.groups.models import Arm, Group
from edu.learning.courses import Course, Questionnaire, course_in
from edu.learning.journeys import lessons_done
from edu.learning.kept_words import course_of
from edu.learning.models import Journey, Sitting
from edu.learning.sittings import sittings_of
from edu.learning.waves import (
    AFTER,
    BEFORE,
    BEFORE_2,
    LOOKING_BACK,
    Opening,
    Schedule,
    Stand,
    accepts,
    lessons_open,
    opening,
    opens_on,
    schedule_of,
    window_of,
)
from edu.pages.views import Text, lesson_view, stored_text


@dataclass(frozen=True)
class Step:
    """One step; `state` is done, open, later or missed."""

    label: Text
    state: str
    href: str = ""
    remark: str = ""
    #: The lesson, where it is one.
    lesson: str = ""


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
    newest = {each.id for each in released_modules(session, tag)}
    course = course_of(session, journey, tag, today)
    schedule = schedule_of(group)
    done = lessons_done(session, journey)
    sittings = sittings_of(session, journey)
    stand = _stand(course, done, sittings, today)
    met = {(each.instrument_version.instrument, each.wave): each for each in sittings}
    asking = _Asking(course, schedule, stand, met, tag)
    waves = [asking.steps(wave) for wave in schedule.waves]
    split = schedule.waves.index(AFTER)
    answered_on = stand.answered.get(AFTER)
    windows = [window_of(schedule, wave, answered_on) for wave in schedule.waves]
    still = [each.meant for each in windows if each and each.closes >= today]
    steps = [
        *chain.from_iterable(waves[:split]),
        *_lessons(course, done, tag, newest, asking),
        *waves[split],
        *_ends(stand, any(wave == BEFORE for wave in stand.answered)),
        *chain.from_iterable(waves[split + 1 :]),
    ]
    count = len(done & {lesson["id"] for lesson in course.lessons})
    return Way(course, group, steps, count, stand.finished, min(still, default=None), answered_on)


def wave_is_open(session: Session, journey: Journey, wave: str, today: date) -> bool:
    """Whether a wave's answers are kept now. Those before the lessons count only before: after a
    lesson they would measure it, too. Late ones are kept."""
    group = session.get(Group, journey.group_id) if journey.group_id else None
    course = course_of(session, journey, journey.tag, today)
    done = lessons_done(session, journey)
    stand = _stand(course, done, sittings_of(session, journey), today)
    return accepts(schedule_of(group), wave, stand)


def _stand(course: Course, done: frozenset[str], sittings: Sequence[Sitting], today: date) -> Stand:
    """Where somebody is, as far as waves hang on it."""
    answered: dict[str, date] = {}
    for each in sittings:
        if each.submitted_on is not None:
            answered[each.wave] = max(each.submitted_on, answered.get(each.wave, date.min))
    finished = {lesson["id"] for lesson in course.lessons} <= done
    return Stand(today, bool(done), finished, answered)


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


@dataclass(frozen=True)
class _Asking:
    """What is needed to say how each questionnaire of each wave stands."""

    course: Course
    schedule: Schedule
    stand: Stand
    sittings: Mapping[tuple[str, str], Sitting]
    tag: str

    def steps(self, wave: str) -> list[Step]:
        """The questionnaires of a wave; one that asks to look back follows its own answers."""
        return [self._step(each, wave) for each in self.course.asked_in(wave)]

    def _step(self, questionnaire: Questionnaire, wave: str) -> Step:
        name = questionnaire.instrument.id
        step = Step(questionnaire.text("title", page=self.tag), "later", remark=wave_name(wave))
        if self._is_kept(name, wave):
            return replace(step, state="done", remark=_("Saved. Thank you."))
        state = opening(self.schedule, wave, self.stand)
        if wave == LOOKING_BACK and not self._is_kept(name, AFTER):
            state = Opening.NOT_YET
        if state is Opening.OPEN:
            return replace(step, state="open", href=address("questions", wave, name))
        if state is Opening.MISSED:
            return replace(step, state="missed", remark=_missed(wave))
        return replace(step, remark=self._when(wave))

    def _is_kept(self, instrument: str, wave: str) -> bool:
        sitting = self.sittings.get((instrument, wave))
        return sitting is not None and sitting.submitted_on is not None

    def _when(self, wave: str) -> str:
        day = opens_on(self.schedule, wave, self.stand)
        if day is not None:
            return _("From %(day)s on, with your card", day=day_in_words(day))
        return wave_name(wave) if wave == BEFORE_2 else _("After the lessons")

    @property
    def lessons_remark(self) -> str | None:
        """Why the lessons are not for her yet; None when they are."""
        if lessons_open(self.schedule, self.stand):
            return None
        if self.schedule.arm is Arm.WAITING and self.schedule.from_day:
            return _("From %(day)s on, with your card", day=day_in_words(self.schedule.from_day))
        return _("After the second questions")


def _missed(wave: str) -> str:
    if wave in (BEFORE, BEFORE_2):
        return _("These were for before the lessons. That is all right, go on.")
    return _("The time for these is over. That is all right, go on.")


def lesson_address(release: Release, number: int, *, current: bool) -> str:
    """Where a lesson is read in the words of a release."""
    kept = () if current else (f"r{release.id}",)
    return address(*kept, release.module, number, "")


def _lessons(
    course: Course, done: frozenset[str], tag: str, current: AbstractSet[int], asking: _Asking
) -> list[Step]:
    steps = []
    closed = asking.lessons_remark
    for release in course.modules:
        for stored in release.payload["lessons"]:
            lesson = lesson_view(stored, tag)
            if closed is not None and lesson.id not in done:
                steps.append(Step(lesson.title, "later", remark=closed))
                continue
            steps.append(
                Step(
                    lesson.title,
                    "done" if lesson.id in done else "open",
                    lesson_address(release, lesson.number, current=release.id in current),
                    _("Done") if lesson.id in done else "",
                    lesson.id,
                )
            )
    return steps


def _ends(stand: Stand, began: bool) -> list[Step]:
    answered, finished = AFTER in stand.answered, stand.finished
    compare = answered and began
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
