"""The forms of following through: dates, actions, planned reach, observed sessions, sheets."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from edu.account.forms import STORABLE
from edu.doors import today
from edu.planner.following_words import role_name, skill_words
from edu.planner.planning_words import partner_kind
from edu.programmes.actions import Wanted
from edu.programmes.dates import CoursePlan
from edu.programmes.following_models import CommunityRole, GroupCourse, ProgrammeAction
from edu.programmes.incidents import has_number
from edu.programmes.observing import SKILLS, Seen
from edu.programmes.planning_models import PartnerKind


def _of_nobody(_form: FlaskForm, field: Field) -> None:
    """Roles and deeds are kept, and no way to reach a person."""
    if has_number(field.data or ""):
        told = _("This looks like somebody's telephone number or address. Leave it out.")
        raise ValidationError(told)


_ROLE = [InputRequired(), Length(2, 120), _of_nobody]


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _not_to_come(_form: FlaskForm, field: Field) -> None:
    if field.data is not None and field.data > today():
        raise ValidationError(_("This day has not come yet."))


def _offer(field: Field, choices: Sequence[tuple[str, str]]) -> None:
    field.choices = [SelectChoice(value, words) for value, words in choices]


class DatesForm(FlaskForm):  # type: ignore[misc]
    """When a group meets, and who its people are."""

    first_day = DateField(_("First meeting"), [Optional()])
    rhythm_days = IntegerField(
        _("How many days lie between two meetings?"), [InputRequired(), NumberRange(1, 60)]
    )
    meetings = IntegerField(_("How many meetings?"), [InputRequired(), NumberRange(1, 40)])
    role = SelectField(_("Who are the people of this group?"))
    track = SelectField(_("Track"))

    def offer(self, tracks: Sequence[tuple[str, str]]) -> None:
        """What may be chosen, in the language of the page."""
        _offer(self.role, [("", role_name("")), *((r, role_name(r)) for r in CommunityRole)])
        _offer(self.track, [("", str(_("None"))), *tracks])

    def fill(self, kept: GroupCourse) -> None:
        """Show what was said before."""
        for name in ("first_day", "rhythm_days", "meetings", "role", "track"):
            self[name].data = getattr(kept, name)

    @property
    def plan(self) -> CoursePlan:
        """What a valid form says."""
        return CoursePlan(
            self.track.data,
            self.role.data,
            self.first_day.data,
            self.rhythm_days.data,
            self.meetings.data,
        )


class ActionForm(FlaskForm):  # type: ignore[misc]
    """What is to be done, by whom, by when."""

    what = StringField(_("What is to be done?"), [InputRequired(), Length(2, 300)], STORABLE)
    owner = StringField(
        _("Which organisation owns it?"), [InputRequired(), Length(2, 120)], STORABLE
    )
    owner_kind = SelectField(_("What it is"))
    owner_role = StringField(_("Who there sees to it, by role?"), _ROLE, STORABLE)
    due_on = DateField(_("By which day?"), [InputRequired()])
    group = SelectField(_("Which group took it up?"), coerce=int, default=0)

    def offer(self, groups: Sequence[tuple[int, str]]) -> None:
        """What may be chosen, in the language of the page."""
        _offer(self.owner_kind, [(each.value, partner_kind(each.value)) for each in PartnerKind])
        none = ("0", str(_("None")))
        _offer(self.group, [none, *((str(id), name) for id, name in groups)])

    def fill(self, kept: ProgrammeAction) -> None:
        """Show what was said before."""
        for name in ("what", "owner", "owner_kind", "owner_role", "due_on"):
            self[name].data = getattr(kept, name)
        self.group.data = kept.group_id or 0

    @property
    def wanted(self) -> Wanted:
        """What a valid form says."""
        return Wanted(
            self.what.data,
            self.owner.data,
            PartnerKind(self.owner_kind.data),
            self.owner_role.data,
            self.due_on.data,
            self.group.data or None,
        )


class ReportForm(FlaskForm):  # type: ignore[misc]
    """What came of an action, as told at follow-up."""

    happened = TextAreaField(
        _("What happened?"), [InputRequired(), Length(2, 1000), _of_nobody], STORABLE
    )
    obstacle = StringField(
        _("One thing that stood in the way"), [Length(max=300), _of_nobody], STORABLE
    )
    done = BooleanField(_("It is done"))


class ReachForm(FlaskForm):  # type: ignore[misc]
    """How many people of one kind are to be reached."""

    cell = SelectField()
    place = StringField(_("Place"), [Length(max=80)], STORABLE)
    people = IntegerField(_("How many people?"), [InputRequired(), NumberRange(0, 1_000_000)])

    def offer(self, label: str, cells: Sequence[tuple[str, str]]) -> None:
        """The rows that may be planned; of places any may be written."""
        if not cells:
            del self.cell
            return
        del self.place
        self.cell.label.text = label
        _offer(self.cell, cells)

    def validate_place(self, field: Field) -> None:
        """A place that was left out is none to plan for."""
        if not (field.data or "").strip():
            raise ValidationError(_("Write a place."))

    @property
    def named(self) -> str:
        """The row that a valid form speaks of."""
        return str(self.cell.data if "cell" in self else self.place.data)


class ObservedForm(FlaskForm):  # type: ignore[misc]
    """What a colleague saw in a session."""

    day = DateField(_("Day of the session"), [InputRequired(), _not_to_come])
    trainer = SelectField(_("Who led the session?"), coerce=int)
    observer_role = StringField(_("Who watched, by role?"), _ROLE, STORABLE)
    skills = _Ticks(_("What did you see?"))
    strength = StringField(
        _("One thing that went well"), [InputRequired(), Length(2, 300), _of_nobody], STORABLE
    )
    next_step = StringField(
        _("One thing to try next time"), [InputRequired(), Length(2, 300), _of_nobody], STORABLE
    )

    def offer(self, trainers: Sequence[tuple[int, str]]) -> None:
        """What may be chosen, in the language of the page."""
        _offer(self.trainer, [(str(id), login) for id, login in trainers])
        _offer(self.skills, [(each, skill_words(each)) for each in SKILLS])

    @property
    def seen(self) -> Seen:
        """What a valid form says."""
        return Seen(
            self.day.data,
            self.trainer.data,
            self.observer_role.data,
            tuple(self.skills.data or ()),
            self.strength.data,
            self.next_step.data,
        )


class SheetForm(FlaskForm):  # type: ignore[misc]
    """A table of groups."""

    file = FileField(_("Table (CSV or XLSX)"), [FileRequired()])


class KeepForm(FlaskForm):  # type: ignore[misc]
    """The rows that were shown, to be kept now."""

    rows = StringField(validators=[InputRequired(), Length(max=100_000)])
