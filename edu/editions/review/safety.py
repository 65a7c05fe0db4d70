"""What a part touches that must be held back until it was reviewed: suicide, helplines, the law."""

from sqlalchemy.orm import Session

from edu.checks.suicide import speaks_of_suicide
from edu.communities.lookup import terms_for
from edu.editions.parts import Part, Sort
from edu.editions.standing import Standing
from edu.languages import SOURCE
from edu.lessons.lesson import read_lesson
from edu.lessons.markdown import tokens_of
from edu.lessons.shape import HELD_BACK


def touched(session: Session, tag: str, part: Part, words: Standing) -> frozenset[str]:
    """By the marks of its source, by those of the blocks that a place put in, and by its words."""
    return safety_of(part) | _put_in(words.markdown) | _said(session, tag, part, words)


def safety_of(part: Part) -> frozenset[str]:
    """What a part touches that must be held back until it was reviewed."""
    marks = {each.safety for each in part.segments() if each.safety}
    if part.sort is Sort.LESSON:
        lesson, _mistakes = read_lesson(part.text(), file=part.file.name, id=part.id)
        marks |= set(lesson.safety) if lesson else set()
    return frozenset(marks & set(HELD_BACK))


def _put_in(markdown: str) -> frozenset[str]:
    """What the words on the desk touch: a block that a place put in may touch more than the
    source does."""
    if "safety=" not in markdown:
        return frozenset()
    marks = {
        str(token.meta["attributes"].get("safety", ""))
        for token in tokens_of(markdown)
        if token.type == "container_block_open"
    }
    return frozenset(marks & set(HELD_BACK))


def _said(session: Session, tag: str, part: Part, words: Standing) -> frozenset[str]:
    """What the words themselves touch, whatever is marked: an adapted text, a block of a place or
    a free translation may speak of suicide where its author did not."""
    if part.sort not in (Sort.LESSON, Sort.PAGE):
        return frozenset()
    own = "\n".join(choice.text for choice in words.choices if choice.tag != SOURCE)
    speaks = own and speaks_of_suicide(own, tag, terms_for(session, tag))
    return frozenset({"suicide"}) if speaks else frozenset()
