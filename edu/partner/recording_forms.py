"""The form of a recording: the sound, and the consent of whoever is heard."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from edu.account.forms import STORABLE
from edu.recordings.consent import Consent


class _Ticks(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RecordForm(FlaskForm):  # type: ignore[misc]
    """A recording with complete consent. `words` are those that the page showed."""

    sound = FileField(_("The recording"), [FileRequired(_("Record something, or choose a file."))])
    words = HiddenField(filters=STORABLE)
    whose = RadioField(_("Whose words does the speaker say?"), default="reads")
    speaker = StringField(
        _("What should the speaker be called?"), [InputRequired(), Length(1, 60)], STORABLE
    )
    consent_on = DateField(_("On which day did the speaker agree?"), [InputRequired()])
    uses = _Ticks(_("What may the recording be used for?"))
    ends = DateField(_("Until when? Leave it empty if there is no end."), [Optional()])
    agreed = BooleanField(
        _(
            "The speaker was asked in their own language, agreed freely, and knows that they can "
            "change their mind on any day."
        )
    )

    def offer(self, whose: list[tuple[str, str]], uses: list[tuple[str, str]]) -> None:
        """What may be chosen, in words."""
        self.whose.choices = whose
        self.uses.choices = [SelectChoice(value, label) for value, label in uses]

    @property
    def consent(self) -> Consent:
        """What the speaker agreed to."""
        return Consent(
            speaker=self.speaker.data or "",
            on=self.consent_on.data,
            uses=tuple(self.uses.data or ()),
            ends=self.ends.data,
            own_story=self.whose.data == "own",
            agreed=bool(self.agreed.data),
        )

    def complain(self, missing: dict[str, str]) -> None:
        """Say at each field what is missing in it."""
        for name, words in missing.items():
            field = self[name]
            if not field.errors:
                field.errors = [words]
