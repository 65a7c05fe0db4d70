"""The forms of releasing and of taking back."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from edu.account.forms import STORABLE


class NoteForm(FlaskForm):  # type: ignore[misc]
    """What is new."""

    note = TextAreaField(
        _("What is new? (may be left empty)"), filters=STORABLE, validators=[Length(max=1000)]
    )


class WhyForm(FlaskForm):  # type: ignore[misc]
    """Why a release is taken back."""

    why = TextAreaField(
        _("Why is it taken back?"),
        filters=STORABLE,
        validators=[InputRequired(_("Say in a few words why.")), Length(3, 1000)],
    )
