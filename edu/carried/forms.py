"""The forms of files that are carried."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from edu.carried.handing_out import LONGEST

#: Signs that somebody may paste: a few hundred people's answers.
MOST_PASTED = 200_000


def _at_least_one(_form: object, field: SelectMultipleField) -> None:
    """Not InputRequired: that would make browsers ask for every single tick."""
    if not field.data:
        raise ValidationError(_("Choose at least one."))


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FileForm(FlaskForm):  # type: ignore[misc]
    """A file for a group. Choices and today are set by the view."""

    language = SelectField(_l("Language of the file"))
    waves = _Ticks(_l("Which questions are in it?"), [_at_least_one])
    until = DateField(_l("Last day on which answers are taken in"), [InputRequired()])
    sounds = BooleanField(_l("With recordings, where there are any. The file gets much larger"))

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def validate_until(self, field: DateField) -> None:
        if field.data is None:
            return
        if field.data < self.today:
            raise ValidationError(_("This day is over."))
        if field.data > self.today + LONGEST:
            raise ValidationError(_("At most a year from today."))


class AnswersForm(FlaskForm):  # type: ignore[misc]
    """Sealed answers: files, pasted text, or both."""

    files = MultipleFileField(_l("Files that came back, as many as you like"))
    pieces = TextAreaField(
        _l("Or the letters of the pictures, one piece in each line"), [Length(max=MOST_PASTED)]
    )


class CheckForm(FlaskForm):  # type: ignore[misc]
    """A file of lessons that somebody brings back."""

    file = FileField(_l("The file"), [FileRequired(_l("Choose a file first."))])
