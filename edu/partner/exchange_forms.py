"""The forms of bringing files in."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from edu.exchange.terms import LONGEST


class FileForm(FlaskForm):  # type: ignore[misc]
    """A file with translated words; a whole lesson in Markdown also says which lesson it is."""

    file = FileField(_("Your file"), [FileRequired(_("Choose a file first."))])
    part = SelectField(_("Which lesson is it? (Only for a .md file)"), default="")

    def offer(self, parts: list[tuple[str, str]]) -> None:
        """The lessons there are."""
        chosen = [("", _("Choose")), *parts]
        self.part.choices = [SelectChoice(value, label) for value, label in chosen]


class BringForm(FlaskForm):  # type: ignore[misc]
    """Yes to what a file would do; `plan` is the digest of what she was shown."""

    plan = HiddenField(validators=[InputRequired(), Length(32, 32)])


class ChoiceForm(FlaskForm):  # type: ignore[misc]
    """One of two texts; `version` is the saving of ours that she was shown."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1)])


class GlossaryForm(FlaskForm):  # type: ignore[misc]
    """A glossary from a file."""

    file = FileField(_("Your file"), [FileRequired(_("Choose a file first."))])


class TermsForm(FlaskForm):  # type: ignore[misc]
    """Yes to what a glossary would change. It carries the words; each is looked at anew."""

    terms = HiddenField(validators=[InputRequired(), Length(max=LONGEST)])
