"""The sheets of an XLSForm as rows of named cells, with every empty cell that needs words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edu.exchange.workbook import decoded
from edu.languages import SOURCE, normalise
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_

_LABEL = re.compile(r"label(?:::?(?P<language>.*))?", re.IGNORECASE)
_TAG = re.compile(r"\(([A-Za-z0-9-]+)\)\s*$")


@dataclass(frozen=True)
class Row:
    """A row of a sheet; `labels` are by language tag."""

    number: int
    cells: Mapping[str, str]
    labels: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    def says_yes(self, name: str) -> bool:
        return self[name].casefold() in ("yes", "true", "1")


@dataclass
class Book:
    """The sheets of one file, and what is wrong with them so far."""

    name: str
    tables: Mapping[str, Sequence[Sequence[str]]]
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, sheet: str, number: int, message: str, blocks: bool = True) -> None:
        self.mistakes.append(Mistake(f"{self.name}/{sheet}", number, message, blocks))

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet below its titles; none where there is no such sheet."""
        table = self.tables.get(sheet, ())
        if not table:
            return []
        titles = [title.strip() for title in table[0]]
        tags = self._tags(sheet, titles)
        return [
            self._row(number, titles, tags, cells)
            for number, cells in enumerate(table[1:], start=2)
            if any(cell.strip() for cell in cells)
        ]

    def _row(
        self, number: int, titles: list[str], tags: Mapping[int, str], cells: Sequence[str]
    ) -> Row:
        full = [decoded(cell).strip() for cell in cells] + [""] * (len(titles) - len(cells))
        named = {title: cell for title, cell in zip(titles, full, strict=False) if title}
        return Row(number, named, {tag: full[place] for place, tag in tags.items()})

    def _tags(self, sheet: str, titles: list[str]) -> dict[int, str]:
        """In which columns labels stand, and in which languages."""
        found: dict[int, str] = {}
        for place, title in enumerate(titles):
            match = _LABEL.fullmatch(title)
            if match is None:
                continue
            said = (match["language"] or "").strip()
            inner = _TAG.search(said)
            tag = SOURCE if not said else normalise(inner[1] if inner else said)
            if tag is None:
                self.add(
                    sheet,
                    1,
                    Message(
                        N_('"%(title)s" names no language: write its tag, as in "Kiswahili (sw)"'),
                        title=title,
                    ),
                )
            elif tag in found.values():
                self.add(sheet, 1, Message(N_('two columns hold words in "%(tag)s"'), tag=tag))
            else:
                found[place] = tag
        return found

    def languages(self, *sheets: str) -> list[str]:
        """The languages of all these sheets; one that a sheet lacks is a mistake."""
        heads = {sheet: self._heads(sheet) for sheet in sheets if self.tables.get(sheet)}
        every = list(dict.fromkeys(tag for tags in heads.values() for tag in tags))
        for sheet, tags in heads.items():
            for tag in every:
                if tag not in tags:
                    self.add(sheet, 1, Message(N_('no column holds words in "%(tag)s"'), tag=tag))
        return every

    def _heads(self, sheet: str) -> list[str]:
        before = len(self.mistakes)
        tags = self._tags(sheet, [title.strip() for title in self.tables[sheet][0]])
        # They are told when the rows are read.
        del self.mistakes[before:]
        return list(tags.values())

    def complete(self, sheet: str, row: Row, tags: Sequence[str]) -> None:
        """Tell every language in which a row has no words; other programs show a dash for it."""
        for tag in tags:
            # Where the whole column is missing, it has been told once.
            if tag in row.labels and not row.labels[tag]:
                self.add(sheet, row.number, Message(N_('there are no words in "%(tag)s"'), tag=tag))


@dataclass
class Survey:
    """The questions of a file: each row with its id, its list of answers, and whether it is chosen
    from; and the notes before and after them."""

    items: list[tuple[Row, str, str, bool]] = field(default_factory=list)
    before: Row | None = None
    after: Row | None = None
