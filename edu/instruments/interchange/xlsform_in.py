"""An XLSForm read back: the instrument, its words, and every mistake with its sheet and row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from edu.gate.refused import Refused, refuse
from edu.instruments.interchange.worded import STATES
from edu.instruments.interchange.xlsform import FORM_SHEET, SCALES_SHEET
from edu.instruments.interchange.xlsform_scales import scales_from
from edu.instruments.interchange.xlsform_sheets import Book, Row, Survey
from edu.instruments.interchange.xlsform_words import words_from
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.words import N_
from edu.quizzes.answers import CODE
from edu.quizzes.checks import findings
from edu.quizzes.identifiers import IDENTIFIER
from edu.quizzes.instrument import HigherMeans, Instrument, Item, Kind, Option

_SURVEY, _CHOICES, _SETTINGS = "survey", "choices", "settings"
#: What a form of Kobo or ODK may hold beside questions; it asks nobody anything.
_SILENT = ("start", "end", "today", "deviceid", "username", "begin", "end_", "audit")
_SELECT = {"select_one": False, "select_multiple": True}
MOST_ITEMS = 100


@dataclass(frozen=True)
class Brought:
    """What a file says: an instrument, its words by language and place, advice."""

    instrument: Instrument
    words: Mapping[str, Mapping[str, Any]]
    advice: tuple[Mistake, ...]


def read(
    tables: Mapping[str, Sequence[Sequence[str]]], name: str, id: str, version: int, source: str
) -> Brought:
    """The form in a workbook's tables. Raises Refused with every mistake; nothing is taken by
    halves. `source` is said of it where the file says nothing."""
    book = Book(name, tables)
    if not book.rows(_SURVEY):
        raise refuse(name, N_('There is no sheet "survey": this is not an XLSForm.'))
    tags = book.languages(_SURVEY, *([_CHOICES] if tables.get(_CHOICES) else []))
    survey = _survey(book, tags)
    facts = {row["key"]: row["value"] for row in book.rows(FORM_SHEET)}
    lists = _lists(book, tags, {name for _, _, name, _ in survey.items if name})
    instrument = _instrument(book, survey, lists, facts, id, version, source)
    _look(book, instrument, survey, lists)
    blocking = [each for each in book.mistakes if each.blocks]
    if blocking:
        raise Refused(blocking[:200])
    words = words_from(book, instrument, survey, lists, tags)
    return Brought(instrument, words, tuple(book.mistakes))


def form_id_in(tables: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """What a file calls its form: what we call it, if it is one of ours that went out."""
    return _settings(Book("", tables))["form_id"]


def _survey(book: Book, tags: Sequence[str]) -> Survey:
    found = Survey()
    if not tags:
        book.add(
            _SURVEY, 1, N_('no column holds the words of the questions, as "label::English (en)"')
        )
    for row in book.rows(_SURVEY):
        kind, _, list_name = row["type"].partition(" ")
        if kind == "note":
            book.complete(_SURVEY, row, tags)
            if found.items:
                found.after = row
            else:
                found.before = found.before or row
        elif kind in _SELECT or kind == "text":
            book.complete(_SURVEY, row, tags)
            found.items.append((row, _item_id(book, row), list_name.strip(), kind != "text"))
        elif not kind.startswith(_SILENT):
            book.add(
                _SURVEY,
                row.number,
                Message(N_('a question of the kind "%(kind)s" cannot be asked here'), kind=kind),
            )
    if not found.items:
        book.add(_SURVEY, 1, N_("there is no question"))
    if len(found.items) > MOST_ITEMS:
        book.add(_SURVEY, 1, Message(N_("there are more than %(most)s questions"), most=MOST_ITEMS))
    return found


def _item_id(book: Book, row: Row) -> str:
    said = row["name"].lower().replace("_", "-").replace(".", "-")
    said = said.removeprefix("q-") if said[2:3].isdigit() else said
    if not IDENTIFIER.fullmatch(said):
        book.add(
            _SURVEY,
            row.number,
            Message(N_('"%(word)s" must be small letters, digits and hyphens'), word=row["name"]),
        )
    return said


def _lists(book: Book, tags: Sequence[str], used: set[str]) -> dict[str, list[Row]]:
    """The answers of each list that a question uses; ours for "I don't know" are no answers."""
    found: dict[str, list[Row]] = {name: [] for name in used}
    for row in book.rows(_CHOICES):
        list_name, code = row["list_name"] or row["list name"], row["name"]
        if list_name not in found:
            continue
        book.complete(_CHOICES, row, tags)
        if code.lower() in STATES:
            continue
        if not CODE.fullmatch(code):
            book.add(
                _CHOICES,
                row.number,
                Message(N_('the name "%(code)s" must be letters and digits'), code=code),
            )
        found[list_name].append(row)
    for name in sorted(used):
        if not found[name]:
            book.add(_CHOICES, 1, Message(N_('the list "%(name)s" has no answers'), name=name))
    return found


def _instrument(
    book: Book,
    survey: Survey,
    lists: Mapping[str, list[Row]],
    facts: Mapping[str, str],
    id: str,
    version: int,
    source: str,
) -> Instrument:
    kind = _kind(book, survey, facts)
    one_list = {name for _, _, name, _ in survey.items}
    shared = kind is Kind.ATTITUDE and len(one_list) == 1
    options = {name: tuple(_option(book, row) for row in rows) for name, rows in lists.items()}
    higher = facts.get("higher_means", "better")
    if higher not in list(HigherMeans):
        book.add(FORM_SHEET, 1, N_('"higher_means" must be "better" or "worse"'))
        higher = "better"
    scales = tuple(
        # What is the whole form's way is no way of the scale's own.
        replace(scale, higher_means=None) if scale.higher_means == higher else scale
        for scale in scales_from(book, SCALES_SHEET)
    )
    items = tuple(
        _item(row, item, () if shared else options.get(name, ()), kind)
        for row, item, name, _ in survey.items
    )
    return Instrument(
        id=id,
        version=version,
        kind=kind,
        title=_settings(book)["form_title"] or "Some questions",
        introduction=_first(survey.before),
        closing=_first(survey.after),
        # Nobody but its owner can say so of a scale, and a file may say anything.
        validated=False,
        licence=facts.get("licence") or source,
        source=facts.get("source") or source,
        modules=(),
        on=False,
        higher_means=HigherMeans(higher),
        minimum_answered=_share(book, facts),
        scales=scales,
        options=next(iter(options.values()), ()) if shared else (),
        items=items,
        variant=facts.get("variant", ""),
    )


def _settings(book: Book) -> Row:
    return next(iter(book.rows(_SETTINGS)), Row(1, {}, {}))


def _kind(book: Book, survey: Survey, facts: Mapping[str, str]) -> Kind:
    chosen = {chooses for _, _, _, chooses in survey.items}
    if len(chosen) > 1:
        book.add(_SURVEY, 1, N_("open questions stand in a form of their own"))
    if chosen == {False}:
        return Kind.OPEN
    said = facts.get("kind", Kind.ATTITUDE.value)
    if said not in (Kind.ATTITUDE, Kind.KNOWLEDGE):
        book.add(FORM_SHEET, 1, N_('"kind" must be "attitude" or "knowledge"'))
        return Kind.ATTITUDE
    return Kind(said)


def _share(book: Book, facts: Mapping[str, str]) -> float:
    said = facts.get("minimum_answered", "0.8")
    try:
        share = float(said)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        book.add(FORM_SHEET, 1, N_('"minimum_answered" must be a number above 0 and up to 1'))
        return 0.8
    return share


def _first(row: Row | None) -> str:
    return next(iter(row.labels.values()), "") if row is not None else ""


def _item(row: Row, id: str, options: tuple[Option, ...], kind: Kind) -> Item:
    return Item(
        id=id,
        text=_first(row),
        scale=(row["scale"] or None) if kind is Kind.ATTITUDE else None,
        reverse=row.says_yes("reverse"),
        several=row["type"].startswith("select_multiple"),
        lesson=row["lesson"] or None,
        options=options,
        not_applicable=row.says_yes("not_applicable"),
    )


def _option(book: Book, row: Row) -> Option:
    score: int | None = None
    if row["score"]:
        try:
            score = int(float(row["score"])) if float(row["score"]).is_integer() else None
        except (ValueError, OverflowError):
            score = None
        if score is None:
            book.add(
                _CHOICES,
                row.number,
                Message(N_('"%(word)s" is no whole number to score'), word=row["score"]),
            )
    correct = row.says_yes("correct") if row["correct"] else None
    return Option(row["name"], _first(row), score, correct)


def _look(
    book: Book, instrument: Instrument, survey: Survey, lists: Mapping[str, list[Row]]
) -> None:
    """What the rules of instruments say, at the rows it is about."""
    if any(each.blocks for each in book.mistakes):
        return
    for path, message, blocks in findings(instrument):
        sheet, number = _SURVEY, 1
        if path[:1] == ("scales",):
            sheet, number = SCALES_SHEET, int(path[1]) + 2
        elif path[:1] == ("options",):
            sheet, number = _CHOICES, _row_at(next(iter(lists.values()), []), path[1:])
        elif path[:1] == ("items",):
            row, _, name, _ = survey.items[int(path[1])]
            number = row.number
            if path[2:3] == ("options",) and len(path) > 3:
                sheet, number = _CHOICES, _row_at(lists[name], path[3:])
        book.add(sheet, number, message, blocks)


def _row_at(rows: Sequence[Row], path: tuple[str | int, ...]) -> int:
    place = int(path[0]) if path else 0
    return rows[place].number if place < len(rows) else 1
