"""What is said about files that go out and come in."""

from flask_babel import gettext as _

from edu.exchange.notices import Notice, Sort
from edu.partner.changes_wording import faults_in_words


def notice_words(sort: Sort) -> str:
    """What a notice means, and what to do about it."""
    return (_of_texts() | _of_blocks())[sort]


def detail_words(notice: Notice) -> str:
    """What is said of the one thing besides, in the language of the page where there are words."""
    return " ".join(faults_in_words(notice.faults)) or notice.detail


def _of_texts() -> dict[Sort, str]:
    return {
        Sort.UNKNOWN_SEGMENT: _(
            "No text here is this one. It may have been taken out. Nothing was changed."
        ),
        Sort.SOURCE_CHANGED: _(
            "The English was changed since the file left. The words are kept, and wait for "
            "somebody to compare them with the new English."
        ),
        Sort.CONFLICT: _(
            "The words were changed here and in the file. Both are kept, and you choose between "
            "them after you have brought the file in."
        ),
        Sort.STATE_NOT_TAKEN: _(
            "The file calls these words checked. They come in as drafts: readers check them here."
        ),
        Sort.FORMULA_NEUTRALISED: _(
            "These cells begin as a formula does. They are taken as words. Look whether they are "
            "what you meant."
        ),
        Sort.ALREADY_THERE: _("The same words are here already."),
        Sort.LEFT_EMPTY: _("The file has no words for these. Those that are here stay."),
        Sort.TWICE: _("This text stands in the file more than once. The first one counts."),
        Sort.OTHER_LANGUAGE: _(
            "These words are for another language. Bring the file in at that language."
        ),
        Sort.OTHER_MODULE: _("This file is from another module. Bring it in at that module."),
        Sort.NOT_TO_BE_ADAPTED: _(
            "Questions may only be translated, never adapted: other words measure something else."
        ),
        Sort.RECORD_MISSING: _(
            "These words are adapted, and nothing says why. Write down the reason under "
            "Adaptations first, and save the words there."
        ),
        Sort.RECORD_NOT_TAKEN: _(
            "The reason for these adapted words is another one here. The one that is here stays."
        ),
        Sort.BACK_NOT_TAKEN: _(
            "A back-translation is written here, by somebody who did not translate."
        ),
        Sort.SOURCE_EDITED: _("The English was edited in the file. That changes nothing here."),
        Sort.TOO_LONG: _("These words are longer than any text here may be."),
        Sort.PLURAL: _("Texts of a lesson have no plural forms."),
        Sort.UNSURE: _("The place of these words was found by likeness. Look at them with care."),
        Sort.NOT_PLACED: _(
            "No place was found for these words. Copy them where they belong, if they do."
        ),
    }


def _of_blocks() -> dict[Sort, str]:
    return {
        Sort.BLOCK_GONE: _(
            "No block of your own has this text. A file cannot put a block in: do it here, under "
            "Adaptations."
        ),
        Sort.BLOCK_CHANGED: _(
            "This text of a block of your own was changed here and in the file. Yours stays. "
            "Compare the two, and change it under Adaptations."
        ),
        Sort.BLOCK_SHAPE: _(
            "These words would make another block of it, such as a list or a heading. Change it "
            "under Adaptations."
        ),
        Sort.BLOCK_FAULTY: _("With these words the block cannot be kept, so nothing of it is:"),
        Sort.BLOCKS_NOT_TAKEN: _(
            "The file adds, leaves out, moves or replaces a block in another way than here. A "
            "file cannot do that. What is here stays."
        ),
        Sort.REMARK_NOT_TAKEN: _("A remark on a block of your own has no place here."),
    }


def format_words(name: str) -> tuple[str, str]:
    """What a format is called, and for whom it is."""
    return {
        "xlsx": (
            _("Spreadsheet"),
            _("For Excel or LibreOffice. Write only into the white cells."),
        ),
        "po": (_("PO file"), _("For Poedit and other translation programs.")),
        "xliff": (_("XLIFF file"), _("For OmegaT, Trados, memoQ and others.")),
        "tmx": (
            _("TMX file"),
            _(
                "A translation memory, to reuse sentences elsewhere. Blocks of your own are not in "
                "it: they have no English beside them."
            ),
        ),
        "tbx": (_("Glossary (TBX)"), _("The agreed words, and the words to avoid.")),
    }[name]
