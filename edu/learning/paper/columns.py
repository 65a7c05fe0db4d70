"""What stands on a paper of a wave, in order: one column for each question that is ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from edu.learning.courses import Course, Questionnaire
from edu.learning.paper.cells import can_be_typed
from edu.quizzes.answers import Answer, State
from edu.quizzes.instrument import Item


@dataclass(frozen=True)
class Column:
    """One question of a questionnaire; its name is the one in small print on the paper."""

    questionnaire: Questionnaire
    item: Item

    @property
    def name(self) -> str:
        return f"{self.questionnaire.instrument.id}.{self.item.id}"


def questionnaires_on_paper(course: Course, wave: str) -> list[Questionnaire]:
    """The questionnaires of a wave whose answers are ticks."""
    return [each for each in course.asked_in(wave) if can_be_typed(each.instrument)]


def columns_of(course: Course, wave: str) -> list[Column]:
    """The columns of a wave."""
    return [
        Column(each, item)
        for each in questionnaires_on_paper(course, wave)
        for item in each.instrument.items
    ]


def is_blank(answers: Sequence[Answer]) -> bool:
    """Whether nothing at all was ticked: a page that was not handed in."""
    return all(each.state is State.SKIPPED for each in answers)
