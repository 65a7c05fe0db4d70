"""The sheet of an XLSForm that says how its scales are scored."""

from collections.abc import Mapping

from edu.instruments.interchange.xlsform_sheets import Book, Row
from edu.lessons.mistakes import Message
from edu.lessons.words import N_
from edu.quizzes.identifiers import IDENTIFIER
from edu.quizzes.keys import is_decimal
from edu.quizzes.scale import CONSTRUCTS, THREE_LEVELS, HigherMeans, Level, Method, Scale

_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "higher_means": tuple(HigherMeans),
    "method": tuple(Method),
    "construct": (*CONSTRUCTS, *THREE_LEVELS),
    "level": tuple(Level),
}


def scales_from(book: Book, sheet: str) -> tuple[Scale, ...]:
    """The scales of a file; a form without them is asked and not scored."""
    return tuple(_scale(book, sheet, row) for row in book.rows(sheet))


def _scale(book: Book, sheet: str, row: Row) -> Scale:
    for name in ("id", "title", "more", "less"):
        if not row[name]:
            book.add(sheet, row.number, Message(N_('the column "%(name)s" is empty'), name=name))
    if row["id"] and not IDENTIFIER.fullmatch(row["id"]):
        book.add(
            sheet,
            row.number,
            Message(N_('"%(word)s" must be small letters, digits and hyphens'), word=row["id"]),
        )
    chosen = {name: _one_of(book, sheet, row, name) for name in _ONE_OF}
    return Scale(
        id=row["id"],
        title=row["title"],
        more=row["more"],
        less=row["less"],
        higher_means=HigherMeans(chosen["higher_means"]) if chosen["higher_means"] else None,
        method=Method(chosen["method"] or Method.MEAN_OF_ANSWERED),
        minimum_answered=_whole(book, sheet, row, "minimum_answered", least=1),
        prorate=row.says_yes("prorate"),
        dont_know=None
        if row["dont_know"] in ("", "missing")
        else _whole(book, sheet, row, "dont_know"),
        table=_table(book, sheet, row),
        of=tuple(row["of"].split()),
        construct=chosen["construct"],
        level=Level(chosen["level"]) if chosen["level"] else None,
    )


def _one_of(book: Book, sheet: str, row: Row, name: str) -> str:
    said = row[name]
    if said and said not in _ONE_OF[name]:
        known = " or ".join(f'"{each}"' for each in map(str, _ONE_OF[name]))
        book.add(
            sheet, row.number, Message(N_('"%(name)s" must be %(known)s'), name=name, known=known)
        )
        return ""
    return said


def _whole(book: Book, sheet: str, row: Row, name: str, least: int | None = None) -> int | None:
    said = row[name]
    if not said:
        return None
    digits = said.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 6:
        book.add(sheet, row.number, Message(N_('"%(name)s" must be a whole number'), name=name))
        return None
    if least is not None and int(said) < least:
        book.add(
            sheet,
            row.number,
            Message(N_('"%(name)s" must be %(least)s or more'), name=name, least=least),
        )
        return None
    return int(said)


def _table(book: Book, sheet: str, row: Row) -> tuple[tuple[int, str], ...]:
    found = []
    for each in row["table"].split():
        total, equals, points = each.partition("=")
        digits = total.removeprefix("-")
        if not equals or not (digits.isascii() and digits.isdecimal()) or not is_decimal(points):
            book.add(
                sheet,
                row.number,
                Message(N_('"%(word)s" in the table is not a sum and its points'), word=each),
            )
        else:
            found.append((int(total), points))
    return tuple(sorted(found))
