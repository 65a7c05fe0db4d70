"""The forms of advice and of research."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from edu.account.forms import STORABLE
from edu.planner.planning_forms import ROLE, not_to_come
from edu.programmes.research import Approval


class AdviceForm(FlaskForm):  # type: ignore[misc]
    """What somebody advised."""

    role = StringField(_("Who advised it, by role"), ROLE, STORABLE)
    given_on = DateField(_("Day"), [InputRequired(), not_to_come])
    advice = TextAreaField(_("The advice"), [InputRequired(), Length(2, 1000)], STORABLE)
    outcome = RadioField(
        _("What became of it?"),
        choices=[
            SelectChoice("followed", _("It was followed")),
            SelectChoice("not", _("It was not followed")),
        ],
        default="followed",
    )
    reason = TextAreaField(_("If not: why?"), [Length(max=1000)], STORABLE)

    def validate_reason(self, field: Field) -> None:
        """Advice may be turned down, and never without a word."""
        if self.outcome.data == "not" and not (field.data or "").strip():
            raise ValidationError(_("Say why it was not followed."))


class ApprovalForm(FlaskForm):  # type: ignore[misc]
    """An approval of research."""

    committee = StringField(_("Ethics committee"), [InputRequired(), Length(2, 120)], STORABLE)
    reference = StringField(
        _("Its number for the approval"), [InputRequired(), Length(2, 80)], STORABLE
    )
    about = TextAreaField(
        _("What does the research want to find out?"), [InputRequired(), Length(2, 600)], STORABLE
    )
    approved_on = DateField(_("Approved on"), [InputRequired(), not_to_come])
    ends_on = DateField(_("Holds until"), [InputRequired()])

    def validate_ends_on(self, field: Field) -> None:
        """An approval holds for a while."""
        begun = self.approved_on.data
        if begun is not None and field.data is not None and field.data < begun:
            raise ValidationError(_("The last day is before the first one."))

    @property
    def said(self) -> Approval:
        """What a valid form says."""
        return Approval(
            self.committee.data,
            self.reference.data,
            self.about.data,
            self.approved_on.data,
            self.ends_on.data,
        )
