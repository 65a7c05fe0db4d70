"""What a journey consists of in one language: its lessons and its questionnaires."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.editions.payloads import text_state
from edu.editions.releasing import current_release, releases_of
from edu.languages import same_words
from edu.learning.instruments import built_words, kept_version
from edu.learning.models import InstrumentVersion
from edu.learning.sittings import Reading
from edu.learning.waves import AFTER, LOOKING_BACK
from edu.pages.views import Text, stored_text
from edu.quizzes.instrument import Instrument, Kind

#: Attitudes first, so that what is known does not colour what is felt; the open question last.
_ORDER = (Kind.ATTITUDE, Kind.KNOWLEDGE, Kind.OPEN)


@dataclass(frozen=True)
class Questionnaire:
    """An instrument as it is released in one language: its definition and its frozen words."""

    row: InstrumentVersion
    instrument: Instrument
    release_id: int
    tag: str
    draft: bool
    words: Mapping[str, Mapping[str, str]]

    @property
    def state(self) -> str:
        """What a reader is told: a draft, reviewed, or the original."""
        return text_state(word["state"] for word in self.words.values())

    def is_complete(self, page: str) -> bool:
        """Whether every word stands in the reader's own language."""
        return all(same_words(word["tag"], page) for word in self.words.values())

    def text(self, *place: str, page: str) -> Text:
        """The frozen words of a place: an item's id, `title`, or `scale`, its id and `more`."""
        stored = self.words.get("|".join([self.instrument.id, *place]))
        return stored_text(stored, page) if stored else Text("")

    def reading(self, wave: str) -> Reading:
        """What a learner has before her in this wave."""
        return Reading(self.row, wave, self.tag, self.release_id, self.draft)


@dataclass(frozen=True)
class Chosen:
    """The questionnaires that a group chose, ours by name and those of its organisation as
    `name@version`. With none it is asked what everybody is asked."""

    organisation_id: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """The modules of a journey as released in one language."""

    modules: Sequence[Release]
    questionnaires: Sequence[Questionnaire]
    #: What it was asked for: these modules, with the open question or without.
    asked_for: Sequence[str] = ()
    open_question: bool = False
    chosen: Chosen = Chosen()

    @property
    def lessons(self) -> list[Mapping[str, Any]]:
        """All lessons, in order."""
        return [lesson for release in self.modules for lesson in release.payload["lessons"]]

    @property
    def minutes(self) -> int:
        """The time that the lessons take."""
        return sum(int(release.payload["minutes"]) for release in self.modules)

    def asked_in(self, wave: str) -> list[Questionnaire]:
        """The questionnaires of a wave. The open question is asked once, after the lessons; what
        somebody knew before cannot be asked by looking back."""
        return [each for each in self.questionnaires if _fits(each.instrument.kind, wave)]


def _fits(kind: Kind, wave: str) -> bool:
    if kind is Kind.OPEN:
        return wave == AFTER
    return wave != LOOKING_BACK or kind is Kind.ATTITUDE


def course_in(
    session: Session,
    tag: str,
    modules: Sequence[str],
    *,
    open_question: bool = False,
    chosen: Chosen = Chosen(),
) -> Course:
    """The course of these modules in a language, in their order; modules that are not released are
    left out."""
    releases = releases_of(session, tag, modules)
    bare = Course(releases, [], modules, open_question, chosen)
    release = current_release(session, tag, "quizzes")
    return (
        replace(bare, questionnaires=questionnaires_in(session, release, bare)) if release else bare
    )


def questionnaires_in(session: Session, release: Release, course: Course) -> list[Questionnaire]:
    """The questionnaires that a course asks, in the words of a release; those that an organisation
    put together have frozen words of their own."""
    found = []
    for name, described in release.payload["instruments"].items():
        kept = kept_version(session, name, described["version"])
        if kept is not None and _is_asked(kept[1], course):
            words, draft = described["words"], described["draft"]
            found.append(Questionnaire(*kept, release.id, release.tag, draft, words))
    found += [
        built
        for name in course.chosen.names
        if (built := _built(session, release, course.chosen.organisation_id, name)) is not None
    ]
    return sorted(found, key=lambda each: _ORDER.index(each.instrument.kind))


def _is_asked(instrument: Instrument, course: Course) -> bool:
    if instrument.kind is Kind.OPEN and course.open_question:
        return True
    if course.chosen.names:
        return instrument.id in course.chosen.names
    fits = not instrument.modules or bool(set(instrument.modules) & set(course.asked_for))
    return instrument.on and fits


def _built(
    session: Session, release: Release, organisation_id: int, chosen: str
) -> Questionnaire | None:
    """A version of a form that an organisation put together, in the language of a release."""
    name, _at, version = chosen.partition("@")
    if not version.isdecimal():
        return None
    kept = kept_version(session, name, int(version))
    words = built_words(session, organisation_id, name, int(version), release.tag)
    if kept is None or words is None:
        return None
    draft = any(word["state"] == "draft" for word in words.values())
    return Questionnaire(*kept, release.id, release.tag, draft, words)
