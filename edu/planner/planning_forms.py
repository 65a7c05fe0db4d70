"""The forms of planning: what a programme wants, who carries it, and what its place is like."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from edu.account.forms import STORABLE
from edu.doors import today
from edu.planner.planning_words import part_name, partner_kind, question, setting_name
from edu.programmes.assessing import Said, Step
from edu.programmes.planning import Details, Shares
from edu.programmes.planning_models import PartnerKind, ProgrammeDetail, Setting

_SHARE = [InputRequired(), NumberRange(0, 100)]
ROLE = [InputRequired(), Length(2, 120)]


def not_to_come(_form: FlaskForm, field: Field) -> None:
    """A day on which something happened."""
    if field.data is not None and field.data > today():
        raise ValidationError(_("This day has not come yet."))


class DetailsForm(FlaskForm):  # type: ignore[misc]
    """What a programme wants, and where its effort goes."""

    vision = StringField(_("Vision in one line"), [InputRequired(), Length(2, 200)], STORABLE)
    promotion_goal = TextAreaField(
        _("Promotion goal: what you do so that people stay well"),
        [InputRequired(), Length(2, 600)],
        STORABLE,
    )
    promotion = IntegerField(_("Promotion, in percent"), _SHARE)
    prevention = IntegerField(_("Prevention, in percent"), _SHARE)
    care = IntegerField(_("Care, in percent"), _SHARE)
    setting = SelectField(_("Where do people live or meet?"))

    def offer(self) -> None:
        """What may be chosen, in the language of the page."""
        self.setting.choices = [
            SelectChoice(each.value, setting_name(each.value)) for each in Setting
        ]

    def validate_care(self, field: Field) -> None:
        """Nothing is left over, and nothing counted twice."""
        parts = (self.promotion.data, self.prevention.data, field.data)
        if None not in parts and not Shares(*parts).are_whole():
            told = _("The three shares make %(sum)d. Together they must make 100.", sum=sum(parts))
            raise ValidationError(told)

    def fill(self, kept: ProgrammeDetail) -> None:
        """Show what was said before."""
        for name in ("vision", "promotion_goal", "promotion", "prevention", "care", "setting"):
            self[name].data = getattr(kept, name)

    @property
    def said(self) -> Details:
        """What a valid form says."""
        shares = Shares(self.promotion.data, self.prevention.data, self.care.data)
        return Details(self.vision.data, self.promotion_goal.data, shares, self.setting.data)


class PartnerForm(FlaskForm):  # type: ignore[misc]
    """A partner more."""

    name = StringField(_("Name of the organisation"), [InputRequired(), Length(2, 120)], STORABLE)
    kind = SelectField(_("What it is"))

    def offer(self) -> None:
        """What may be chosen, in the language of the page."""
        self.kind.choices = [
            SelectChoice(each.value, partner_kind(each.value)) for each in PartnerKind
        ]


class SignForm(FlaskForm):  # type: ignore[misc]
    """A partner signs."""

    role = StringField(_("Who signed, by role"), ROLE, STORABLE)
    signed_on = DateField(_("Signed on"), [InputRequired(), not_to_come])


class SeatForm(FlaskForm):  # type: ignore[misc]
    """A seat in the steering group."""

    role = StringField(_("Role"), ROLE, STORABLE)
    voice = RadioField(
        _("Voice"),
        choices=[SelectChoice("votes", _("Votes")), SelectChoice("advises", _("Advises"))],
        default="votes",
    )
    lived = BooleanField(_("For somebody with lived experience of mental ill health"))
    paid = BooleanField(_("The work is paid"))
    contents = BooleanField(_("Also decides on lessons, words and pictures"))


class SupportForm(FlaskForm):  # type: ignore[misc]
    """Whom people turn to."""

    role = StringField(_("Who, by role"), ROLE, STORABLE)
    reached = StringField(_("How to reach her or him"), [InputRequired(), Length(2, 200)], STORABLE)
    checked_on = DateField(_("Last tried on"), [InputRequired(), not_to_come])


class EmergencyForm(FlaskForm):  # type: ignore[misc]
    """Why a programme works in an emergency."""

    reason = StringField(_("What happened?"), [InputRequired(), Length(2, 300)], STORABLE)


class InviteForm(FlaskForm):  # type: ignore[misc]
    """An organisation to stand together with."""

    name = StringField(_("Name of the organisation"), [InputRequired(), Length(2, 120)], STORABLE)


def _answer() -> TextAreaField:
    return TextAreaField("", [Length(max=2000)], STORABLE)


class StepForm(FlaskForm):  # type: ignore[misc]
    """One page of the wizard. It may be left half done, and even empty."""

    text = _answer()
    me = _answer()
    my_people = _answer()
    our_place = _answer()
    called_on = DateField(_("Called on"), [Optional(), not_to_come])

    def cut(self, step: Step) -> None:
        """Leave only the fields of this page."""
        for part in ("text", "me", "my-people", "our-place"):
            if part in step.parts:
                told = question(step.name).asks if part == "text" else part_name(part)
                self[_field(part)].label.text = told
            else:
                del self[_field(part)]
        if not step.has_day:
            del self.called_on

    def fill(self, step: Step, said: Said) -> None:
        """Show what was said before."""
        for part in step.parts:
            self[_field(part)].data = said.parts.get(part, "")
        if step.has_day:
            self.called_on.data = said.called_on

    def said(self, step: Step) -> Said:
        """What a valid form says."""
        parts = {part: self[_field(part)].data or "" for part in step.parts}
        return Said(parts, self.called_on.data if step.has_day else None)


def _field(part: str) -> str:
    return part.replace("-", "_")
