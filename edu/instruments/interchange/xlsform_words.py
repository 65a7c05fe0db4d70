"""The words of an XLSForm, in each of its languages."""

from collections.abc import Mapping, Sequence

from edu.instruments.interchange.xlsform import FORM_SHEET, SCALES_SHEET
from edu.instruments.interchange.xlsform_sheets import Book, Row, Survey
from edu.quizzes.instrument import Instrument

#: Words as forms keep them: by place the text, its language and state.
_Words = dict[str, dict[str, str]]


def words_from(
    book: Book,
    instrument: Instrument,
    survey: Survey,
    lists: Mapping[str, list[Row]],
    tags: Sequence[str],
) -> dict[str, _Words]:
    """Every word of a file by language, the first one first. What stands there word for word as
    in the first language was not translated, and stays in that language."""
    words = {tag: _words(book, instrument, survey, lists, tag, first=tags[0]) for tag in tags}
    original = words[tags[0]]
    return {
        tag: {
            at: original[at] if word["text"] == original[at]["text"] else word
            for at, word in each.items()
        }
        for tag, each in words.items()
    }


def _words(
    book: Book,
    instrument: Instrument,
    survey: Survey,
    lists: Mapping[str, list[Row]],
    tag: str,
    *,
    first: str,
) -> _Words:
    """Every word of a language. Nobody here has read a translation that came with a file."""
    facts = {row["key"]: row["value"] for row in book.rows(FORM_SHEET)}
    found = {
        "title": facts.get(f"title::{tag}") or instrument.title,
        "introduction": survey.before.labels.get(tag, "") if survey.before else "",
        "closing": survey.after.labels.get(tag, "") if survey.after else "",
    }
    scales = {row["id"]: row for row in book.rows(SCALES_SHEET)}
    for scale in instrument.scales:
        for name in ("title", "more", "less"):
            said = scales[scale.id][f"{name}::{tag}"] or str(getattr(scale, name))
            found[f"scale|{scale.id}|{name}"] = said
    for row, id, list_name, _ in survey.items:
        found[id] = row.labels[tag]
        group = "option" if instrument.options else id
        for option in lists.get(list_name, ()):
            found[f"{group}|{option['name']}"] = option.labels[tag]
    state = "original" if tag == first else "draft"
    return {
        f"{instrument.id}|{place}": {"text": text, "tag": tag, "state": state}
        for place, text in found.items()
    }
