"""What a journey consists of in one language: its lessons and its questionnaires."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from edu.editions.models import Release
from edu.editions.payloads import text_state
from edu.editions.releasing import current_release, released_modules
from edu.languages import same_words
from edu.learning.instruments import kept_version
from edu.learning.models import InstrumentVersion
from edu.learning.sittings import Reading
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
class Course:
    """The modules of a journey as released in one language."""

    modules: Sequence[Release]
    questionnaires: Sequence[Questionnaire]

    @property
    def lessons(self) -> list[Mapping[str, Any]]:
        """All lessons, in order."""
        return [lesson for release in self.modules for lesson in release.payload["lessons"]]

    @property
    def minutes(self) -> int:
        """The time that the lessons take."""
        return sum(int(release.payload["minutes"]) for release in self.modules)

    def asked_in(self, wave: str) -> list[Questionnaire]:
        """The questionnaires of a wave. The open question is asked once, after the lessons."""
        return [
            each
            for each in self.questionnaires
            if each.instrument.kind is not Kind.OPEN or wave == "after"
        ]


def course_in(
    session: Session, tag: str, modules: Sequence[str], *, open_question: bool = False
) -> Course:
    """The course of these modules in a language; modules that are not released are left out."""
    releases = [each for each in released_modules(session, tag) if each.module in modules]
    return Course(releases, _questionnaires(session, tag, modules, open_question))


def _questionnaires(
    session: Session, tag: str, modules: Sequence[str], open_question: bool
) -> list[Questionnaire]:
    release = current_release(session, tag, "quizzes")
    if release is None:
        return []
    found = []
    for name, described in release.payload["instruments"].items():
        kept = kept_version(session, name, described["version"])
        if kept is None:
            continue
        row, instrument = kept
        if _is_asked(instrument, modules, open_question):
            found.append(
                Questionnaire(
                    row, instrument, release.id, tag, described["draft"], described["words"]
                )
            )
    return sorted(found, key=lambda each: _ORDER.index(each.instrument.kind))


def _is_asked(instrument: Instrument, modules: Sequence[str], open_question: bool) -> bool:
    wanted = instrument.on or (open_question and instrument.kind is Kind.OPEN)
    return wanted and (not instrument.modules or bool(set(instrument.modules) & set(modules)))
