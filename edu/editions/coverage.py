"""How much of each module a language has: translated, adapted, reviewed, as its files say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from edu.editions.po import sources_by_edition
from edu.editions.shipped import Shipped, read_shipped
from edu.languages import SOURCE, language
from edu.segments.files import extract_file
from edu.segments.segment import fold

Key = tuple[str, str]


@dataclass(frozen=True)
class Coverage:
    """One language and one edition, in numbers of texts; `adapted` in numbers of changes."""

    tag: str
    module: str
    #: How many texts the English has.
    texts: int
    #: Of those, how many this language says in words of its own.
    own: int
    #: How many its readers meet in its words or in those of a language on its way to English.
    read: int
    #: Texts that say something else for a reason, and blocks put in, left out or moved.
    adapted: int
    reviewed: int


def coverage(root: Path) -> list[Coverage]:
    """Every language that has files, and every edition that there is, in their order."""
    shipped = {(each.tag, each.module): each for each in read_shipped(root)[0]}
    texts = {name: _texts(files) for name, files in sources_by_edition(root).items()}
    tags = sorted({tag for tag, _module in shipped})
    return [
        _cover(tag, module, texts[module], _own(shipped, texts[module], tag, module), shipped)
        for tag in tags
        for module in sorted(texts, key=_place)
    ]


def _place(module: str) -> tuple[bool, int, str]:
    """Modules by their number, then what is no module."""
    number = module[1:]
    return (not number.isdecimal(), int(number) if number.isdecimal() else 0, module)


def _texts(files: Iterable[Path]) -> set[Key]:
    return {
        (segment.context, fold(segment.text)) for file in files for segment in extract_file(file)
    }


def _said(edition: Shipped | None, texts: set[Key]) -> set[Key]:
    entries = edition.catalogue.entries if edition else ()
    return {each.key for each in entries if each.target and each.state == "translated"} & texts


def _own(
    shipped: Mapping[tuple[str, str], Shipped], texts: set[Key], tag: str, module: str
) -> Sequence[set[Key]]:
    """What each language on the way to English says, the nearest first."""
    steps = [step for step in language(tag).chain if step != SOURCE]
    return [_said(shipped.get((step, module)), texts) for step in steps]


def _cover(
    tag: str,
    module: str,
    texts: set[Key],
    said: Sequence[set[Key]],
    shipped: Mapping[tuple[str, str], Shipped],
) -> Coverage:
    edition = shipped.get((tag, module))
    entries = [
        each for each in (edition.catalogue.entries if edition else ()) if each.key in said[0]
    ]
    blocks = [each for each in (edition.records if edition else ()) if each.operation != "adapt"]
    return Coverage(
        tag,
        module,
        texts=len(texts),
        own=len(said[0]),
        read=len(set[Key]().union(*said)),
        adapted=sum(bool(each.adaptation) for each in entries) + len(blocks),
        reviewed=sum(each.reviewed for each in entries),
    )
