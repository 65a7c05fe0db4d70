"""The forms of this door. What may be chosen is set by the view."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from edu.account.forms import STORABLE
from edu.doors import today


class BuildForm(FlaskForm):  # type: ignore[misc]
    """A questionnaire under way; its items are ticks of their own beside it."""

    name = StringField(_("What you call it"), [Length(max=80)], STORABLE)
    planned = IntegerField(
        _("How many people do you plan to ask?"), [Optional(), NumberRange(2, 100_000)]
    )
    shown = SelectField(_("Show it in"))
    #: The version that she saw when she began.
    began_from = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0)])

    def offer(self, languages: list[tuple[str, str]]) -> None:
        """The languages in which it can be looked at."""
        self.shown.choices = [SelectChoice(tag, name) for tag, name in languages]


def _not_over(_form: object, field: DateField) -> None:
    if field.data < today():
        raise ValidationError(_("This day is over."))


class ClaimForm(FlaskForm):  # type: ignore[misc]
    """Somebody says that her organisation holds a licence."""

    terms = TextAreaField(
        _("Who gave leave, when, and under which number?"),
        [InputRequired(), Length(10, 500)],
        STORABLE,
    )
    ends_on = DateField(_("Last day of the licence, if it ends"), [Optional(), _not_over])
    sure = BooleanField(
        _("My organisation may use this scale, and will keep to its licence."), [InputRequired()]
    )


class KeyForm(FlaskForm):  # type: ignore[misc]
    """The owner's key; the fields for the items of each scale stand beside it."""

    reverse = StringField(
        _("Which items are reversed?"), [InputRequired(), Length(1, 200)], STORABLE
    )


class WordsForm(FlaskForm):  # type: ignore[misc]
    """The words of a scale in one language; `began_from` is the saving that she saw."""

    began_from = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(0)])


class BringForm(FlaskForm):  # type: ignore[misc]
    """A form from a file."""

    file = FileField(_("Your file"), [FileRequired(_("Choose a file first."))])
    name = StringField(_("What you call it"), [InputRequired(), Length(1, 80)], STORABLE)
    licence = StringField(
        _("Whose words are they, and by what right may you use them?"),
        [InputRequired(), Length(3, 200)],
        STORABLE,
    )


class ComesBackForm(FlaskForm):  # type: ignore[misc]
    """What a form that comes back as a file shall be; `brought` is what was read from the file."""

    brought = HiddenField(validators=[InputRequired()])
    as_ = RadioField(_("What shall it be?"), validators=[InputRequired()])

    def offer(self, version: int | None) -> None:
        """What may be chosen; without a version only a new form."""
        kinds = [("version", _("Version %(number)d of your form", number=version))] * bool(version)
        named = [*kinds, ("new", _("A new form beside it"))]
        self.as_.choices = [SelectChoice(value, label) for value, label in named]


class RetireForm(FlaskForm):  # type: ignore[misc]
    """Offer a form no more, or again."""

    do = HiddenField()
