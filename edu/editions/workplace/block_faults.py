"""What is wrong with a block that a place wants to replace, add or move in a lesson."""

from collections.abc import Sequence
from pathlib import Path

from edu.checks.reading import Side
from edu.checks.signs import check_bidi, check_invisible
from edu.checks.suicide import speaks_of_suicide
from edu.checks.terms import Term
from edu.editions.parts import Sort, all_parts
from edu.editions.workplace.adapting import WITH_TEXT, Operation
from edu.lessons.checks import check_block
from edu.lessons.lesson import Block, split_blocks
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.shape import SPEAKS_OF_SUICIDE
from edu.lessons.words import N_

_LONGEST = 20_000


def faults_of(root: Path, tag: str, terms: Sequence[Term], done: Operation) -> list[Mistake]:
    """What is wrong with a block operation; nothing means it can be kept. `terms` are those of
    the community. Line 0 is the operation itself."""
    if done.operation not in WITH_TEXT:
        same = done.operation == "reorder" and done.block == done.after
        return [_fault(N_("A block cannot stand behind itself."))] if same else []
    if len(done.text) > _LONGEST:
        return [_fault(N_("This is too long for one block."))]
    blocks = [piece.block for piece in split_blocks(done.text) if piece.block]
    if len(blocks) != 1 or done.text.strip() != blocks[0].markdown.strip():
        return [_fault(N_("Write one block, from its opening colons to its closing ones."))]
    # Signs that nobody sees may turn the words of a whole page around.
    nothing, words = Side(""), Side(done.text)
    unseen = [*check_bidi(nothing, words), *check_invisible(nothing, words)]
    if any(each.blocks for each in unseen):
        return [_fault(each.template, **each.values) for each in unseen if each.blocks]
    targets = [
        each.id for each in all_parts(root).values() if each.sort in (Sort.LESSON, Sort.PAGE)
    ]
    found = [each for each in check_block(done.text, "", targets) if each.blocks]
    return found or unmarked(blocks[0], tag, terms)


def _fault(template: str, **values: str) -> Mistake:
    return Mistake("", 0, Message(template, **values))


def unmarked(block: Block, tag: str, terms: Sequence[Term] = ()) -> list[Mistake]:
    """A block that speaks of suicide, in the words of its language, and is not marked as such."""
    if block.safety == "suicide" or not speaks_of_suicide(block.markdown, tag, terms):
        return []
    return [Mistake("", block.line, Message(SPEAKS_OF_SUICIDE, block=block.name))]
