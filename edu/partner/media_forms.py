"""The form of a picture or film: the file, what it shows, where it goes, and who agreed."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from edu.account.forms import STORABLE
from edu.editions.models import Change
from edu.editions.workplace.adapting import Operation
from edu.lessons.markdown import FILM
from edu.lessons.placing import piece_of, read_piece
from edu.media.consent import AGREED, Origin
from edu.partner import media_words as wording
from edu.partner.changes_forms import ChangeForm, _Ticks
from edu.partner.desk_forms import typed_text
from edu.recordings.consent import Consent

#: What is asked of the file itself: never again once it is kept.
OF_THE_FILE = (
    *("licence", "credit", "people", "speaker", "consent_on", "uses", "ends", "whose"),
    *("agreed", "looked"),
)


class MediaForm(ChangeForm):
    """A picture or film with the record that says why it is there."""

    file = FileField(_("The file"))
    shows = StringField(_("What does it show?"), filters=STORABLE, validators=[Length(max=300)])
    said = TextAreaField(
        _("What is said and heard in it"), filters=[typed_text], validators=[Length(max=15_000)]
    )
    captions_file = FileField(_("Captions as a file (.vtt), if there is one"))
    captions = TextAreaField(
        _("Or captions typed here"), filters=[typed_text], validators=[Length(max=60_000)]
    )
    place = SelectField(_("Where in the lesson?"))
    licence = SelectField(_("Under which licence may it be used?"), default="CC BY-SA 4.0")
    credit = StringField(_("Who made it?"), filters=STORABLE, validators=[Length(max=120)])
    people = RadioField(_("Can anybody be recognised in it?"), validators=[Optional()])
    speaker = StringField(
        _("What should they be called?"), filters=STORABLE, validators=[Length(max=60)]
    )
    whose = RadioField(_("What do they do in it?"), default="reads")
    consent_on = DateField(_("On which day did they agree?"), [Optional()])
    uses = _Ticks(_("What may it be used for?"))
    ends = DateField(_("Until when? Leave it empty if there is no end."), [Optional()])
    agreed = BooleanField(
        _(
            "Everybody who can be recognised was asked in their own language, agreed freely, and "
            "knows that they can change their mind on any day. For a child, a parent agreed too."
        )
    )
    looked = BooleanField(
        _(
            "It shows ordinary life with respect: no head in hands, no dark figures, no chains, "
            "bars or pills, nothing about harming oneself, and nobody in distress."
        )
    )

    def offer_places(self, places: list[tuple[str, str]]) -> None:
        """What may be chosen, in words."""
        self.place.choices = [SelectChoice(*each) for each in places]
        self.licence.choices = [SelectChoice(*each) for each in wording.licence_words()]
        self.people.choices = wording.people_words()
        self.whose.choices = wording.whose_words()
        self.uses.choices = [SelectChoice(*each) for each in wording.use_words()]

    def fill_again(self, change: Change, captions: str) -> None:
        """Begin with what is kept."""
        self.fill(change)
        self.place.data = f"{change.block}{wording.BAR}{change.after}"
        self.shows.data, self.said.data = read_piece(change.text)
        self.captions.data = captions

    def shown(self, kind: str, name: str) -> Operation:
        """What is done: which picture or film goes where."""
        block, _bar, where = (self.place.data or "").partition(wording.BAR)
        said = (self.said.data or "") if kind == FILM else ""
        return Operation(kind, block, where, piece_of(kind, name, self.shows.data or "", said))

    @property
    def origin(self) -> Origin:
        """Who made it, and who agreed."""
        consent = Consent(
            speaker=self.speaker.data or "",
            on=self.consent_on.data,
            uses=tuple(self.uses.data or ()),
            ends=self.ends.data,
            own_story=self.whose.data == "own",
            agreed=bool(self.agreed.data),
        )
        return Origin(
            licence=self.licence.data or "",
            credit=self.credit.data or "",
            people=self.people.data or "",
            consent=consent if self.people.data == AGREED else None,
            looked=bool(self.looked.data),
        )

    def complain(self, missing: dict[str, str]) -> None:
        """Say at each field what is missing in it."""
        for name, words in missing.items():
            field: Any = self[name]
            if not field.errors:
                field.errors = [words]
