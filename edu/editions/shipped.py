"""What ships in `translations/`: catalogues and adaptation records, and what is wrong with them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from edu.editions.records_in_files import Record, read_records
from edu.languages import SOURCE, normalise
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.segments.catalogue import Catalogue, read_po

_INTERFACE = "messages"


@dataclass(frozen=True)
class Shipped:
    """One edition as shipped: its catalogue and its records, and a digest of both files."""

    tag: str
    module: str
    catalogue: Catalogue
    records: tuple[Record, ...]
    digest: str


def read_shipped(root: Path) -> tuple[list[Shipped], list[Mistake]]:
    """Every edition in `translations/`, and every mistake in its files."""
    found: list[Shipped] = []
    mistakes: list[Mistake] = []
    for folder in sorted((root / "translations").glob("*/")):
        tag = normalise(folder.name)
        if tag is None:
            message = N_("a folder here is named by a language tag, such as sw-KE")
            mistakes.append(Mistake(f"translations/{folder.name}", 1, message))
            continue
        if tag == SOURCE:
            message = N_("English is what is translated; mend it in content/ and quizzes/")
            mistakes.append(Mistake(f"translations/{folder.name}", 1, message))
            continue
        for module in _modules(folder):
            shipped, wrong = _read_edition(root, folder, tag, module)
            found.append(shipped)
            mistakes.extend(wrong)
    return found, mistakes


def _modules(folder: Path) -> list[str]:
    catalogues = {file.stem for file in (folder / "LC_MESSAGES").glob("*.po")}
    records = {file.stem for file in folder.glob("*.toml")}
    return sorted((catalogues | records) - {_INTERFACE})


def _read_edition(root: Path, folder: Path, tag: str, module: str) -> tuple[Shipped, list[Mistake]]:
    po, toml = folder / "LC_MESSAGES" / f"{module}.po", folder / f"{module}.toml"
    digest = hashlib.sha256()
    catalogue = Catalogue()
    mistakes: list[Mistake] = []
    if po.exists():
        content = po.read_bytes()
        digest.update(content)
        catalogue = read_po(content, file=str(po.relative_to(root)))
        mistakes.extend(catalogue.mistakes)
    records: tuple[Record, ...] = ()
    if toml.exists():
        content = toml.read_bytes()
        digest.update(b"\0" + content)
        name = str(toml.relative_to(root))
        records, wrong = read_records(content.decode("utf-8", "replace"), name)
        mistakes.extend(wrong)
    mistakes.extend(_loose_ends(catalogue, records, str(po.relative_to(root))))
    mistakes.extend(_adapted_questions(module, catalogue, records, str(po.relative_to(root))))
    return Shipped(tag, module, catalogue, records, digest.hexdigest()), mistakes


def _loose_ends(catalogue: Catalogue, records: Iterable[Record], file: str) -> list[Mistake]:
    """An adapted text without its reason."""
    known = {record.id for record in records}
    return [
        Mistake(
            file,
            entry.line,
            Message(
                N_("the adaptation %(adaptation)s has no record saying why"),
                adaptation=repr(entry.adaptation),
            ),
        )
        for entry in catalogue.entries
        if entry.adaptation and entry.adaptation not in known
    ]


def _adapted_questions(
    module: str, catalogue: Catalogue, records: Iterable[Record], file: str
) -> list[Mistake]:
    """Questionnaires that are adapted: other words measure something else."""
    if module != "quizzes":
        return []
    lines = [entry.line for entry in catalogue.entries if entry.adaptation]
    lines += [1 for _record in records]
    return [Mistake(file, line, N_("a questionnaire may only be translated")) for line in lines]
