"""An instrument as an XLSForm, which Kobo, ODK and Enketo ask from.

Two more sheets carry what an XLSForm has no place for: `daraja_form` and `daraja_scales`. Programs
that do not know them leave them out; ours makes the same instrument of them again.
"""

from collections.abc import Iterator, Sequence

from edu.exchange.workbook import Column, Sheet, workbook
from edu.instruments.interchange.worded import Worded, language_name, scale_facts
from edu.quizzes.instrument import Item, Kind, Option

#: The sheets that are ours, beside those of the format.
FORM_SHEET, SCALES_SHEET = "daraja_form", "daraja_scales"
SHARED = "answers"
ITEM_COLUMNS = ("scale", "reverse", "not_applicable", "lesson")
FORM_FACTS = (
    *("id", "version", "variant", "kind", "validated", "licence", "source", "modules"),
    *("higher_means", "minimum_answered"),
)


def write(worded: Worded) -> bytes:
    """The workbook."""
    form, labels = worded.instrument, [f"label::{language_name(tag)}" for tag in worded.tags]
    facts = scale_facts(worded)
    return workbook(
        [
            _sheet("survey", ["type", "name", *labels, *ITEM_COLUMNS], _survey(worded)),
            _sheet("choices", ["list_name", "name", *labels, "score", "correct"], _choices(worded)),
            _sheet(
                "settings",
                ["form_title", "form_id", "version", "default_language"],
                [
                    [
                        worded.said(worded.first, "title") or form.title,
                        form.id,
                        str(form.version),
                        language_name(worded.first),
                    ]
                ],
            ),
            _sheet(FORM_SHEET, ["key", "value"], _form(worded)),
            _sheet(
                SCALES_SHEET,
                [*SCALE_COLUMNS, *_scale_labels(worded)],
                [[*each.values(), *_scale_words(worded, each["id"])] for each in facts],
            ),
        ]
    )


SCALE_COLUMNS = (
    *("id", "title", "more", "less", "higher_means", "method", "minimum_answered", "prorate"),
    *("dont_know", "table", "of", "construct", "level"),
)
_SCALE_WORDS = ("title", "more", "less")


def _sheet(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Sheet:
    return Sheet(title, [Column(each, 30, open=True) for each in columns], rows)


def _form(worded: Worded) -> list[list[str]]:
    form = worded.instrument
    values = {
        "version": str(form.version),
        "validated": "yes" if form.validated else "no",
        "modules": " ".join(form.modules),
        "minimum_answered": repr(form.minimum_answered),
    }
    rows = [[name, values.get(name, str(getattr(form, name)))] for name in FORM_FACTS]
    rows += [[f"title::{tag}", worded.said(tag, "title")] for tag in worded.tags]
    return rows


def _scale_labels(worded: Worded) -> list[str]:
    return [f"{name}::{tag}" for name in _SCALE_WORDS for tag in worded.tags]


def _scale_words(worded: Worded, scale: str) -> list[str]:
    return [worded.said(tag, "scale", scale, name) for name in _SCALE_WORDS for tag in worded.tags]


def _survey(worded: Worded) -> list[list[str]]:
    form, tags, blank = worded.instrument, worded.tags, [""] * len(ITEM_COLUMNS)
    before = [worded.said(tag, "introduction") or form.introduction for tag in tags]
    after = [worded.said(tag, "closing") or form.closing for tag in tags]
    rows = [["note", "introduction", *before, *blank]]
    for item in form.items:
        facts = [
            *(item.scale or "", "yes" if item.reverse else ""),
            *("yes" if item.not_applicable else "", item.lesson or ""),
        ]
        labels = [worded.item(tag, item) for tag in tags]
        rows.append([_type(worded, item), name_of(item), *labels, *facts])
    return [*rows, ["note", "closing", *after, *blank]]


def name_of(item: Item) -> str:
    """A question's name: as ours, unless it begins with a digit, which XML does not take."""
    return f"q-{item.id}" if item.id[0].isdigit() else item.id


def list_of(item: Item) -> str:
    """The list of a question's answers; one that may not apply has a further answer."""
    if item.options:
        return f"answers-{item.id}"
    return f"{SHARED}-na" if item.not_applicable else SHARED


def _type(worded: Worded, item: Item) -> str:
    if worded.instrument.kind is Kind.OPEN:
        return "text"
    return f"{'select_multiple' if item.several else 'select_one'} {list_of(item)}"


def _choices(worded: Worded) -> list[list[str]]:
    rows: list[list[str]] = []
    seen: set[str] = set()
    for item in worded.instrument.items:
        if list_of(item) not in seen:
            seen.add(list_of(item))
            rows += _list(worded, item)
    return rows


def _list(worded: Worded, item: Item) -> Iterator[list[str]]:
    for option in worded.instrument.options_of(item):
        labels = [worded.option(tag, item, option) for tag in worded.tags]
        yield [list_of(item), option.code, *labels, *_counts(option)]
    for code in worded.states_of(item):
        labels = [worded.state(tag, code) for tag in worded.tags]
        yield [list_of(item), code, *labels, "", ""]


def _counts(option: Option) -> list[str]:
    score = "" if option.score is None else str(option.score)
    correct = "" if option.correct is None else "yes" if option.correct else "no"
    return [score, correct]
