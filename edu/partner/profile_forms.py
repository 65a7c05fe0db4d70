"""The forms of a profile, made from the one description of what its sections hold."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from edu.account.forms import STORABLE
from edu.communities.editing import profile_of
from edu.communities.faults import COUNTRY, faults
from edu.communities.profile import LONGEST, Holds, Section, day
from edu.communities.services import Heard
from edu.doors import db, today
from edu.languages import LONGEST_TAG, SOURCE, Language, digits, language, normalise
from edu.lessons.phone import phone_numbers
from edu.partner.profile_labels import label
from edu.partner.profile_wording import choice, fault_words, heard_words
from edu.segments.segment import clean, fold

#: Who agreed and when is written down by agreeing; who drafted a profile stays as it was.
_NOT_TYPED = frozenset({"agreed_by", "drafted_by"})
_SHORT = frozenset({"term", "word", "name", "country", "region", "cost", "hours", "pseudonym"})
#: A call of longer ago is not one that anybody remembers well.
_REMEMBERED = timedelta(days=30)


def tidy(text: str | None) -> str:
    """One line of words, with each letter in its usual form."""
    return fold(unicodedata.normalize("NFC", clean(text or ""))).replace("\n", " ").strip()


def _lines(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := tidy(each))]


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class EntryForm(FlaskForm):  # type: ignore[misc]
    """One entry; its fields follow from its section. `version` is the saving she began from."""

    version = IntegerField(
        widget=HiddenInput(), validators=[InputRequired(), NumberRange(0, 2**31 - 1)]
    )
    section: Section

    @property
    def typed(self) -> dict[str, Any]:
        """What was typed, as an entry holds it."""
        values = {}
        for each in typed_fields(self.section):
            values[each.name] = _value(each.holds, self[each.name].data)
        return values

    def typed_with(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """The same, with what this form does not ask for as it was."""
        asked = {each.name for each in typed_fields(self.section)}
        known = self.section.known.keys() - asked
        return self.typed | {name: kept[name] for name in known if name in kept}

    def typed_from(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """What somebody would have typed who wrote these fields."""
        return {
            each.name: _value(each.holds, _shown(each.holds, fields.get(each.name)))
            for each in typed_fields(self.section)
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """By the same rules that hold for files."""
        good = bool(super().validate(extra_validators))
        if not self.is_submitted():
            return good
        for fault in faults(self.section, self.typed):
            field = self[fault.name]
            field.errors = [*field.errors, fault_words(fault.kind)]
            good = False
        return good


def typed_fields(section: Section) -> list[Any]:
    """The fields that somebody fills in."""
    hidden = _NOT_TYPED | ({"date"} if section.agreed else set())
    return [each for each in section.fields if each.name not in hidden]


def entry_form(
    section: Section, tag: str, fields: Mapping[str, Any], version: int, *, sent: bool = True
) -> EntryForm:
    """A form for an entry of a tag's profile, filled in with what it says, or, where it was `sent`,
    with what was typed."""
    members: dict[str, Any] = {"section": section}
    for each in typed_fields(section):
        members[each.name] = _field(section, each, language(tag))
    data = {each.name: _shown(each.holds, fields.get(each.name)) for each in typed_fields(section)}
    if "by" in data:
        data["by"] = data["by"] or "call"
    kind = type("EntryForm", (EntryForm,), members)
    values = {"data": data | {"version": version}}
    made = kind(**values) if sent else kind(formdata=None, **values)
    assert isinstance(made, EntryForm)  # noqa: S101 (tells the type checker)
    return made


def _field(section: Section, each: Any, known: Language) -> Any:
    title, hint = label(section.name, each.name)
    # What is written for others who work here is in whatever language they share.
    render: dict[str, Any] = {"dir": "auto"} if each.holds is Holds.TEXT else {}
    if each.holds in (Holds.WORDS, Holds.LIST):
        render = {"lang": known.tag, "dir": known.direction}
    kwargs: dict[str, Any] = {"description": hint, "render_kw": render}
    if each.holds is Holds.FLAG:
        return BooleanField(title, **kwargs)
    if each.holds is Holds.DAY:
        return DateField(title, [Optional()], **kwargs)
    if each.holds is Holds.ONE_OF:
        offered = [SelectChoice(value, choice(each.name, value)) for value in each.options]
        empty = [] if each.default else [SelectChoice("", "—")]
        # What may stand there, the rules for entries know.
        return SelectField(title, choices=[*empty, *offered], validate_choice=False, **kwargs)
    if each.holds is Holds.SOME_OF:
        ticks = [(value, choice(each.name, value)) for value in each.options]
        return _Ticks(title, choices=ticks, validate_choice=False, **kwargs)
    if each.holds is Holds.NUMBER:
        return TelField(title, filters=[digits_of], **kwargs)
    if each.holds is Holds.LIST:
        longest = [Length(max=20 * LONGEST)]
        render["rows"] = 3
        return TextAreaField(title, longest, **kwargs)
    if each.holds is Holds.TAGS or each.name in _SHORT:
        return StringField(title, filters=[tidy], **kwargs)
    render["rows"] = 2
    return TextAreaField(title, filters=[tidy], **kwargs)


def digits_of(text: str | None) -> str:
    """A number with digits that every telephone knows."""
    return digits(tidy(text))


def _shown(holds: Holds, value: Any) -> Any:
    """A value as a form shows it."""
    if holds is Holds.LIST:
        return "\n".join(value or ())
    if holds is Holds.TAGS:
        return ", ".join(value or ())
    return day(value) if holds is Holds.DAY else value


def _value(holds: Holds, data: Any) -> Any:
    """A value as an entry holds it."""
    if holds is Holds.LIST:
        return _lines(data or "")
    if holds is Holds.TAGS:
        # Keyboards of other scripts have commas of their own.
        parts = [part.strip() for part in re.split("[,;،、]", data or "")]
        return [normalise(part) or part for part in parts if part]
    if holds is Holds.DAY:
        return data.isoformat() if isinstance(data, date) else ""
    if holds is Holds.FLAG:
        return bool(data)
    return data or ([] if holds is Holds.SOME_OF else "")


class StartForm(FlaskForm):  # type: ignore[misc]
    """A profile for a tag that has none."""

    community = StringField(
        _("Language tag"), [InputRequired(), Length(max=LONGEST_TAG)], [tidy, *STORABLE]
    )
    name = StringField(_("Who is it?"), [InputRequired(), Length(2, 120)], [tidy, *STORABLE])
    country = StringField(_("Country"), [Length(max=2)], [tidy, *STORABLE])
    place = TextAreaField(
        _("Where and how do they live?"), [InputRequired(), Length(2, LONGEST)], [tidy, *STORABLE]
    )

    def validate_community(self, field: Field) -> None:
        """A tag that is none, or has a profile, is told."""
        known = normalise(field.data or "")
        if known is None or known == SOURCE:
            raise ValidationError(_("A language tag such as sn-ZW or sw-KE, please."))
        if profile_of(db(), known) is not None:
            raise ValidationError(_("There is a profile of this tag already."))
        field.data = known

    def validate_country(self, field: Field) -> None:
        """As codes are written."""
        field.data = (field.data or "").upper()
        if field.data and not COUNTRY.fullmatch(field.data):
            raise ValidationError(fault_words("country"))

    def validate_place(self, field: Field) -> None:
        """No number stands in a text."""
        if phone_numbers(field.data or ""):
            raise ValidationError(fault_words("phone"))

    validate_name = validate_place

    @property
    def about(self) -> dict[str, str]:
        """What is known of the place."""
        return {
            "name": self.name.data,
            "country": self.country.data,
            "place": self.place.data,
        }


class AgreeForm(FlaskForm):  # type: ignore[misc]
    """The community has agreed on an entry as it stands."""

    who = StringField(
        _("Who agreed? A name or a pseudonym, or a group"),
        [InputRequired(), Length(1, 120)],
        [tidy, *STORABLE],
    )
    version = IntegerField(
        widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, 2**31 - 1)]
    )


class CallForm(FlaskForm):  # type: ignore[misc]
    """Somebody called: four things are written down; who she is, the session knows."""

    heard = RadioField(_("Did it answer?"))
    on = DateField(_("On which day did you call?"), [InputRequired()])
    hours = StringField(_("When is it open?"), [Length(max=120)], [tidy, *STORABLE])

    def offer(self) -> None:
        """What may have come of it."""
        self.heard.choices = [(each.value, heard_words(each)) for each in Heard]

    def validate_hours(self, field: Field) -> None:
        """Hours, and no second number."""
        if phone_numbers(field.data or ""):
            raise ValidationError(fault_words("phone"))

    def validate_on(self, field: Field) -> None:
        """Neither tomorrow nor long ago."""
        if field.data is not None and not today() - _REMEMBERED <= field.data <= today():
            raise ValidationError(_("A day of the last month, please, and not one to come."))
