"""The forms of shared work: offering it, choosing from it, and answering what is new in it."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange

from edu.account.forms import STORABLE

#: What she may answer to words that have changed where they come from.
TAKE, KEEP, ALL = "take", "keep", "all"


class OfferForm(FlaskForm):  # type: ignore[misc]
    """Under which licence work is offered, and what others should know."""

    licence = RadioField(_("Under which licence?"), [InputRequired(_("Choose a licence."))])
    note = TextAreaField(_("What should others know?"), [Length(max=600)], STORABLE)

    def offer(self, licences: list[tuple[str, str]]) -> None:
        """What may be chosen."""
        self.licence.choices = licences


class TakeForm(FlaskForm):  # type: ignore[misc]
    """What is taken over. Names that are not on offer any more are told, not refused."""

    adaptations = SelectMultipleField(validate_choice=False)
    parts = SelectMultipleField()

    def offer(self, parts: list[str]) -> None:
        """Of which parts the words may be taken."""
        self.parts.choices = [SelectChoice(part, part) for part in parts]


class NewsForm(FlaskForm):  # type: ignore[misc]
    """What to do with one thing that has changed, or with all that was never touched."""

    do = HiddenField(validators=[AnyOf((TAKE, KEEP, ALL))])
    what = HiddenField(validators=[Length(max=30)])
    version = IntegerField(default=0, validators=[NumberRange(0, 2**31 - 1)])
