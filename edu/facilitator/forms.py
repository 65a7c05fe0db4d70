"""The forms of the facilitators' door."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from edu.account.forms import STORABLE
from edu.doors import today
from edu.facilitator.wording import kind_name, mode_name
from edu.programmes.hands import FEWEST, MOST
from edu.programmes.incidents import has_number, told_too_much
from edu.programmes.session_models import INCIDENT_KINDS, MODES

#: The server was not there before.
_FIRST_DAY = date(2020, 1, 1)
_COUNT = [InputRequired(), NumberRange(0, 500)]


def _has_been(_form: FlaskForm, field: DateField) -> None:
    if field.data and not _FIRST_DAY <= field.data <= today():
        raise ValidationError(_("This day has not come yet, or was long ago."))


def _mode_choices() -> list[SelectChoice]:
    return [SelectChoice(each, mode_name(each)) for each in MODES]


class ModeForm(FlaskForm):  # type: ignore[misc]
    """How a group learns from now on."""

    mode = RadioField(_("How does this group learn?"), choices=_mode_choices)


class LookedForm(FlaskForm):  # type: ignore[misc]
    """A form whose texts are looked at for what may give somebody away."""

    looked = BooleanField(_("I have looked: nobody can be found by these words"))


class MeetingForm(LookedForm):
    """One meeting. Who may have led it and which parts there are is set by the view."""

    day = DateField(_("Day"), [InputRequired(), _has_been])
    minutes = IntegerField(_("How many minutes?"), [InputRequired(), NumberRange(1, 1440)])
    leader = SelectField(_("Who led it?"), coerce=int, default=0)
    second = SelectField(_("Who else led?"), coerce=int, default=0)
    led_by = StringField(
        _("Others who led it: their role, such as nurse"), [Length(max=120)], STORABLE
    )
    mode = SelectField(_("How did people learn?"), choices=_mode_choices)
    phones = IntegerField(_("How many people used a phone?"), _COUNT, default=0)
    papers = IntegerField(_("How many people used paper?"), _COUNT, default=0)
    neither = IntegerField(_("How many people used neither?"), _COUNT, default=0)
    parts = SelectMultipleField(_("What was done"))
    changed = TextAreaField(_("What was done otherwise?"), [Length(max=1000)], STORABLE)
    reason = TextAreaField(_("Why?"), [Length(max=1000)], STORABLE)

    def validate_second(self, field: SelectField) -> None:
        """Two people are two."""
        if field.data and field.data == self.leader.data:
            raise ValidationError(gettext("Choose somebody else, or nobody."))

    def validate_led_by(self, field: StringField) -> None:
        """A meeting has somebody who led it."""
        if not (self.leader.data or self.second.data or (field.data or "").strip()):
            raise ValidationError(gettext("Say who led it: choose a name above or write a role."))

    @property
    def gives_away(self) -> bool:
        """Whether a text holds what looks like a telephone number, and nobody has looked yet."""
        texts = (self.led_by.data or "", self.changed.data or "", self.reason.data or "")
        return has_number(*texts) and not self.looked.data


def _answers(_form: FlaskForm, field: TextAreaField) -> None:
    options = options_of(field.data or "")
    if not FEWEST <= len(options) <= MOST:
        raise ValidationError(gettext("Write two to eight answers, each on a line of its own."))
    if len(set(options)) < len(options):
        raise ValidationError(gettext("Two answers are the same."))
    if max(map(len, options)) > 200:
        raise ValidationError(gettext("One answer is too long."))


def options_of(text: str) -> list[str]:
    """Answers that were written one on each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class QuestionForm(FlaskForm):  # type: ignore[misc]
    """A question of one's own for a show of hands."""

    question = StringField(_("Question"), [InputRequired(), Length(1, 300)], STORABLE)
    options = TextAreaField(
        _("Answers, one on each line"), [InputRequired(), Length(1, 2000), _answers], STORABLE
    )


class FromLessonForm(FlaskForm):  # type: ignore[misc]
    """A question from a lesson. The questions are set by the view."""

    taken = SelectField(_("Question from a lesson"), choices=[])


class HandsForm(FlaskForm):  # type: ignore[misc]
    """The hands of both times; the fields are made for one question by `hands_form`."""


def hands_form(options: list[str], before: list[int], after: list[int]) -> HandsForm:
    """The form in which the hands for these answers are written down."""

    class Form(HandsForm):
        pass

    for time, hands in (("before", before), ("after", after)):
        for place, option in enumerate(options):
            known = hands[place] if hands else None
            number = IntegerField(option, [Optional(), NumberRange(0, 500)], default=known)
            setattr(Form, f"{time}_{place}", number)
    return Form()


class IncidentForm(LookedForm):
    """Something that went wrong, and what was done."""

    kind = SelectField(
        _("What was it?"),
        choices=lambda: [SelectChoice(each, kind_name(each)) for each in INCIDENT_KINDS],
    )
    day = DateField(_("Day"), [InputRequired(), _has_been])
    done = TextAreaField(_("What was done?"), [InputRequired(), Length(1, 2000)], STORABLE)
    needs_more = BooleanField(_("Somebody must look after it further"))
    due_on = DateField(_("By when?"), [Optional()])

    def validate_due_on(self, field: DateField) -> None:
        """What must be done by a day comes after what it follows."""
        if field.data and self.day.data and field.data < self.day.data:
            raise ValidationError(gettext("This day lies before the incident."))

    @property
    def signs(self) -> list[str]:
        """What in the text may give somebody away, unless somebody has looked."""
        return [] if self.looked.data else [str(each) for each in told_too_much(self.done.data)]
