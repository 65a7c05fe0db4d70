"""Licences that an organisation says it holds, the owner's key, and the words of a scale."""

import re
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.signed_in import staff
from edu.builder import wording
from edu.builder.forms import ClaimForm, KeyForm, WordsForm
from edu.builder.page import page_of
from edu.builder.places import BUILDERS, Found, shell_named
from edu.doors import address, db, offered, show, today
from edu.instruments import licensing
from edu.instruments.licensing import Moved
from edu.instruments.models import LicenceClaim
from edu.languages import LONGEST_TAG, language
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind, write_down
from edu.quizzes.shell import REVERSE, SCALES, OwnersKey, Place, Shell, key_mistakes
from edu.segments.segment import clean

bp = Blueprint("licences", __name__, url_prefix="/<tag>/staff/instruments/<name:instrument>")

_RANGE = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")


def _tell(by: Actor, deed: Deed, shell: Shell, detail: str = "") -> None:
    write_down(db(), by.organisation_id, by.login, deed, Kind.LICENCE, shell.name, detail)


@bp.post("/licence")
@staff(Right.PLAN_PROGRAMMES)
def claim(by: Actor, instrument: str) -> ResponseReturnValue:
    """Say that the organisation holds a licence; who said so, and when, is kept."""
    shell, form = shell_named(instrument), ClaimForm()
    if not form.validate_on_submit():
        return _page(by, shell, claiming=form), 422
    licensing.claim(
        db(),
        by.organisation_id,
        shell.id,
        terms=clean(form.terms.data).strip(),
        by=by.login,
        today=today(),
        ends_on=form.ends_on.data,
    )
    _tell(by, Deed.CLAIMED, shell, form.terms.data)
    return redirect(address("staff", "instruments", shell.id), 303)


def _page(
    by: Actor, shell: Shell, claiming: ClaimForm | None = None, keying: KeyForm | None = None
) -> str:
    return page_of(by, Found(shell.instrument, shell=shell), claiming, keying)


@bp.post("/licence/end")
@staff(Right.PLAN_PROGRAMMES)
def end(by: Actor, instrument: str) -> ResponseReturnValue:
    """Take back that the organisation holds a licence. The line stays; the scale is not offered."""
    shell, held = _held(by, instrument)
    if WordsForm(data={"began_from": 0}).validate_on_submit():
        licensing.end(held, by=by.login, today=today())
        _tell(by, Deed.WITHDREW, shell)
    return redirect(address("staff", "instruments", shell.id), 303)


def _held(by: Actor, instrument: str) -> tuple[Shell, LicenceClaim]:
    """A scale for which the organisation holds a licence."""
    shell = shell_named(instrument)
    held = licensing.held(db(), by.organisation_id, shell.id, today())
    if held is None:
        abort(404)
    return shell, held


@bp.post("/key")
@staff(Right.PLAN_PROGRAMMES)
def key(by: Actor, instrument: str) -> ResponseReturnValue:
    """Enter what the owner's key says."""
    shell, held = _held(by, instrument)
    form = KeyForm()
    if not shell.asks:
        abort(404)
    said, wrong = _said(shell, form)
    if not form.validate_on_submit() or wrong:
        form.reverse.errors = [*form.reverse.errors, *wrong]
        return _page(by, shell, keying=form), 422
    licensing.enter_key(held, said, by=by.login, today=today())
    _tell(by, Deed.SET, shell, f"reverse {list(said.reverse)}")
    return redirect(address("staff", "instruments", shell.id), 303)


def _said(shell: Shell, form: KeyForm) -> tuple[OwnersKey, list[str]]:
    """The key that was typed, and what cannot be right in it."""
    reverse, wrong = _positions(form.reverse.data or "")
    scales: dict[str, tuple[int, ...]] = {}
    titles = {scale.id: scale.title for scale in shell.instrument.scales}
    if SCALES in shell.asks:
        for scale in shell.instrument.scales:
            if not scale.of:
                listed, faults = _positions(request.form.get(f"scale-{scale.id}", ""))
                scales[scale.id], wrong = listed, wrong + faults
    key = OwnersKey(reverse if REVERSE in shell.asks else (), scales)
    return key, wrong + [wording.key_words(each, titles) for each in key_mistakes(shell, key)]


def _positions(typed: str) -> tuple[tuple[int, ...], list[str]]:
    """Numbers and ranges such as `1-4, 7`; 0 alone says that there is none."""
    found: list[int] = []
    for piece in filter(None, (each.strip() for each in re.split(r"[,;،、\s]+", typed))):
        match = _RANGE.fullmatch(piece)
        if match is None:
            return (), [_("Write numbers with commas between them, as 2, 5, 7-9.")]
        first, last = int(match[1]), int(match[2] or match[1])
        found += range(first, last + 1)
    return tuple(dict.fromkeys(each for each in found if each or len(found) > 1)), []


@bp.route("/words/<language_tag>", methods=["GET", "POST"])
@staff(*BUILDERS)
def words(by: Actor, instrument: str, language_tag: str) -> ResponseReturnValue:
    """The words of a scale in one language. Nobody but this organisation sees them."""
    shell, _held_one = _held(by, instrument)
    if language_tag not in {each.tag for each in offered()} or len(language_tag) > LONGEST_TAG:
        abort(404)
    version, kept = _entered(by, shell, language_tag)
    form = WordsForm(data={"began_from": version})
    typed, long = _typed(shell) if request.method == "POST" else ({}, [])
    moved = False
    if form.validate_on_submit() and not long:
        try:
            licensing.save_words(
                db(),
                by.organisation_id,
                shell,
                language_tag,
                typed,
                began_from=form.began_from.data,
                by=by.login,
                today=today(),
            )
        except Moved:
            # She sees theirs beside hers; sent again, hers come after theirs.
            moved = True
            version, kept = _entered(by, shell, language_tag)
            form.began_from.data, form.began_from.raw_data = version, None
        else:
            _tell(by, Deed.SET, shell, language_tag)
            return redirect(address("staff", "instruments", shell.id), 303)
    page = show(
        "builder/words.html",
        shell=shell,
        spoken_language=language(language_tag),
        form=form,
        places=[_field(each, typed or kept, long) for each in shell.places()],
        theirs=kept if moved else {},
        moved=moved,
        here=f"/staff/instruments/{shell.id}/words/{language_tag}",
    )
    return page, (409 if moved else 422 if request.method == "POST" else 200)


def _entered(by: Actor, shell: Shell, tag: str) -> tuple[int, dict[str, str]]:
    """How often the words of a language were saved, and the words."""
    row = licensing.wordings(db(), by.organisation_id, shell.id).get(tag)
    return (row.version, row.words) if row is not None else (0, {})


def _typed(shell: Shell) -> tuple[dict[str, str], list[str]]:
    """What was typed for each place, and the places where it is too long."""
    typed = {
        place.context: clean(request.form.get(place.context, "")).strip()
        for place in shell.places()
    }
    return typed, [place for place, text in typed.items() if len(text) > licensing.LONGEST]


@dataclass(frozen=True)
class _Field:
    """One text to enter."""

    place: Place
    text: str
    label: str
    too_long: bool


def _field(place: Place, words: dict[str, str], long: list[str]) -> _Field:
    text = words.get(place.context, place.ours)
    return _Field(place, text, _label(place), place.context in long)


def _label(place: Place) -> str:
    if place.position:
        return _("Item %(number)d", number=place.position)
    if place.code:
        told = f": {place.hint}" if place.hint else ""
        return _("Answer %(code)s", code=place.code) + told
    return {
        "title": _("Title of the form; neutral, because others may see it"),
        "introduction": _("What stands before the questions"),
        "closing": _("What stands after the questions"),
        "more": _("What a higher score says"),
        "less": _("What a lower score says"),
    }[place.context.rpartition("|")[2]]
