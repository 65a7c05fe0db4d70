"""The sheets that go with an evaluator's report: TIDieR (what the course was) and RE-AIM (how far
it reached). In English with the terms of the frameworks, as that is how they are reported.

TIDieR: Hoffmann et al. (2014), BMJ 348, g1687. RE-AIM: Glasgow, Vogt & Boles (1999), American
Journal of Public Health 89, 1322-1327. What the program cannot know is left open by name.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.editions.models import Edition
from edu.editions.review.evaluators import tidier, told
from edu.groups.models import Arm, Group
from edu.learning.courses import course_in
from edu.learning.models import Journey, LessonDone, Sitting

OPEN = "(to be filled in by the programme)"


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"


def tidier_sheet(session: Session, root: Path, groups: Sequence[Group], name: str) -> str:
    """The twelve items, as text."""
    modules = sorted({module for group in groups for module in group.modules})
    tags = sorted({group.tags[0] for group in groups if group.tags})
    course = course_in(session, "en", modules)
    titles = "; ".join(release.payload["title"]["text"] for release in course.modules)
    modes = _modes(session, groups)
    lessons = _count(len(course.lessons), "lesson")
    places = len({group.place for group in groups if group.place})
    lines = [
        f"1. Brief name: {name}",
        f"2. Why: {OPEN}",
        f"3. What, materials: {titles}. Languages: {', '.join(tags) or 'none yet'}.",
        f"4. What, procedures: questions before, {lessons}, questions after.",
        f"5. Who provided: {OPEN}",
        f"6. How: {modes}",
        f"7. Where: {_count(places, 'place')}",
        f"8. When and how much: {lessons}, about {_count(course.minutes, 'minute')}",
        *_adapted(session, root, modules, tags),
        f"11. How well, planned: {OPEN}",
        f"12. How well, actual: {_completed(session, groups)}",
    ]
    return "\n".join(lines) + "\n"


def _modes(session: Session, groups: Sequence[Group]) -> str:
    rows = session.execute(
        select(Sitting.mode, func.count())
        .join(Journey, Journey.id == Sitting.journey_id)
        .where(Journey.group_id.in_([group.id for group in groups]))
        .group_by(Sitting.mode)
        .order_by(Sitting.mode)
    )
    return (
        "; ".join(f"{mode}: {_count(count, 'questionnaire')}" for mode, count in rows)
        or "not begun"
    )


def _adapted(
    session: Session, root: Path, modules: Sequence[str], tags: Sequence[str]
) -> list[str]:
    editions = session.scalars(
        select(Edition)
        .where(Edition.module.in_(modules), Edition.tag.in_(tags))
        .order_by(Edition.module, Edition.tag)
    )
    found = []
    for edition in editions:
        changes = told(session, root, edition)
        if changes:
            found.append(tidier(edition, changes))
    return found or ["9. Tailoring: none.", "10. Modifications: none."]


def _completed(session: Session, groups: Sequence[Group]) -> str:
    """How much of what they were to have was had by those who take the lessons: who waits or is
    compared has had none yet, and each group has lessons of its own."""
    due = done = 0
    for group in groups:
        if group.arm != Arm.INTERVENTION.value:
            continue
        lessons = {lesson["id"] for lesson in course_in(session, "en", group.modules).lessons}
        mine = Journey.group_id == group.id
        begun = session.scalar(select(func.count()).select_from(Journey).where(mine)) or 0
        due += begun * len(lessons)
        done += (
            session.scalar(
                select(func.count())
                .select_from(LessonDone)
                .join(Journey, Journey.id == LessonDone.journey_id)
                .where(mine, LessonDone.lesson.in_(lessons))
            )
            or 0
        )
    if not due:
        return "nobody has begun"
    return f"{round(100 * done / due)} % of all lessons of all who began them"


def re_aim(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The five dimensions with what a report knows of them."""
    flow, design = content["flow"], content["design"]
    course = [each for each in flow if each["arm"] == "intervention"]
    started = sum(each["started"] for each in course)
    finished = sum(each["finished"] for each in course)
    later = {
        wave: number
        for each in course
        for wave, number in each["waves"].items()
        if wave.startswith("later")
    }
    main = [each for each in content["scales"] if each.get("primary") and each["matched"]]
    effect = "; ".join(f"{each['scale']}: {each['verdict'].replace('_', ' ')}" for each in main)
    return [
        ("Reach", f"{started} began; how many were invited: {OPEN}"),
        ("Effectiveness", effect or "no main scale was named in a frozen plan"),
        (
            "Adoption",
            f"{_count(design['groups'], 'group')} in {_count(design['places'], 'place')}",
        ),
        ("Implementation", f"{finished} of {started} finished all lessons"),
        (
            "Maintenance",
            "; ".join(f"{wave}: {number} matched" for wave, number in sorted(later.items()))
            or "nobody was asked later",
        ),
    ]
