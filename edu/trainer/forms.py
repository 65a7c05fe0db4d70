"""The forms of the staff's door."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from edu.account.forms import STORABLE


def _at_least_one(_form: object, field: SelectMultipleField) -> None:
    """Not InputRequired: that would make browsers ask for every single tick."""
    if not field.data:
        raise ValidationError(_("Choose at least one."))


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GroupForm(FlaskForm):  # type: ignore[misc]
    """A new group. Choices are set by the view."""

    name = StringField(_("Name of the group"), [InputRequired(), Length(1, 80)], STORABLE)
    place = StringField(_("Place"), [Length(max=80)], STORABLE)
    tags = _Ticks(_("Languages"), [_at_least_one])
    modules = _Ticks(_("Modules"), [_at_least_one])
    programme = SelectField(_("Programme"), coerce=int, default=0)
    open_question = BooleanField(_("Also ask one open question at the end"))


class CardsForm(FlaskForm):  # type: ignore[misc]
    """How many cards to print."""

    number = IntegerField(_("How many cards?"), [InputRequired(), NumberRange(1, 60)])
