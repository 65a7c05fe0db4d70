"""The forms of planning, of notes and of themes."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    MonthField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from edu.account.forms import STORABLE
from edu.outcomes.disclosure import MINIMUM_GROUP


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _one_to_three(_form: object, field: SelectMultipleField) -> None:
    if not 1 <= len(field.data or ()) <= 3:
        raise ValidationError(_("Choose one to three."))


def _not_before(form: FlaskForm, field: DateField) -> None:
    if field.data and form.begins_on.data and field.data < form.begins_on.data:
        raise ValidationError(_("The end lies before the beginning."))


_WHO = [Length(max=120)]


class PlanForm(FlaskForm):  # type: ignore[misc]
    """What counts, for how many people, until when, and who reads it. What may be chosen is set by
    the view. It may be kept half done; to be frozen it must be whole."""

    primary = _Ticks(_("Main scales"), [_one_to_three])
    comparison = BooleanField(_("Compare with groups that wait or have no lessons"))
    people = IntegerField(
        _("How many people at least?"), [InputRequired(), NumberRange(10, 100_000)], default=30
    )
    minimum = IntegerField(
        _("Show no figure of fewer people than"),
        [InputRequired(), NumberRange(MINIMUM_GROUP, 1000)],
        default=MINIMUM_GROUP,
    )
    waves = _Ticks(_("When are people asked?"))
    words = _Ticks(_("Words beside the numbers: what is written down"))
    owner = StringField(_("Who looks after the evaluation here, by role"), _WHO, STORABLE)
    reader = StringField(_("Who reads it from outside: a role or an organisation"), _WHO, STORABLE)
    begins_on = DateField(_("First day"), [Optional()])
    ends_on = DateField(_("Last day"), [Optional(), _not_before])
    kept_until = DateField(_("Answers are kept until"), [Optional(), _not_before])
    note = TextAreaField(_("What else should be known"), [Length(max=2000)], STORABLE)


class DeviationForm(FlaskForm):  # type: ignore[misc]
    """What was done otherwise."""

    text = TextAreaField(
        _("What was done otherwise, and why"), [InputRequired(), Length(1, 2000)], STORABLE
    )


class NoteForm(FlaskForm):  # type: ignore[misc]
    """A note of what people said. The names of kinds are set by the view."""

    kind = SelectField(_("Where it was said"), choices=[])
    month = MonthField(_("Month"), [InputRequired()])
    text = TextAreaField(_("What was said"), [InputRequired(), Length(1, 4000)], STORABLE)
    consented = BooleanField(_("Whoever spoke agreed that this is written down"), [InputRequired()])
    looked = BooleanField(_("I have looked: nobody can be found by these words"))


class ThemeForm(FlaskForm):  # type: ignore[misc]
    """An entry of the codebook. The scales are set by the view."""

    name = StringField(_("Name of the theme"), [InputRequired(), Length(1, 80)], STORABLE)
    meaning = TextAreaField(_("What belongs to it"), [InputRequired(), Length(1, 500)], STORABLE)
    example = TextAreaField(_("An example, not somebody's own words"), [Length(max=500)], STORABLE)
    scale = SelectField(_("Beside which scale?"), choices=[])


class CodingForm(FlaskForm):  # type: ignore[misc]
    """Which themes are in a text. The themes are set by the view."""

    themes = _Ticks(_("Themes"), coerce=int)
