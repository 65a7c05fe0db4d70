"""The forms for typing in papers."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from edu.learning.sittings import Mode

#: Older papers would be deleted by age the same night.
_OLDEST = timedelta(days=700)


class PileForm(FlaskForm):  # type: ignore[misc]
    """What is true of all papers of a pile. Languages and today are set by the view."""

    papers = SelectField(_l("Language of the papers"))
    answered_on = DateField(_l("Day on the papers"), [InputRequired()])
    mode = RadioField(
        _l("How did people answer?"),
        choices=[
            SelectChoice(Mode.PAPER.value, _l("They read and ticked by themselves")),
            SelectChoice(Mode.ALOUD.value, _l("Somebody read the questions to them")),
        ],
        default=Mode.PAPER.value,
    )
    agreed = BooleanField(
        _l("Everybody on this pile is 18 or older and said yes to taking part"), [InputRequired()]
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_answered_on(self, field: DateField) -> None:
        if field.data is None:
            return
        if field.data > self.today:
            raise ValidationError(_("This day has not come yet."))
        if field.data < self.today - _OLDEST:
            raise ValidationError(_("This is too long ago: answers are kept for two years."))


class FilePileForm(PileForm):
    """The same, with a table that was filled in elsewhere."""

    file = FileField(_l("Table (CSV or XLSX)"), [FileRequired()])
