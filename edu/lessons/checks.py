"""Every check of what authors wrote; plain functions, each with all it finds.

Format mistakes block. Style findings block where the words would hurt somebody, and advise
where a person may know better. The style rules are English: only sources are held to them.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.drawing import container_name
from edu.lessons.fields import TRANSLATED, Fields, read_front_matter, read_toml
from edu.lessons.lesson import Lesson, Module, read_lesson, read_module, read_page, split_blocks
from edu.lessons.markdown import NOTES, tokens_of
from edu.lessons.markup import (
    RAW_HTML,
    SOUNDS,
    depth,
    headings,
    links_and_pictures,
    media_problem,
    numbers_to_dial,
    odd_characters,
    raw_html,
)
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.safe import FILMS
from edu.lessons.shape import (
    attributes,
    block_order,
    containers,
    fences,
    safety_marks,
    suicide_marks,
)
from edu.lessons.style import body_style, long_sentences, title_style, words_about_people
from edu.lessons.words import N_

_MINUTES = N_("'minutes' says %(said)s; the lessons take %(taken)s.")


def check_lesson(
    text: str,
    file: str,
    id: str,
    library_ids: Collection[str],
    folder: Path | None = None,
) -> list[Mistake]:
    """`library_ids` are the lessons and pages one may link to; `folder` is where the file lies."""
    tokens = tokens_of(text)
    lesson, found = read_lesson(text, file=file, id=id)
    found = [*found, *_any_text(text, tokens, file), *headings(tokens, file, {"h3"})]
    found += links_and_pictures(tokens, file, library_ids, folder)
    nodes = Node(tokens).children
    found += containers(nodes, file) + body_style(nodes, file)
    fields = read_front_matter(text, file)
    found += _head_style(fields)
    if lesson:
        found += block_order(lesson, file) + safety_marks(lesson, file)
        found += _story_media(lesson, fields, folder)
    return _in_order(found)


def check_block(text: str, file: str, library_ids: Collection[str]) -> list[Mistake]:
    """A block that a place puts into a lesson, in whatever language: the rules that are not
    about English words. Lines count from the block's own first line."""
    tokens = tokens_of(text)
    nodes = Node(tokens).children
    blocks = [piece.block for piece in split_blocks(text) if piece.block]
    found = [*_any_text(text, tokens, file), *headings(tokens, file, {"h3"})]
    found += links_and_pictures(tokens, file, library_ids, None)
    found += containers(nodes, file) + suicide_marks(blocks, file)
    return _in_order(found)


def check_words(text: str, file: str) -> list[Mistake]:
    """A translated piece of text: no number to dial, no markup of its own."""
    return _in_order([*raw_html(text, file), *numbers_to_dial(text, file)])


def check_page(
    text: str,
    file: str,
    id: str,
    library_ids: Collection[str],
    folder: Path | None = None,
) -> list[Mistake]:
    tokens = tokens_of(text)
    _, found = read_page(text, file=file, id=id)
    found = [*found, *_any_text(text, tokens, file), *headings(tokens, file, {"h2", "h3"})]
    found += links_and_pictures(tokens, file, library_ids, folder, outside=True)
    nodes = Node(tokens).children
    for node in nodes:
        name = container_name(node)
        if name and name not in NOTES:
            message = Message(N_("'%(block)s' is for lessons, not for plain pages."), block=name)
            found.append(Mistake(file, node.map[0] + 1 if node.map else 1, message))
        elif name:
            found += attributes(node, file)
    found += body_style(nodes, file) + _head_style(read_front_matter(text, file))
    return _in_order(found)


def check_module(
    text: str, file: str, id: str, library_ids: Collection[str], folder: Path | None = None
) -> list[Mistake]:
    """The module file alone; `library_ids` and `folder` are taken for the sake of one shape."""
    _, found = read_module(text, file=file, id=id)
    found = [*found, *odd_characters(text, file), *numbers_to_dial(text, file)]
    found += _head_style(read_toml(text, file))
    return _in_order(found)


def check_minutes(module: Module, file: str) -> list[Mistake]:
    """Advice when a module promises another length than its lessons have."""
    total = sum(lesson.minutes for lesson in module.lessons)
    if not module.lessons or abs(total - module.minutes) <= 5:
        return []
    message = Message(_MINUTES, said=module.minutes, taken=total)
    return [Mistake(file, 1, message, blocks=False)]


def _any_text(text: str, tokens: Any, file: str) -> list[Mistake]:
    return [
        *odd_characters(text, file),
        *raw_html(text, file),
        *depth(tokens, file),
        *fences(tokens, text, file),
        *numbers_to_dial(text, file),
    ]


def _head_style(fields: Fields) -> list[Mistake]:
    found: list[Mistake] = []
    for name in TRANSLATED:
        value = fields.values.get(name)
        if not isinstance(value, str):
            continue
        line = fields.lines.get(name, 1)
        style = title_style if name == "title" else words_about_people
        found += style(value, line, fields.file) + long_sentences(value, line, fields.file)
        if "<" in value and raw_html(value, ""):
            found.append(Mistake(fields.file, line, Message(RAW_HTML)))
    return found


def _story_media(lesson: Lesson, fields: Fields, folder: Path | None) -> list[Mistake]:
    story, found = lesson.story, []
    if story is None:
        return []
    for name, file, kinds in (("audio", story.audio, SOUNDS), ("video", story.video, FILMS)):
        problem = media_problem(file, kinds, folder) if file else ""
        if problem:
            found.append((name, problem))
    if story.video and not media_problem(story.video, FILMS, folder):
        captions = story.video.rpartition(".")[0] + ".vtt"
        if problem := media_problem(captions, (".vtt",), folder):
            message = Message(N_("A video needs captions. %(problem)s"), problem=problem)
            found.append(("video", message))
    return [
        Mistake(fields.file, fields.lines.get(f"story.{name}", 1), problem)
        for name, problem in found
    ]


def _in_order(found: list[Mistake]) -> list[Mistake]:
    return sorted(set(found))
