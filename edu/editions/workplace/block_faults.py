"""What is wrong with a block that a place wants to replace, add or move in a lesson."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from edu.checks.reading import Side
from edu.checks.signs import check_bidi, check_invisible
from edu.checks.suicide import speaks_of_suicide
from edu.checks.terms import Term
from edu.editions.models import SHOWING
from edu.editions.parts import Sort, all_parts
from edu.editions.workplace.adapting import WITH_TEXT, Operation
from edu.lessons.brought import names_in
from edu.lessons.checks import check_block
from edu.lessons.lesson import Block, split_blocks
from edu.lessons.markdown import FILM
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.placing import FIRST, put_in, shown_in
from edu.lessons.shape import SPEAKS_OF_SUICIDE
from edu.lessons.words import N_

_LONGEST = 20_000


def faults_of(
    root: Path, tag: str, terms: Sequence[Term], done: Operation, safety: str = ""
) -> list[Mistake]:
    """What is wrong with a block operation; nothing means it can be kept. `terms` are those of
    the community. Line 0 is the operation itself. `safety` is what the block is marked with that
    a picture or film goes into."""
    if done.operation in SHOWING:
        return _faults_of_shown(root, tag, terms, done, safety)
    if done.operation not in WITH_TEXT:
        same = done.operation == "reorder" and done.block == done.after
        return [_fault(N_("A block cannot stand behind itself."))] if same else []
    if len(done.text) > _LONGEST:
        return [_fault(N_("This is too long for one block."))]
    blocks = [piece.block for piece in split_blocks(done.text) if piece.block]
    if len(blocks) != 1 or done.text.strip() != blocks[0].markdown.strip():
        return [_fault(N_("Write one block, from its opening colons to its closing ones."))]
    if found := _unseen(done.text):
        return found
    found = [each for each in check_block(done.text, "", _targets(root)) if each.blocks]
    return found or unmarked(blocks[0], tag, terms)


def _unseen(text: str) -> list[Mistake]:
    """Signs that nobody sees may turn the words of a whole page around."""
    nothing, words = Side(""), Side(text)
    found = [*check_bidi(nothing, words), *check_invisible(nothing, words)]
    return [_fault(each.template, **each.values) for each in found if each.blocks]


def _targets(root: Path) -> list[str]:
    return [each.id for each in all_parts(root).values() if each.sort in (Sort.LESSON, Sort.PAGE)]


def _faults_of_shown(
    root: Path, tag: str, terms: Sequence[Term], done: Operation, safety: str
) -> list[Mistake]:
    """The words of a picture or film are looked at in an empty block: they keep its rules."""
    if len(done.text) > _LONGEST:
        return [_fault(N_("This is too long for one block."))]
    alone = put_in("::: here\n:::\n", done.text, FIRST)
    if alone is None or [each.name for each in shown_in(alone.text)] != [
        f"media/{name}{'.mp4' if done.operation == FILM else '.jpg'}"
        for name in names_in(done.text)
    ]:
        return [_fault(N_("Colons at the beginning of a line mean something else here."))]
    if found := _unseen(done.text):
        return found
    found = [each for each in check_block(alone.text, "", _targets(root)) if each.blocks]
    # The first two lines are ours.
    found = [replace(each, line=max(0, each.line - 2)) for each in found]
    if not found and safety != "suicide" and speaks_of_suicide(done.text, tag, terms):
        return [_fault(SPEAKS_OF_SUICIDE, block=done.block)]
    return found


def _fault(template: str, **values: str) -> Mistake:
    return Mistake("", 0, Message(template, **values))


def unmarked(block: Block, tag: str, terms: Sequence[Term] = ()) -> list[Mistake]:
    """A block that speaks of suicide, in the words of its language, and is not marked as such."""
    if block.safety == "suicide" or not speaks_of_suicide(block.markdown, tag, terms):
        return []
    return [Mistake("", block.line, Message(SPEAKS_OF_SUICIDE, block=block.name))]
