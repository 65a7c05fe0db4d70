"""The parts of an edition: a lesson, what stands about a module, a page, a questionnaire.

A part is what somebody reads and signs in one go. Its id is that of its file: `m1.1`, `m1`,
`pages.support`, or an instrument's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from edu.editions.po import sources_by_edition
from edu.segments.files import extract_file, file_id
from edu.segments.segment import Segment


class Sort(StrEnum):
    """What a part is."""

    MODULE = "module"
    LESSON = "lesson"
    PAGE = "page"
    INSTRUMENT = "instrument"


@dataclass(frozen=True)
class Part:
    """One file of an edition's sources. `module` names the edition it belongs to."""

    id: str
    module: str
    sort: Sort
    file: Path

    @property
    def may_be_adapted(self) -> bool:
        """A measure may only be translated: other words measure something else."""
        return self.sort is not Sort.INSTRUMENT

    def text(self) -> str:
        """The source, as its author wrote it."""
        return self.file.read_text(encoding="utf-8")

    def segments(self) -> tuple[Segment, ...]:
        """Its segments in order, each with its whole context."""
        return _segments(self.file, self.file.stat().st_mtime_ns)


def parts_of(root: Path, module: str) -> dict[str, Part]:
    """The parts of one edition by their ids, in their order; KeyError where there is none such."""
    files = sources_by_edition(root)[module]
    made = (Part(file_id(file), module, _sort(module, file), file) for file in files)
    return {part.id: part for part in made}


def all_parts(root: Path) -> dict[str, Part]:
    """Every part of every edition by its id, in the order of the curriculum."""
    return {
        name: part
        for module in sources_by_edition(root)
        for name, part in parts_of(root, module).items()
    }


def modules(root: Path) -> Mapping[str, list[Path]]:
    """The editions there may be, with their files: each module, `pages` and `quizzes`."""
    return sources_by_edition(root)


def _sort(module: str, file: Path) -> Sort:
    if module == "quizzes":
        return Sort.INSTRUMENT
    if module == "pages":
        return Sort.PAGE
    return Sort.MODULE if file.name == "module.toml" else Sort.LESSON


@lru_cache(maxsize=512)
def _segments(file: Path, _changed: int) -> tuple[Segment, ...]:
    return tuple(extract_file(file))
