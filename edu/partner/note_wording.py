"""What is told of a text beside it: what it is on the page. Sources say it in English."""

from flask_babel import gettext as _

from edu.partner.changes_wording import block_name


def note_words(note: str) -> tuple[str, str]:
    """What a text is, in the language of the page, and the English words it belongs to; a note
    that an author wrote herself stays as it is."""
    if (known := _known().get(note)) is not None:
        return known, ""
    about, found, rest = note.partition(": ")
    if found and (known := _belonging().get(about)) is not None:
        return known, rest
    block = note.removeprefix("title of the block ")
    if block != note:
        return _("title of the block “%(block)s”", block=block_name(block)), ""
    return "", note


def _known() -> dict[str, str]:
    return {
        "title of the page": _("title of the page"),
        "summary of the page": _("what the page is about, in one sentence"),
        "message of the page": _("what readers should keep in mind"),
        "content_note of the page": _("what a reader may want to know before"),
        "what a reader may want to know before": _("what a reader may want to know before"),
        "story.teller of the page": _("who tells the story"),
        "title of the module": _("title of the module"),
        "what the module is about, one or two sentences": _(
            "what the module is about, one or two sentences"
        ),
        "a question": _("a question"),
        "one item; translate, never adapt": _("one item; translate, never adapt"),
        "what a scale measures": _("what a scale measures"),
        "what moving up means": _("what moving up means"),
        "what moving down means": _("what moving down means"),
        "an answer that every item offers; the steps between answers must stay even": _(
            "an answer that every item offers; the steps between answers must stay even"
        ),
    }


def _belonging() -> dict[str, str]:
    return {
        "an answer to": _("an answer to:"),
        "the feedback on": _("what is said to whoever chose:"),
        "a cell in the column": _("a cell in the column:"),
    }
