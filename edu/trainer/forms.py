"""The forms of the staff's door."""

import re

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from edu.partners.accounts import PASSWORD_LENGTH

_NO_FILE_HOLDS = re.compile("[\x00\ud800-\udfff]")


def _storable(text: str | None) -> str | None:
    """Without space around it, and without what a database refuses: NUL, half surrogates."""
    return text and _NO_FILE_HOLDS.sub("\ufffd", text).strip()


_STORABLE = (_storable,)
_LOGIN = [
    InputRequired(),
    Length(3, 60),
    Regexp(r"^[\w.@+-]+$", message=_("Letters, digits and . @ + - _ only, please.")),
]
_PASSWORD = [
    InputRequired(),
    Length(
        PASSWORD_LENGTH, 200, message=_("At least 12 characters: some words in a row are good.")
    ),
]


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Sign in."""

    login = StringField(_("Name to sign in with"), [InputRequired()], _STORABLE)
    password = PasswordField(_("Password"), [InputRequired()])


class FirstForm(FlaskForm):  # type: ignore[misc]
    """The first administrator."""

    organisation = StringField(_("Your organisation"), [InputRequired(), Length(2, 120)], _STORABLE)
    login = StringField(_("Name to sign in with"), _LOGIN)
    password = PasswordField(_("Password"), _PASSWORD)


class MemberForm(FlaskForm):  # type: ignore[misc]
    """One more person who may sign in."""

    login = StringField(_("Name to sign in with"), _LOGIN)
    password = PasswordField(_("Password"), _PASSWORD)
    role = SelectField(
        _("May do"),
        choices=[
            SelectChoice("trainer", _("Lead groups")),
            SelectChoice("administrator", _("Everything")),
        ],
    )


def _at_least_one(_form: object, field: SelectMultipleField) -> None:
    """Not InputRequired: that would make browsers ask for every single tick."""
    if not field.data:
        raise ValidationError(_("Choose at least one."))


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GroupForm(FlaskForm):  # type: ignore[misc]
    """A new group. Choices are set by the view."""

    name = StringField(_("Name of the group"), [InputRequired(), Length(1, 80)], _STORABLE)
    place = StringField(_("Place"), [Length(max=80)], _STORABLE)
    tags = _Ticks(_("Languages"), [_at_least_one])
    modules = _Ticks(_("Modules"), [_at_least_one])
    open_question = BooleanField(_("Also ask one open question at the end"))


class CardsForm(FlaskForm):  # type: ignore[misc]
    """How many cards to print."""

    number = IntegerField(_("How many cards?"), [InputRequired(), NumberRange(1, 60)])


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A button that needs no more than its token."""
