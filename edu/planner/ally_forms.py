"""The forms about allies: bodies, channels, referrals, services, briefs."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    IntegerField,
    MonthField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from edu.account.forms import STORABLE
from edu.doors import today
from edu.planner.ally_words import cost_choices, means_name, provider_name, way_name
from edu.planner.planning_words import partner_kind
from edu.programmes.ally_models import Channel, Cost, ListedService, Means, Provider, Way
from edu.programmes.channels import Agreed, Known
from edu.programmes.listing import Told
from edu.programmes.planning_models import PartnerKind

_NAME = [InputRequired(), Length(2, 120)]
#: More people than any programme sends on in a month.
_MOST = 100_000


def _offer(field: Field, choices: Sequence[tuple[str, str]]) -> None:
    field.choices = [SelectChoice(value, words) for value, words in choices]


def _not_to_come(_form: FlaskForm, field: Field) -> None:
    if field.data is not None and field.data > today():
        raise ValidationError(_("This day has not come yet."))


def _to_come(_form: FlaskForm, field: Field) -> None:
    if field.data is not None and field.data < today():
        raise ValidationError(_("This day is over already."))


class BodyForm(FlaskForm):  # type: ignore[misc]
    """An organisation or office around the programme."""

    name = StringField(_("Name of the organisation"), _NAME, STORABLE)
    kind = SelectField(_("What it is"))
    cost = SelectField(_("Do people pay there?"), default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.kind, [(each.value, partner_kind(each.value)) for each in PartnerKind])
        _offer(self.cost, cost_choices())


class ChannelForm(FlaskForm):  # type: ignore[misc]
    """What two bodies agreed on."""

    purpose = StringField(_("For what?"), [InputRequired(), Length(2, 300)], STORABLE)
    means = SelectField(_("How?"))
    from_role = StringField(_("Who is responsible there, by role?"), _NAME, STORABLE)
    to_role = StringField(_("Who is responsible on the other side, by role?"), _NAME, STORABLE)
    agreed_on = DateField(_("Agreed on"), [InputRequired(), _not_to_come])
    next_review = DateField(_("Look at it again by"), [InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.means, [(each.value, means_name(each.value)) for each in Means])

    def validate_next_review(self, field: Field) -> None:
        """Nothing is looked at again before it was agreed on."""
        agreed = self.agreed_on.data
        if field.data is not None and agreed is not None and field.data < agreed:
            raise ValidationError(_("This day comes before the day it was agreed on."))

    def fill(self, kept: Channel) -> None:
        """Show what was said before."""
        for name in ("purpose", "means", "from_role", "to_role", "agreed_on", "next_review"):
            self[name].data = getattr(kept, name)

    @property
    def agreed(self) -> Agreed:
        """What a valid form says."""
        return Agreed(
            self.purpose.data,
            Means(self.means.data),
            self.from_role.data,
            self.to_role.data,
            self.agreed_on.data,
            self.next_review.data,
        )


class NewChannelForm(ChannelForm):
    """The same with both ends."""

    caller = SelectField(_("Who calls?"))
    called = SelectField(_("Whom do they call?"))

    def offer(self, known: Sequence[Known]) -> None:
        """Which bodies may be chosen."""
        choices = [(each.key, f"{each.name} ({partner_kind(each.kind.value)})") for each in known]
        _offer(self.caller, choices)
        _offer(self.called, choices)

    def validate_called(self, field: Field) -> None:
        """A channel is between two."""
        if field.data == self.caller.data:
            raise ValidationError(_("Choose two different organisations."))


class ReviewForm(FlaskForm):  # type: ignore[misc]
    """Both sides looked at it today."""

    next_review = DateField(_("Look at it again by"), [InputRequired(), _to_come])


class ReferralForm(FlaskForm):  # type: ignore[misc]
    """The numbers of one month and way."""

    month = MonthField(_("Month"), [InputRequired(), _not_to_come])
    way = SelectField(_("Which way?"))
    sent = IntegerField(_("How many were sent?"), [InputRequired(), NumberRange(0, _MOST)])
    arrived = IntegerField(_("How many of them arrived?"), [InputRequired(), NumberRange(0, _MOST)])
    heard = IntegerField(
        _("Of how many of them did word come back?"), [InputRequired(), NumberRange(0, _MOST)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.way, [(each.value, way_name(each.value)) for each in Way])

    def validate_arrived(self, field: Field) -> None:
        """Nobody arrives who was not sent."""
        _no_more(field, self.sent, _("No more can arrive than were sent."))

    def validate_heard(self, field: Field) -> None:
        """Word comes back of those who arrived."""
        _no_more(field, self.arrived, _("Count only those who arrived."))

    @property
    def numbers(self) -> tuple[int, int, int]:
        """What a valid form says."""
        return self.sent.data, self.arrived.data, self.heard.data


def _no_more(field: Field, than: Field, words: str) -> None:
    if field.data is not None and than.data is not None and field.data > than.data:
        raise ValidationError(words)


class DistrictForm(FlaskForm):  # type: ignore[misc]
    """A district more."""

    district = StringField(_("Name of the district"), _NAME, STORABLE)


class ServiceForm(FlaskForm):  # type: ignore[misc]
    """A service that the programme knows of."""

    name = StringField(_("Name of the service"), _NAME, STORABLE)
    kind = SelectField(_("What it is"))
    district = SelectField(_("District"), coerce=int, default=0)
    cost = SelectField(_("Do people pay there?"), default="")
    languages = StringField(_("Languages spoken there"), [Length(max=120)], STORABLE)
    reached = StringField(_("How do people get there?"), [Length(max=200)], STORABLE)
    confirmed_on = DateField(
        _("Last day on which somebody asked there"), [Optional(), _not_to_come]
    )
    confirmed_by = StringField(_("Who asked, by role?"), [Length(max=120)], STORABLE)

    def offer(self, districts: Sequence[tuple[int, str]]) -> None:
        """What may be chosen."""
        _offer(self.kind, [(each.value, provider_name(each.value)) for each in Provider])
        places = [("0", str(_("It serves all districts")))]
        _offer(self.district, [*places, *((str(id), name) for id, name in districts)])
        _offer(self.cost, cost_choices())

    def validate_confirmed_by(self, field: Field) -> None:
        """A day alone says little: somebody asked."""
        if self.confirmed_on.data is not None and not field.data:
            raise ValidationError(_("Write the role of whoever asked, without a name."))

    def fill(self, kept: ListedService) -> None:
        """Show what was said before."""
        for name in ("name", "kind", "cost", "languages", "reached"):
            self[name].data = getattr(kept, name)
        self.district.data = kept.district_id or 0
        self.confirmed_on.data, self.confirmed_by.data = kept.confirmed_on, kept.confirmed_by

    @property
    def told(self) -> Told:
        """What a valid form says."""
        return Told(
            self.name.data,
            Provider(self.kind.data),
            self.district.data or None,
            Cost(self.cost.data),
            self.languages.data or "",
            self.reached.data or "",
            self.confirmed_on.data,
            self.confirmed_by.data or "" if self.confirmed_on.data else "",
        )


class AsksForm(FlaskForm):  # type: ignore[misc]
    """Three things that the team asks for. `seen` is the saving she began from."""

    seen = IntegerField(
        widget=HiddenInput(), validators=[InputRequired(), NumberRange(0, 2**31 - 1)]
    )
    first = StringField(_("First ask"), [InputRequired(), Length(2, 200)], STORABLE)
    second = StringField(_("Second ask"), [InputRequired(), Length(2, 200)], STORABLE)
    third = StringField(_("Third ask"), [InputRequired(), Length(2, 200)], STORABLE)

    @property
    def asks(self) -> list[str]:
        """What a valid form says."""
        return [self.first.data, self.second.data, self.third.data]


class SendForm(FlaskForm):  # type: ignore[misc]
    """To whom a brief goes."""

    body = StringField(_("To which office or organisation?"), _NAME, STORABLE)
