"""What people said in a programme: notes, the codebook, and which themes are in what."""

from datetime import date

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.account.once import once
from edu.account.signed_in import staff
from edu.account.within_reach import own_programme
from edu.doors import address, db, show, today
from edu.groups.models import Programme
from edu.outcomes.identifying import Sign, signs
from edu.outcomes.voices import (
    Voice,
    code,
    delete_note,
    is_heard,
    keep_note,
    keep_theme,
    note_of,
    theme_is_taken,
    themes_of,
    voices_of,
)
from edu.outcomes.voices_models import NOTE_KINDS
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.trainer.evaluation import title_of, titles_of
from edu.trainer.evaluation_forms import CodingForm, NoteForm, ThemeForm
from edu.trainer.evaluation_wording import kind_words, sign_words

bp = Blueprint(
    "voices",
    __name__,
    url_prefix="/<tag>/staff/programmes/<int(max=2147483647):programme_id>/voices",
)


@bp.get("")
@staff(Right.SEE_FIGURES)
def index(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Everything that was said and may be read, with its themes."""
    programme = own_programme(by, programme_id, Right.SEE_FIGURES)
    return _page(by, programme, _note_form())


def _note_form() -> NoteForm:
    form = NoteForm()
    form.kind.choices = [SelectChoice(each, kind_words(each)) for each in NOTE_KINDS]
    return form


def _page(by: Actor, programme: Programme, form: NoteForm, found: list[Sign] | None = None) -> str:
    themes = themes_of(db(), programme.id)
    return show(
        "trainer/voices.html",
        programme=programme,
        voices=[
            (each, kind_words(each.kind), _coding(each, [(t.id, t.name) for t in themes]))
            for each in voices_of(db(), programme.id)
        ],
        themes=themes,
        may_write=_may_write(by, programme),
        form=form,
        signs=[sign_words(sign) for sign in found or ()],
        here=f"/staff/programmes/{programme.id}/voices",
    )


def _coding(voice: Voice, themes: list[tuple[int, str]]) -> CodingForm:
    form = CodingForm(formdata=None, themes=sorted(voice.themes))
    form.themes.choices = [SelectChoice(number, name) for number, name in themes]
    return form


def _may_write(by: Actor, programme: Programme) -> bool:
    return by.reach(Right.LEAD_GROUPS).covers(programme.id)


@bp.post("")
@staff(Right.LEAD_GROUPS)
@once
def note(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Keep a note; where it looks as if somebody could be found by it, ask once more."""
    programme = own_programme(by, programme_id, Right.LEAD_GROUPS)
    form = _note_form()
    if not form.validate_on_submit():
        return _page(by, programme, form), 422
    found = signs(form.text.data)
    if found and not form.looked.data:
        return _page(by, programme, form, found), 422
    month: date = form.month.data
    if month > today():
        form.month.errors = [_("This month has not come yet.")]
        return _page(by, programme, form), 422
    keep_note(db(), programme.id, form.kind.data, month, form.text.data)
    return _back(programme)


def _back(programme: Programme, *more: str) -> ResponseReturnValue:
    return redirect(address("staff", "programmes", programme.id, "voices", *more), 303)


@bp.route("/notes/<int(max=2147483647):note_id>/delete", methods=["GET", "POST"])
@staff(Right.LEAD_GROUPS)
def forget(by: Actor, programme_id: int, note_id: int) -> ResponseReturnValue:
    """Delete a note for good, as when somebody no longer agrees to it, after a second look."""
    programme = own_programme(by, programme_id, Right.LEAD_GROUPS)
    found = note_of(db(), programme.id, note_id)
    if found is None:
        abort(404)
    if ConfirmForm().validate_on_submit():
        delete_note(db(), programme.id, note_id)
        return _back(programme)
    return confirm_page(
        _("Delete this note?"),
        found.text,
        [_("What was said is lost for good, and so are the themes that were found in it.")],
        action=_("Delete the note"),
        back=address("staff", "programmes", programme.id, "voices"),
    )


@bp.post("/<slug:key>/themes")
@staff(Right.LEAD_GROUPS)
def coded(by: Actor, programme_id: int, key: str) -> ResponseReturnValue:
    """Say which themes are in a text."""
    programme = own_programme(by, programme_id, Right.LEAD_GROUPS)
    if not is_heard(db(), programme.id, key):
        abort(404)
    form = CodingForm()
    form.themes.choices = [
        SelectChoice(each.id, each.name) for each in themes_of(db(), programme.id)
    ]
    if not form.validate_on_submit():
        abort(400)
    code(db(), programme.id, key, form.themes.data or ())
    return _back(programme)


@bp.get("/codebook")
@staff(Right.SEE_FIGURES)
def codebook(by: Actor, programme_id: int) -> ResponseReturnValue:
    """The themes of a programme, and what belongs to each."""
    programme = own_programme(by, programme_id, Right.SEE_FIGURES)
    return _codebook(by, programme, _theme_form(programme))


def _theme_form(programme: Programme) -> ThemeForm:
    form = ThemeForm()
    form.scale.choices = [SelectChoice("", _("None"))] + [
        SelectChoice(f"{instrument}/{scale}", words.title.text)
        for (instrument, scale), words in titles_of(programme).items()
    ]
    return form


def _codebook(by: Actor, programme: Programme, form: ThemeForm) -> str:
    words = titles_of(programme)
    return show(
        "trainer/themes.html",
        programme=programme,
        themes=[
            (each, title_of(words, each.scale) if each.scale else None)
            for each in themes_of(db(), programme.id)
        ],
        may_write=_may_write(by, programme),
        form=form,
        here=f"/staff/programmes/{programme.id}/voices/codebook",
    )


@bp.post("/codebook")
@staff(Right.LEAD_GROUPS)
@once
def theme(by: Actor, programme_id: int) -> ResponseReturnValue:
    """Add an entry to the codebook."""
    programme = own_programme(by, programme_id, Right.LEAD_GROUPS)
    form = _theme_form(programme)
    if not form.validate_on_submit():
        return _codebook(by, programme, form), 422
    if theme_is_taken(db(), programme.id, form.name.data):
        form.name.errors = [_("There is a theme of this name already.")]
        return _codebook(by, programme, form), 422
    keep_theme(
        db(),
        programme.id,
        name=form.name.data,
        meaning=form.meaning.data,
        example=form.example.data or "",
        scale=form.scale.data or "",
    )
    return _back(programme, "codebook")
