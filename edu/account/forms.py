"""The forms of signing in and of one's own account."""

import re
import unicodedata

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from edu.doors import db, let_go
from edu.partners.members import member_named
from edu.partners.passwords import LONGEST, SHORTEST, is_easy

_NO_FILE_HOLDS = re.compile("[\x00\ud800-\udfff]")
#: Marks that turn the writing direction or are nothing at all: in a name they can make it look
#: like another one. (The joiners of Indic and Persian writing stay.)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u200b\u2060\ufeff]")


def storable(text: str | None) -> str | None:
    """Without space around it, and without what a database refuses or what hides another name."""
    return text and _TURNING.sub("", _NO_FILE_HOLDS.sub("\ufffd", text)).strip()


STORABLE = (storable,)
#: Letters and marks that nobody sees: with them, too, a name can look like another one.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def is_plain(_form: FlaskForm, field: Field) -> None:
    """Letters of any script with their marks, without which nobody writes Hindi or Tamil; digits,
    and a few signs."""
    name = field.data or ""
    known = all(sign in ".@+-_" or unicodedata.category(sign)[0] in "LMN" for sign in name)
    if not known or _UNSEEN.search(name):
        raise ValidationError(_("Letters, digits and . @ + - _ only, please."))


_LOGIN = [InputRequired(), Length(3, 60), is_plain]


def is_free(_form: FlaskForm, field: Field) -> None:
    """Refuse a name with which somebody already signs in."""
    if member_named(db(), field.data or "") is not None:
        raise ValidationError(_("Somebody already signs in with this name."))


def is_hard(form: FlaskForm, field: Field) -> None:
    """Refuse a password that is quickly guessed, also from what stands beside it in the form, or
    from the names in its `about`."""
    about = [each.data for each in form if isinstance(each, StringField) and each is not field]
    about += getattr(form, "about", ())
    # The estimate takes its time, in which others may want to write.
    let_go()
    if is_easy(field.data or "", *[each for each in about if isinstance(each, str)], "daraja"):
        raise ValidationError(
            _("This is quickly guessed. Take four or five words that do not belong together.")
        )


_PASSWORD = [
    InputRequired(),
    Length(SHORTEST, LONGEST, message=_("At least 12 characters: some words in a row are good.")),
    is_hard,
]


_ADDRESS = Regexp(
    r"^[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\"]+\Z", message=_("Write it as name@example.org.")
)


_PASSKEY_NAME = [InputRequired(), Length(max=60)]


class SignInForm(FlaskForm):  # type: ignore[misc]
    """The first step."""

    login = StringField(_("Name to sign in with"), [InputRequired(), Length(max=200)], STORABLE)
    password = PasswordField(_("Password"), [InputRequired(), Length(max=LONGEST)])


class SecondStepForm(FlaskForm):  # type: ignore[misc]
    """The second step."""

    code = StringField(_("Digits, or a code from your list"), [InputRequired(), Length(max=40)])


class FirstForm(FlaskForm):  # type: ignore[misc]
    """The first administrator."""

    organisation = StringField(_("Your organisation"), [InputRequired(), Length(2, 120)], STORABLE)
    login = StringField(_("Name to sign in with"), [*_LOGIN, is_free], STORABLE)
    password = PasswordField(_("Password"), _PASSWORD)


class JoinForm(FlaskForm):  # type: ignore[misc]
    """A new account by invitation."""

    login = StringField(_("Name to sign in with"), [*_LOGIN, is_free], STORABLE)
    password = PasswordField(_("Password"), _PASSWORD)


class JoinElsewhereForm(FlaskForm):  # type: ignore[misc]
    """A new account by invitation, for somebody whom another house signs in."""

    login = StringField(_("Name to sign in with"), [*_LOGIN, is_free], STORABLE)


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password by a one-time link."""

    #: Names from which the password may not be made.
    about: tuple[str, ...] = ()
    password = PasswordField(_("New password"), _PASSWORD)


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    """Another password, while signed in."""

    #: Names from which the password may not be made.
    about: tuple[str, ...] = ()
    now = PasswordField(_("Your password now"), [InputRequired(), Length(max=LONGEST)])
    password = PasswordField(_("New password"), _PASSWORD)


class ChooseAppForm(FlaskForm):  # type: ignore[misc]
    """An authenticator, shown to work."""

    now = PasswordField(_("Your password"), [InputRequired(), Length(max=LONGEST)])
    code = StringField(_("Six digits from the app"), [InputRequired(), Length(max=20)])


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """Something for which the password is asked once more."""

    now = PasswordField(_("Your password"), [InputRequired(), Length(max=LONGEST)])


class PasskeyForm(FlaskForm):  # type: ignore[misc]
    """A passkey that was shown, as a script of ours puts it in; `login`: what was typed as a name
    before."""

    login = StringField(validators=[Optional(), Length(max=200)], filters=STORABLE)
    passkey = StringField(validators=[InputRequired(), Length(max=20_000)])


class AddPasskeyForm(FlaskForm):  # type: ignore[misc]
    """A passkey to be made, and what to call it."""

    name = StringField(_("What do you call this device?"), _PASSKEY_NAME, STORABLE)
    now = PasswordField(_("Your password"), [InputRequired(), Length(max=LONGEST)])


class KeepPasskeyForm(FlaskForm):  # type: ignore[misc]
    """A passkey that was made, as a script of ours puts it in."""

    name = StringField(validators=_PASSKEY_NAME, filters=STORABLE)
    passkey = StringField(validators=[InputRequired(), Length(max=20_000)])


class AddressForm(FlaskForm):  # type: ignore[misc]
    """Where a lost password may be replaced by mail."""

    now = PasswordField(_("Your password"), [InputRequired(), Length(max=LONGEST)])
    email = StringField(
        _("E-mail (may be left empty)"), [Optional(), Length(max=200), _ADDRESS], STORABLE
    )


class ForgottenForm(FlaskForm):  # type: ignore[misc]
    """Asking for a letter."""

    login = StringField(_("Name to sign in with"), [InputRequired(), Length(max=200)], STORABLE)


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """For which organisation to work. Choices are set by the view."""

    organisation = SelectField(_("Work for"), coerce=int)

    def offer(self, choices: list[tuple[int, str]]) -> None:
        """What may be chosen."""
        self.organisation.choices = [SelectChoice(str(id), name) for id, name in choices]


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A button that needs no more than its token."""
