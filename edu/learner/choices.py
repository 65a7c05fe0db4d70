"""What a learner may choose for herself, and which lessons suit it. What she chose stays on her
phone: nothing here reads, stores or is told it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from edu.editions.releasing import released_modules
from edu.learning.models import Learner
from edu.pages.views import Text, lesson_view


@dataclass(frozen=True)
class Suited:
    """A lesson that suits a choice."""

    id: str
    path: str
    title: Text


@dataclass(frozen=True)
class Choice:
    """Something to choose; `id` is all that her phone keeps of it."""

    id: str
    label: str
    lessons: Sequence[Suited]


@dataclass(frozen=True)
class Choices:
    """Some choices under one heading."""

    title: str
    choices: Sequence[Choice]


def choices_for(session: Session, tag: str) -> list[Choices]:
    """All that can be chosen where these lessons are released; none that leads nowhere."""
    there = _lessons(session, tag)
    found = []
    for title, choices in _all():
        made = [
            Choice(id, label, [there[each] for each in lessons.split() if each in there])
            for id, label, lessons in choices
        ]
        kept = [each for each in made if each.lessons]
        if kept:
            found.append(Choices(title, kept))
    return found


def whose(learner: Learner | None) -> str:
    """A sign by which a phone knows that what it keeps is another's, and drops it; "" for a guest.
    It tells nothing of the learner, and is no card and no session."""
    if learner is None:
        return ""
    return hashlib.sha256(f"mine {learner.id}".encode()).hexdigest()[:16]


def _lessons(session: Session, tag: str) -> dict[str, Suited]:
    views = [
        lesson_view(stored, tag)
        for release in released_modules(session, tag)
        for stored in release.payload["lessons"]
    ]
    return {
        view.id: Suited(view.id, f"{view.id.partition('.')[0]}/{view.number}", view.title)
        for view in views
    }


def _all() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Each heading with its choices: the id, the words, and the lessons in the order in which
    they are named first. None of them is about thoughts of ending one's life: that one is met in
    its place, with what leads to it."""
    return [
        (
            _("I am here for"),
            [
                ("self", _("Myself"), "m2.4 m3.1 m7.4 m5.4"),
                ("family", _("My family"), "m6.2 m5.1 m3.2"),
                ("neighbour", _("My neighbours"), "m1.1 m1.3 m4.5"),
                ("work", _("My work"), "m6.4 m4.2"),
                ("faith", _("My faith community"), "m6.3 m6.1"),
                ("school", _("My school"), "m6.5 m5.5"),
            ],
        ),
        (
            _("I would like to"),
            [
                ("listen", _("listen better"), "m5.2 m5.1"),
                ("words", _("find good words"), "m1.1 m5.1"),
                ("speak", _("speak up when somebody is treated badly"), "m5.5 m1.4"),
                ("room", _("make room for somebody"), "m4.5 m1.3"),
                ("help", _("know what can help"), "m2.3 m2.4"),
            ],
        ),
        (
            _("I am curious about"),
            [
                ("stories", _("what people tell of their own lives"), "m4.3 m1.1 m10.4"),
                ("beliefs", _("what different people believe"), "m6.1 m6.3"),
                ("rights", _("rights"), "m4.5 m4.2"),
                ("carry", _("what carries us in hard times"), "m3.1 m7.4 m3.3"),
            ],
        ),
        (
            _("I am good at"),
            [
                ("hearing", _("listening"), "m5.2 m6.2"),
                ("organising", _("organising things"), "m3.4 m2.3"),
                ("calm", _("staying calm"), "m4.3 m7.3"),
                ("telling", _("explaining and telling"), "m10.6 m1.2"),
            ],
        ),
    ]
