"""A learner's way as a phone keeps it: what she can do of it without a network, and what she has
done. Waves that hang on a day are left out: the phone's own clock may be wrong."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from edu.doors import address, wave_name
from edu.editions.releasing import released_modules
from edu.groups.models import Arm
from edu.languages import language
from edu.learner.way import lesson_address
from edu.learning.courses import Course, Questionnaire
from edu.learning.journeys import group_of, lessons_done
from edu.learning.kept_words import course_of
from edu.learning.models import Journey
from edu.learning.sittings import sittings_of
from edu.learning.waves import AFTER, BEFORE, LOOKING_BACK, Schedule, schedule_of
from edu.pages.views import Text, lesson_view


@dataclass(frozen=True)
class KeptStep:
    """One step. `kind` is `lesson`, or the wave of a questionnaire; `copy` is where its page is
    fetched from to be kept, without a sign of hers."""

    kind: str
    label: str
    href: str
    #: The language of the label and its direction, where it is not the page's.
    lang: str = ""
    dir: str = ""
    remark: str = ""
    copy: str = ""
    release: int = 0
    done: bool = False


def kept_way(session: Session, journey: Journey, tag: str, today: date) -> dict[str, Any]:
    """Her number, her steps, and where the lessons of her modules are kept."""
    course = course_of(session, journey, tag, today)
    newest = {each.id for each in released_modules(session, tag)}
    schedule = schedule_of(group_of(session, journey))
    return {
        "way": journey.id,
        "steps": [asdict(step) for step in _steps(session, journey, course, schedule, newest, tag)],
        "modules": [
            each.module if each.id in newest else f"r{each.id}/{each.module}"
            for each in course.modules
        ],
    }


def waves_kept(schedule: Schedule) -> tuple[str, ...]:
    """The waves that can be met without a network. Where lessons or questions wait for a day, only
    the first: for the others she needs the server's day."""
    known = (BEFORE, AFTER, LOOKING_BACK) if schedule.arm is Arm.INTERVENTION else (BEFORE,)
    return tuple(wave for wave in schedule.waves if wave in known)


def _steps(
    session: Session,
    journey: Journey,
    course: Course,
    schedule: Schedule,
    newest: set[int],
    tag: str,
) -> Iterator[KeptStep]:
    kept = {
        (each.instrument_version.instrument, each.wave)
        for each in sittings_of(session, journey)
        if each.submitted_on is not None
    }
    for wave in waves_kept(schedule):
        if wave == AFTER:
            yield from _lessons(course, lessons_done(session, journey), newest, tag)
        for each in course.asked_in(wave):
            yield _questions(each, wave, tag, done=(each.instrument.id, wave) in kept)


def _lessons(
    course: Course, done: frozenset[str], newest: set[int], tag: str
) -> Iterator[KeptStep]:
    for release in course.modules:
        for stored in release.payload["lessons"]:
            lesson = lesson_view(stored, tag)
            where = lesson_address(release, lesson.number, current=release.id in newest)
            step = KeptStep("lesson", lesson.title.text, where, done=lesson.id in done)
            yield _marked(step, lesson.title)


def _questions(each: Questionnaire, wave: str, tag: str, *, done: bool) -> KeptStep:
    title = each.text("title", page=tag)
    name = each.instrument.id
    step = KeptStep(
        wave,
        title.text,
        address("questions", wave, name),
        remark=wave_name(wave),
        copy="" if done else address("offline", "questions", wave, name),
        release=each.release_id,
        done=done,
    )
    return _marked(step, title)


def _marked(step: KeptStep, label: Text) -> KeptStep:
    return replace(step, lang=label.tag, dir=language(label.tag).direction) if label.tag else step
