"""The forms of the staff's door."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from edu.account.forms import STORABLE


def _at_least_one(_form: object, field: SelectMultipleField) -> None:
    """Not InputRequired: that would make browsers ask for every single tick."""
    if not field.data:
        raise ValidationError(_("Choose at least one."))


def _one_or_a_track(form: FlaskForm, field: SelectMultipleField) -> None:
    """A track brings its modules with it."""
    if not form.track.data:
        _at_least_one(form, field)


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GroupForm(FlaskForm):  # type: ignore[misc]
    """A new group. Choices are set by the view."""

    #: The newest group there was when the form was shown; see `made_since`.
    seen = IntegerField(validators=[Optional()], widget=HiddenInput())
    name = StringField(_("Name of the group"), [InputRequired(), Length(1, 80)], STORABLE)
    place = StringField(_("Place"), [Length(max=80)], STORABLE)
    tags = _Ticks(_("Languages"), [_at_least_one])
    track = SelectField(_("Track"), default="")
    modules = _Ticks(_("Modules"), [_one_or_a_track])
    programme = SelectField(_("Programme"), coerce=int, default=0)
    open_question = BooleanField(_("Also ask one open question at the end"))


class IntoProgrammeForm(FlaskForm):  # type: ignore[misc]
    """A programme for a group that has none. Choices are set by the view."""

    programme = SelectField(_("Programme"), coerce=int)


class NewProgrammeForm(FlaskForm):  # type: ignore[misc]
    """A programme that is begun with a group."""

    name = StringField(_("Name of the programme"), [InputRequired(), Length(2, 120)], STORABLE)


class JointForm(FlaskForm):  # type: ignore[misc]
    """Two groups that meet as one. Choices of groups are set by the view."""

    side = RadioField(
        _("Who is in this group?"),
        choices=[
            SelectChoice("community", _("People of the community")),
            SelectChoice("clinical", _("People who work in care")),
        ],
        default="community",
    )
    other = SelectField(_("The group of the other side"), coerce=int)

    def offer(self, groups: Sequence[tuple[int, str]]) -> None:
        """The groups with which it could meet."""
        self.other.choices = [SelectChoice(str(number), name) for number, name in groups]


class EarlierForm(FlaskForm):  # type: ignore[misc]
    """A module that a group is to take earlier."""

    module = StringField(validators=[InputRequired(), Length(max=60)])


class CardsForm(FlaskForm):  # type: ignore[misc]
    """How many cards to print."""

    number = IntegerField(_("How many cards?"), [InputRequired(), NumberRange(1, 60)])
