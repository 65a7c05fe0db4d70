"""The form of an adaptation: why, and what it is about; the rest is folded away."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from edu.account.forms import STORABLE
from edu.editions.models import Change
from edu.editions.records import DIMENSIONS, ONE, SOME, WORDS, Reasons, read_reasons
from edu.editions.workplace.adapting import Operation, Record
from edu.partner.changes_wording import choice_name, dimension_name, page_tag
from edu.partner.desk_forms import typed_text

_WORDS = [Length(max=600)]
_USUAL = Reasons()


def _at_least_one(_form: FlaskForm, field: Field) -> None:
    if not field.data:
        raise ValidationError(_("Tick at least one."))


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ChangeForm(FlaskForm):  # type: ignore[misc]
    """An adaptation's record; with a block operation also what is done with which block."""

    why = TextAreaField(
        _("Why is it different here?"),
        filters=STORABLE,
        validators=[InputRequired(_("Say in a few words why.")), Length(3, 1000)],
    )
    why_tag = SelectField(_("In which language did you write that?"), default=page_tag)
    dimensions = _Ticks(_("What is it about?"), [_at_least_one])
    core_touched = BooleanField(_("It touches the message of the lesson"))
    proposers = _Ticks(_("Who proposed it? Roles, never names."))
    deciders = _Ticks(_("Who decided it? Roles, never names."))
    goals = _Ticks(_("What is it for?"))
    settings = _Ticks(_("Where does the reason lie?"))
    elements = _Ticks(_("What does it touch?"))
    depth = SelectField(_("How deep does it go?"), default=_USUAL.depth)
    core = StringField(_("Which message is touched?"), filters=STORABLE, validators=_WORDS)
    fidelity = SelectField(_("Does the message still hold?"), default=_USUAL.fidelity)
    stage = SelectField(_("When in the work was it made?"), default=_USUAL.stage)
    planned = SelectField(_("Was it planned?"), default=_USUAL.planned)
    level = SelectField(_("For whom is it?"), default=_USUAL.level)
    group = StringField(
        _("Age, gender, place, reading of those people"), filters=STORABLE, validators=_WORDS
    )
    evidence = SelectField(_("How do you know?"), default=_USUAL.evidence)
    evidence_people = IntegerField(
        _("How many people were asked?"), [Optional(), NumberRange(0, 99_999)]
    )
    evidence_on = DateField(_("On which day?"), [Optional()])
    quote = StringField(_("What somebody said. No names."), filters=STORABLE, validators=_WORDS)
    expected = StringField(_("What should it bring about?"), filters=STORABLE, validators=_WORDS)
    feared = StringField(_("What could go wrong?"), filters=STORABLE, validators=_WORDS)
    block = SelectField(_("Which block?"), default="")
    after = SelectField(_("Behind which block?"), default="")
    text = TextAreaField(_("The new block"), filters=[typed_text], validators=[Length(max=20_000)])
    operation = HiddenField()
    version = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(1, 2**31 - 1)])

    def offer(self, blocks: list[tuple[str, str]], tags: list[tuple[str, str]]) -> None:
        """What may be chosen; `blocks` are those of the lesson, `tags` languages."""
        self.why_tag.choices = [SelectChoice(*each) for each in tags]
        self.dimensions.choices = [SelectChoice(each, dimension_name(each)) for each in DIMENSIONS]
        for name, values in {**SOME, **ONE}.items():
            self[name].choices = [SelectChoice(each, choice_name(each)) for each in values]
        for field in (self.block, self.after):
            field.choices = [SelectChoice("", ""), *(SelectChoice(*each) for each in blocks)]

    def fill(self, change: Change | None, operation: str = "", block: str = "") -> None:
        """Begin with what is kept, or with the defaults."""
        reasons = (
            read_reasons(change.reasons or {})
            if change is not None
            else Reasons(why_tag=page_tag())
        )
        for name in (*SOME, *ONE, *WORDS):
            value: Any = getattr(reasons, name)
            self[name].data = list(value) if name in SOME else value
        self.why_tag.data = reasons.why_tag
        self.evidence_people.data = reasons.evidence_people or None
        self.evidence_on.data = (
            date.fromisoformat(reasons.evidence_on) if reasons.evidence_on else None
        )
        self.operation.data, self.block.data = operation, block
        if change is not None:
            self.why.data, self.dimensions.data = change.why, list(change.dimensions)
            self.core_touched.data, self.version.data = change.core_touched, change.version
            self.operation.data, self.block.data = change.operation, change.block
            self.after.data, self.text.data = change.after, change.text

    @property
    def record(self) -> Record:
        """What was filled in."""
        day = self.evidence_on.data
        given: dict[str, Any] = {
            **{name: tuple(self[name].data or ()) for name in SOME},
            **{name: self[name].data for name in ONE},
            **{name: self[name].data or "" for name in WORDS},
        }
        reasons = Reasons(
            **given,
            why_tag=self.why_tag.data or "",
            evidence_people=self.evidence_people.data or 0,
            evidence_on=day.isoformat() if day else "",
        )
        return Record(self.why.data, tuple(self.dimensions.data), self.core_touched.data, reasons)

    def done(self, operation: str) -> Operation:
        """What is done with a block; only the places that this operation knows."""
        block = self.block.data if operation != "add" else ""
        after = self.after.data if operation in ("add", "reorder") else ""
        return Operation(operation, block or "", after or "", self.text.data or "")


class BackForm(FlaskForm):  # type: ignore[misc]
    """Take a change back, or bring it back."""

    version = IntegerField(
        widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, 2**31 - 1)]
    )
