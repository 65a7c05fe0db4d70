"""Every mistake in content, questionnaires and translations, for `flask check` and the start."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from edu import catalogues
from edu.checks.alone import check_block as check_words_of_block
from edu.checks.catalogue import check_catalogue
from edu.checks.finding import Finding
from edu.checks.pair import Rules
from edu.checks.ratios import Ratios, learn, ratios_for
from edu.communities.checking import check_communities
from edu.editions.layers import BlockChange, Layer, Word
from edu.editions.po import sources_by_edition
from edu.editions.records_in_files import Record
from edu.editions.resolve import resolve_text
from edu.editions.shipped import Shipped, read_shipped
from edu.editions.workplace.block_faults import unmarked
from edu.gate.gate import check_media
from edu.languages import language
from edu.lessons.checks import check_block, check_words
from edu.lessons.lesson import split_blocks
from edu.lessons.load import Library, check_content, load_content
from edu.lessons.mistakes import Broken, Message, Mistake
from edu.lessons.words import N_
from edu.quizzes.instrument import Instrument
from edu.quizzes.load import load_folder
from edu.quizzes.load_shells import load_shells
from edu.segments.files import extract_file, weave_with_catalogue
from edu.segments.segment import fold


def read_everything(
    root: Path,
) -> tuple[Library, Mapping[str, Instrument], Sequence[Shipped]]:
    """What authors and translators wrote. Raises Broken with all mistakes that block."""
    mistakes = check_everything(root, wording=False)
    blocking = [mistake for mistake in mistakes if mistake.blocks]
    if blocking:
        raise Broken(blocking)
    return load_content(root / "content"), load_folder(root / "quizzes")[0], read_shipped(root)[0]


def check_everything(root: Path, *, wording: bool = True) -> list[Mistake]:
    """Every mistake and every advice, sorted by file and line.

    `wording` compares every translation with its source, which takes a while; a start leaves it
    out: what ships is shown as a draft in any case.
    """
    mistakes = check_content(root / "content")
    mistakes += check_media(root / "content")
    mistakes += check_communities(root)
    _instruments, wrong = load_folder(root / "quizzes")
    mistakes += [_named(mistake, root) for mistake in wrong]
    _shells, wrong = load_shells(root / "quizzes")
    mistakes += [_named(mistake, root) for mistake in wrong]
    shipped, wrong = read_shipped(root)
    mistakes += wrong
    for path in sorted((root / "translations").glob("*/LC_MESSAGES/messages.po")):
        mistakes += [_named(mistake, root) for mistake in catalogues.check(path)]
    if not any(mistake.blocks for mistake in mistakes):
        library = load_content(root / "content")
        mistakes += _check_editions(root, library, shipped, wording=wording)
    return sorted(set(mistakes))


def _named(mistake: Mistake, root: Path) -> Mistake:
    path = Path(mistake.file)
    if path.is_absolute() and path.is_relative_to(root):
        return replace(mistake, file=path.relative_to(root).as_posix())
    return mistake


def _check_editions(
    root: Path, library: Library, shipped: Sequence[Shipped], *, wording: bool
) -> list[Mistake]:
    mistakes: list[Mistake] = []
    sources = sources_by_edition(root)
    # One module in all languages, then the next: its English is parsed once for all of them.
    for edition in sorted(shipped, key=lambda each: (each.module, each.tag)):
        file = f"translations/{edition.tag}/LC_MESSAGES/{edition.module}.po"
        if edition.module not in sources:
            message = Message(N_("there is no module %(module)s"), module=edition.module)
            mistakes.append(Mistake(file, 1, message, False))
            continue
        mistakes += _forgotten(edition, file, sources[edition.module])
        mistakes += _words_of(edition, file)
        if wording:
            said = (each for path in sources[edition.module] for each in extract_file(path))
            rules = Rules(ratios=_lengths(shipped, edition.tag))
            mistakes += check_catalogue(edition.catalogue, edition.tag, file, said, rules)
        mistakes += _blocks_of(edition, library)
        if wording:
            mistakes += _words_of_blocks(edition)
        mistakes += _unweavable(edition, sources[edition.module])
    mistakes += _unresolvable(library, shipped)
    return mistakes


def _lengths(shipped: Sequence[Shipped], tag: str) -> Ratios:
    """How long the texts of a language usually are: learned from those that are marked as
    reviewed in its files."""
    approved = (
        (entry.source, entry.target)
        for edition in shipped
        if edition.tag == tag
        for entry in edition.catalogue.entries
        if entry.reviewed and entry.state == "translated" and not entry.adaptation
    )
    return learn(approved, ratios_for(tag.partition("-")[0]))


def _forgotten(edition: Shipped, file: str, sources: Iterable[Path]) -> list[Mistake]:
    """Entries whose source nobody says any more: no reader will ever see them."""
    said = {
        (segment.context, fold(segment.text)) for path in sources for segment in extract_file(path)
    }
    return [
        Mistake(file, entry.line, N_("no source has this text here any more"), blocks=False)
        for entry in edition.catalogue.entries
        if entry.target and entry.state == "translated" and entry.key not in said
    ]


def _words_of(edition: Shipped, file: str) -> list[Mistake]:
    """What a translation brings in that a lesson may not hold."""
    return [
        replace(mistake, line=entry.line)
        for entry in edition.catalogue.entries
        if entry.target
        for mistake in check_words(entry.target, file)
    ]


#: What is wrong with one record of many in a file.
_OF_RECORD = "%(record)s: %(fault)s"
_NO_BLOCK = N_("it finds no such block, or would touch a safety block")


def _of(record: Record, fault: str) -> Message:
    return Message(_OF_RECORD, record=record.id, fault=fault)


def _said(finding: Finding) -> Message:
    said = Message(finding.template, **finding.values)
    return Message("%(said)s (%(check)s)", said=said, check=finding.check)


def _blocks_of(edition: Shipped, library: Library) -> list[Mistake]:
    """The blocks that a place puts in keep the rules of lessons."""
    file = f"translations/{edition.tag}/{edition.module}.toml"
    known = {lesson.id for module in library.modules.values() for lesson in module.lessons}
    targets = known | set(library.pages)
    return [
        Mistake(file, 1, _of(record, mistake.message), mistake.blocks)
        for record in edition.records
        if record.text
        for mistake in [
            *check_block(record.text, file, targets),
            *(
                each
                for piece in split_blocks(record.text)
                if piece.block
                for each in unmarked(piece.block, edition.tag)
            ),
        ]
    ]


def _words_of_blocks(edition: Shipped) -> list[Mistake]:
    """What may be wrong with the words of those blocks."""
    file = f"translations/{edition.tag}/{edition.module}.toml"
    return [
        Mistake(file, 1, _of(record, _said(finding)), finding.blocks)
        for record in edition.records
        if record.text
        for finding in check_words_of_block(record.text, edition.tag)
    ]


def _unweavable(edition: Shipped, sources: Iterable[Path]) -> list[Mistake]:
    """Translations that would change the shape of a page."""
    mistakes: list[Mistake] = []
    for path in sources:
        try:
            weave_with_catalogue(path, edition.catalogue)
        except Broken as broken:
            file = f"translations/{edition.tag}/LC_MESSAGES/{edition.module}.po"
            mistakes += [replace(mistake, file=file) for mistake in broken.mistakes]
    return mistakes


def _unresolvable(library: Library, shipped: Sequence[Shipped]) -> list[Mistake]:
    """Records that name a lesson or a block that is not there."""
    mistakes = []
    for edition in sorted(shipped, key=lambda each: (each.module, each.tag)):
        if edition.module not in library.modules:
            continue
        lessons = {each.id: each for each in library.modules[edition.module].lessons}
        file = f"translations/{edition.tag}/{edition.module}.toml"
        layers = layers_from_files(shipped, edition.tag, edition.module)
        for record in edition.records:
            if record.lesson not in lessons:
                message = Message(N_("there is no lesson %(lesson)s"), lesson=record.lesson)
                mistakes.append(Mistake(file, 1, _of(record, message)))
            elif record.operation != "adapt":
                used = resolve_text(lessons[record.lesson].source, record.lesson, layers).changes
                if f"{edition.tag}:{record.id}" not in used:
                    message = Message(_NO_BLOCK)
                    mistakes.append(Mistake(file, 1, _of(record, message)))
    return mistakes


def layers_from_files(shipped: Sequence[Shipped], tag: str, module: str) -> list[Layer]:
    """The layers of a module as its files alone give them, the ancestor first."""
    by_tag = {each.tag: each for each in shipped if each.module == module}
    return [_layer(by_tag[name]) for name in reversed(language(tag).chain) if name in by_tag]


def _layer(shipped: Shipped) -> Layer:
    return Layer(
        tag=shipped.tag,
        words={
            entry.key: Word(
                entry.target, "reviewed" if entry.reviewed else "draft", entry.adaptation
            )
            for entry in shipped.catalogue.entries
            if entry.state == "translated"
        },
        blocks=tuple(
            BlockChange(
                record.id,
                record.operation,
                record.lesson,
                record.block,
                record.after,
                record.text,
                "draft",
            )
            for record in shipped.records
            if record.operation != "adapt"
        ),
    )
