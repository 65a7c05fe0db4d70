"""Groups under way keep the words they began with.

Which those are follows from the lessons that were finished: each says in which release it was
read. A newer release is for those who begin after it, with two exceptions. A release that was
taken back is kept by nobody. And where words that touch safety differ, everybody meets the new
ones at once.

Questionnaires are kept in the same way: each sitting says in which release it was read. Who reads
in a language in which nobody of the group has answered yet gets that language's newest words for
the same questions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.editions.releasing import current_release
from edu.groups.models import Group
from edu.learning.courses import Chosen, Course, course_in, questionnaires_in
from edu.learning.models import Journey, LessonDone, Sitting
from edu.learning.waves import Schedule, schedule_of
from edu.lessons.lesson import split_blocks

#: Whoever began longer ago than this goes on with the newest words.
UNDER_WAY = timedelta(days=180)
#: What a course takes at most before the weeks to a later wave begin to count.
_COURSE = timedelta(weeks=8)


def course_of(session: Session, journey: Journey, tag: str, today: date) -> Course:
    """The course of a journey in a language, in the words that it, or its group, began with."""
    group = session.get(Group, journey.group_id) if journey.group_id else None
    course = course_in(
        session,
        tag,
        journey.modules,
        open_question=bool(group and group.open_question),
        chosen=chosen_by(group),
    )
    mine = Journey.group_id == group.id if group else Journey.id == journey.id
    return _kept(session, course, tag, mine, schedule_of(group), today)


def as_read(session: Session, course: Course, tag: str, release: str) -> Course:
    """The same course with the questions of the release that a form says it was read in. A form
    may have waited on a phone while newer questions came, and what was answered are the old ones:
    they are kept as such, even if those words were taken back since."""
    if not (release.isascii() and release.isdecimal() and len(release) < 10):
        return course
    read = session.get(Release, int(release))
    if read is None or (read.tag, read.module) != (tag, "quizzes"):
        return course
    return replace(course, questionnaires=questionnaires_in(session, read, course))


def course_of_group(session: Session, group: Group, tag: str, today: date) -> Course:
    """The same for a group's papers, which belong to nobody yet."""
    course = course_in(
        session,
        tag,
        group.modules,
        open_question=group.open_question,
        chosen=chosen_by(group),
    )
    mine = Journey.group_id == group.id
    return _kept(session, course, tag, mine, schedule_of(group), today)


def chosen_by(group: Group | None) -> Chosen:
    """The questionnaires that a group chose; nobody chooses alone."""
    if group is None:
        return Chosen()
    return Chosen(group.organisation_id, tuple(group.instruments))


def _kept(
    session: Session,
    course: Course,
    tag: str,
    mine: ColumnElement[bool],
    schedule: Schedule,
    today: date,
) -> Course:
    answered = _answered_with(session, tag, mine, schedule, today)
    return replace(
        course,
        modules=[_begun_with(session, each, mine, today) for each in course.modules],
        questionnaires=course.questionnaires
        if answered is None
        else questionnaires_in(session, answered, course),
    )


def _answered_with(
    session: Session, tag: str, mine: ColumnElement[bool], schedule: Schedule, today: date
) -> Release | None:
    """The release of questionnaires with which somebody under way goes on; None: the newest."""
    read = (
        select(Release)
        .join(Sitting, Sitting.release_id == Release.id)
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(
            mine,
            Journey.started_on >= today - _asked_for(schedule),
            Release.module == "quizzes",
            Release.withdrawn_on.is_(None),
        )
    )
    own = session.scalar(read.where(Release.tag == tag).order_by(Release.number).limit(1))
    if own is not None:
        return own
    first = session.scalar(read.order_by(Release.id).limit(1))
    return _same_questions(session, tag, first) if first is not None else None


def _asked_for(schedule: Schedule) -> timedelta:
    """How long a group goes on with its questions: as with its lessons, and in any case until the
    window of its last wave is over, because other questions could not be compared."""
    weeks = max(schedule.later, default=0) + schedule.window
    return max(UNDER_WAY, timedelta(weeks=weeks) + _COURSE)


def _same_questions(session: Session, tag: str, first: Release) -> Release | None:
    """The newest words of a language for the versions of the questions that a group began with."""
    offered = select(Release).where(
        Release.tag == tag, Release.module == "quizzes", Release.withdrawn_on.is_(None)
    )
    newest_first = session.scalars(offered.order_by(Release.number.desc()))
    asked = _versions(first).items()
    return next((each for each in newest_first if asked <= _versions(each).items()), None)


def _versions(release: Release) -> dict[str, int]:
    return {name: each["version"] for name, each in release.payload["instruments"].items()}


def _begun_with(
    session: Session, current: Release, mine: ColumnElement[bool], today: date
) -> Release:
    first = session.scalar(
        select(Release)
        .join(LessonDone, LessonDone.release_id == Release.id)
        .join(Journey, Journey.id == LessonDone.journey_id)
        .where(
            mine,
            Journey.started_on >= today - UNDER_WAY,
            Release.tag == current.tag,
            Release.module == current.module,
            Release.withdrawn_on.is_(None),
        )
        .order_by(Release.number)
        .limit(1)
    )
    return first if first is not None and may_be_kept(first, current) else current


def may_be_kept(older: Release, current: Release) -> bool:
    """Whether somebody may go on with an older release while there is a newer one."""
    if older.id == current.id:
        return True
    same = (older.tag, older.module) == (current.tag, current.module)
    if not same or older.withdrawn_on is not None or "lessons" not in older.payload:
        return False
    return _safety(older.payload) == _safety(current.payload)


def _safety(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The blocks of a module that touch safety."""
    return [
        (lesson["id"], piece.text)
        for lesson in payload["lessons"]
        for piece in split_blocks(lesson["markdown"])
        if piece.block is not None and piece.block.safety
    ]


def kept_releases(session: Session, today: date) -> Sequence[Release]:
    """The older releases in whose words somebody under way may go on: their pages are made, too."""
    read = (
        select(LessonDone.release_id)
        .join(Journey, Journey.id == LessonDone.journey_id)
        .where(Journey.started_on >= today - UNDER_WAY)
    )
    wanted = select(Release).where(Release.id.in_(read), Release.withdrawn_on.is_(None))
    found = []
    for release in session.scalars(wanted.order_by(Release.id)):
        current = current_release(session, release.tag, release.module)
        if current is not None and release.id != current.id and may_be_kept(release, current):
            found.append(release)
    return found
