"""The forms of administration. Every text is made storable and has a longest length; what may be
chosen is set by the view, from what whoever is signed in may choose."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from edu.account.forms import STORABLE
from edu.doors import today
from edu.partners.looking_after import scope_fits
from edu.partners.roles import Role
from edu.server.announcements import Draft
from edu.server.choices import FEWEST_MONTHS, MOST_MONTHS

Choices = list[tuple[str, str]]


def _select(field: SelectField, choices: Choices) -> None:
    field.choices = [SelectChoice(value, label) for value, label in choices]


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A role, perhaps for one language or one programme only."""

    role = SelectField(_("Role"), default=Role.TRAINER.value)
    language = SelectField(_("Language"), default="")
    programme = SelectField(_("Programme"), coerce=int, default=0)

    def offer(self, roles: Choices, languages: Choices, programmes: Choices) -> None:
        """What may be chosen."""
        _select(self.role, roles)
        _select(self.language, languages)
        _select(self.programme, programmes)

    def validate_language(self, field: Field) -> None:
        """Refused and not left out: the role would reach further than was asked for."""
        role = self._role()
        if field.data and role is not None and not scope_fits(role, field.data, None):
            raise ValidationError(
                _("Only translators, reviewers and publishers work for one language.")
            )

    def validate_programme(self, field: Field) -> None:
        """As above."""
        role = self._role()
        if field.data and role is not None and not scope_fits(role, "", field.data):
            raise ValidationError(
                _("Only trainers, evaluators and authorities work for one programme.")
            )

    def _role(self) -> Role | None:
        """The role that was chosen, unless it is none that may be."""
        return None if self.role.errors or not self.role.data else Role(self.role.data)

    @property
    def programme_id(self) -> int | None:
        """Which programme was chosen, if any."""
        return self.programme.data or None


class NameForm(FlaskForm):  # type: ignore[misc]
    """What a programme or an organisation is called."""

    name = StringField(_("Name"), [InputRequired(), Length(2, 120)], STORABLE)


class GroupForm(FlaskForm):  # type: ignore[misc]
    """One of the organisation's groups."""

    group = SelectField(_("Group"), coerce=int)

    def offer(self, groups: Choices) -> None:
        """What may be chosen."""
        _select(self.group, groups)


class SecondStepForm(FlaskForm):  # type: ignore[misc]
    """Who must have a second step."""

    second_step = RadioField(_("Who must have a second step?"))

    def offer(self, choices: Choices) -> None:
        """What may be chosen."""
        self.second_step.choices = choices


class OfferForm(FlaskForm):  # type: ignore[misc]
    """How a language is offered."""

    offer = RadioField(_("Who may use this language?"))

    def choose_from(self, choices: Choices) -> None:
        """What may be chosen."""
        self.offer.choices = choices


class RetentionForm(FlaskForm):  # type: ignore[misc]
    """For how long answers are kept."""

    months = IntegerField(_("Months"), [InputRequired(), NumberRange(FEWEST_MONTHS, MOST_MONTHS)])
    sure = StringField(validators=[Length(max=3)])


class AnnouncementForm(FlaskForm):  # type: ignore[misc]
    """Something to announce."""

    text = TextAreaField(_("What should people know?"), [InputRequired(), Length(2, 600)], STORABLE)
    language = SelectField(_("In which language is it written?"))
    audience = RadioField(_("Who should see it?"))
    starts_on = DateField(_("First day"), [InputRequired()])
    ends_on = DateField(_("Last day"), [InputRequired()])

    def offer(self, languages: Choices, audiences: Choices) -> None:
        """What may be chosen."""
        _select(self.language, languages)
        self.audience.choices = audiences

    def validate_ends_on(self, field: Field) -> None:
        """It must be seen at all, and not for ever."""
        first = self.starts_on.data
        if field.data is None or first is None:
            return
        if field.data < first:
            raise ValidationError(_("The last day comes before the first."))
        if field.data < today():
            raise ValidationError(_("This day is over already."))
        if (field.data - first).days > 366:
            raise ValidationError(_("One year at most, please."))

    @property
    def draft(self) -> Draft:
        """What was written."""
        return Draft(
            self.text.data,
            self.language.data,
            self.audience.data,
            self.starts_on.data,
            self.ends_on.data,
        )
