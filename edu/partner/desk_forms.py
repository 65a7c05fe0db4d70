"""The forms of the desk. Texts may be long; what may be chosen is set by the view."""

import unicodedata

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from edu.account.forms import STORABLE
from edu.languages import LONGEST_TAG, SOURCE, normalise
from edu.segments.segment import clean, fold

Choices = list[tuple[str, str]]

#: Longer than any segment; the longest of ours has some hundred words.
LONGEST = 20_000
#: Adapted, for a reason that nobody has written down yet.
NEW_REASON = "+"
_VERSION = [InputRequired(), NumberRange(1, 2**31 - 1)]
#: A reason that is longer than this is one to talk about.
_REMARK = 2000


def tidy(text: str | None) -> str:
    """Words as they are kept: in one piece as their source, with each letter in its usual form
    (a keyboard may send an accent apart from its letter). Joiners and direction marks stay."""
    return fold(unicodedata.normalize("NFC", clean(text or "")))


def typed_text(text: str | None) -> str:
    """Words as they were typed, in a form that can be stored."""
    return clean((text or "").replace("\r\n", "\n"))


class WordsForm(FlaskForm):  # type: ignore[misc]
    """Words for one segment. `version` is the saving she began from, `began` its words, so that
    all three can be shown when somebody else has saved meanwhile."""

    text = TextAreaField(filters=[tidy], validators=[Length(max=LONGEST)])
    reason = SelectField(_("What it is"), default="")
    version = IntegerField(widget=HiddenInput(), validators=_VERSION)
    began = HiddenField(filters=[typed_text], validators=[Length(max=LONGEST)])
    revision = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0)])
    why = StringField(
        _("Why is it different here?"), filters=STORABLE, validators=[Length(max=1000)]
    )

    def validate_why(self, field: StringField) -> None:
        """Words that are adapted for a new reason need it."""
        if self.reason.data == NEW_REASON and self.text.data and len(field.data or "") < 3:
            raise ValidationError(_("Say in a few words why."))

    def offer(self, reasons: list[SelectChoice]) -> None:
        """The kinds of words there may be here."""
        self.reason.choices = reasons


class StillRightForm(FlaskForm):  # type: ignore[misc]
    """The words still fit, in the saving that she looked at."""

    version = IntegerField(widget=HiddenInput(), validators=_VERSION)


class TypedForm(FlaskForm):  # type: ignore[misc]
    """What is being typed, every few seconds."""

    text = TextAreaField(filters=[typed_text], validators=[Length(max=LONGEST)])
    version = IntegerField(validators=_VERSION)


class RemarkForm(FlaskForm):  # type: ignore[misc]
    """A remark for the others."""

    remark = TextAreaField(
        _("Your remark"),
        filters=STORABLE,
        validators=[DataRequired(_("Write a few words first.")), Length(max=_REMARK)],
    )
    pinned = BooleanField(_("Keep it on top"))


class AsideForm(FlaskForm):  # type: ignore[misc]
    """Why an advice is set aside."""

    check = HiddenField(filters=STORABLE, validators=[InputRequired(), Length(max=80)])
    why = StringField(
        _("Why it is right as it is"),
        filters=STORABLE,
        validators=[DataRequired(_("Say in a few words why.")), Length(max=300)],
    )


class BeginForm(FlaskForm):  # type: ignore[misc]
    """A new edition: for a language on the list, or for one that is typed."""

    tag = SelectField(_("Language"), default="")
    other = StringField(
        _("Another language or place"), filters=STORABLE, validators=[Length(max=LONGEST_TAG)]
    )
    module = SelectField(_("What to translate"))

    def offer(self, tags: Choices, modules: Choices) -> None:
        """What may be chosen."""
        self.tag.choices = [SelectChoice(value, label) for value, label in tags]
        self.module.choices = [SelectChoice(value, label) for value, label in modules]

    def validate_other(self, field: StringField) -> None:
        """A typed tag must be one, and there must be one at all."""
        if not field.data and not self.tag.data:
            raise ValidationError(_("Choose a language, or type its short name."))
        known = normalise(field.data) if field.data else SOURCE.upper()
        if known is None or known == SOURCE:
            raise ValidationError(
                _("This is no language tag. Examples: sn for Shona, es-AR for Argentina.")
            )

    @property
    def wanted(self) -> str:
        """The tag that was chosen or typed."""
        return normalise(self.other.data or "") or str(self.tag.data or "")
