"""The forms of review: signing, saying again in English, try-outs, links, fewer readers."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from edu.account.forms import STORABLE
from edu.doors import today
from edu.editions.review.models import READERS, WAYS
from edu.partner.reviews_wording import reader_name, way_name

_NUMBER = [InputRequired(), NumberRange(1, 2**31 - 1)]
_PSEUDONYM = _("Name to be shown (any name you like; may be left empty)")


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SignForm(FlaskForm):  # type: ignore[misc]
    """Stand by the words whose digest the form carries."""

    reader = RadioField(_("You sign as"))
    digest = HiddenField(validators=[InputRequired(), Length(64, 64)])
    pseudonym = StringField(_PSEUDONYM, filters=STORABLE, validators=[Length(max=60)])
    remark = TextAreaField(
        _("A remark (may be left empty)"), filters=STORABLE, validators=[Length(max=1000)]
    )
    read = BooleanField(
        _("I have read all of it as learners will see it"),
        [InputRequired(_("Please read all of it first."))],
    )

    def offer(self, readers: list[str]) -> None:
        """As whom she may sign."""
        self.reader.choices = [(each, reader_name(each)) for each in readers]


class SaidAgainForm(FlaskForm):  # type: ignore[misc]
    """What a text says, in English. `version` is the saving that she read."""

    rendering = IntegerField(widget=HiddenInput(), validators=_NUMBER)
    version = IntegerField(widget=HiddenInput(), validators=_NUMBER)
    words = TextAreaField(
        _("What it says, in English"),
        filters=STORABLE,
        validators=[InputRequired(_("Write what it says.")), Length(max=5000)],
    )
    blind = BooleanField(_("I had not seen the English text"))
    pseudonym = StringField(_PSEUDONYM, filters=STORABLE, validators=[Length(max=60)])


class ResolveForm(FlaskForm):  # type: ignore[misc]
    """How differences were resolved."""

    row = IntegerField(widget=HiddenInput(), validators=_NUMBER)
    resolved = TextAreaField(
        _("How differences were resolved (or: none were found)"),
        filters=STORABLE,
        validators=[InputRequired(_("Write a few words.")), Length(max=2000)],
    )


class TryOutForm(FlaskForm):  # type: ignore[misc]
    """Local people have tried it, in the words whose digest the form carries."""

    digest = HiddenField(validators=[InputRequired(), Length(64, 64)])
    way = SelectField(_("How was it tried?"))
    people = IntegerField(_("How many people?"), [InputRequired(), NumberRange(1, 9999)])
    held_on = DateField(_("On which day?"), [InputRequired()])
    understood = TextAreaField(
        _("What was understood, and what was not? Write no names."),
        filters=STORABLE,
        validators=[InputRequired(_("Write a few words.")), Length(max=4000)],
    )
    changed = TextAreaField(
        _("What did you change because of it? (may be left empty)"),
        filters=STORABLE,
        validators=[Length(max=4000)],
    )

    def offer(self) -> None:
        """The ways there are."""
        self.way.choices = [SelectChoice(each, way_name(each)) for each in WAYS]

    def validate_held_on(self, field: Field) -> None:
        """It has happened."""
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))


class LinkForm(FlaskForm):  # type: ignore[misc]
    """A new link for a community."""

    note = StringField(
        _("Who is it for? (only you see it; no names)"),
        filters=STORABLE,
        validators=[Length(max=120)],
    )
    days = IntegerField(_("For how many days?"), [InputRequired(), NumberRange(1, 180)])


class RemarkForm(FlaskForm):  # type: ignore[misc]
    """Make a remark of what a community said of one block."""

    block = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(-1, 10_000)])
    text = TextAreaField(
        _("Remark for the translators"),
        filters=STORABLE,
        validators=[InputRequired(_("Write a few words.")), Length(max=2000)],
    )


class WaiverForm(FlaskForm):  # type: ignore[misc]
    """Who must still sign in a small language, and why."""

    readers = _Ticks(_("Who must still sign?"))
    why = TextAreaField(
        _("Why are fewer readers enough here?"),
        filters=STORABLE,
        validators=[InputRequired(_("Say in a few words why.")), Length(5, 1000)],
    )

    def offer(self) -> None:
        """All readers there are."""
        self.readers.choices = [SelectChoice(each, reader_name(each)) for each in READERS]

    def validate_readers(self, field: Field) -> None:
        """Somebody always reads: what a machine wrote is never released unread."""
        if not 0 < len(field.data or ()) < len(READERS):
            raise ValidationError(_("Tick one or two of them."))
