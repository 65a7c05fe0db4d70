"""Texts said again in English by somebody who did not write them, beside the segments."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.signed_in import staff
from edu.doors import day_in_words, db, settings, show
from edu.editions.models import Rendering
from edu.editions.parts import Part
from edu.editions.review.back_translations import Author, Changed, all_of, resolve, say_again, wrote
from edu.editions.review.readiness import own_words, settle, to_say_again
from edu.editions.working import edition_of
from edu.partner.places import READERS, Desk, at_desk, desk_address, part_at, working_desk
from edu.partner.reviews_forms import ResolveForm, SaidAgainForm
from edu.partner.reviews_wording import refusal
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.segments.segment import Segment

bp = Blueprint("meaning", __name__, url_prefix="/<tag>/staff/editions")

_PART = "/<edition>/<name:module>/<part>/review/meaning"


@bp.get(_PART)
@staff(*READERS)
def part(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """The texts of a part that need it, or any one that was asked for, with what was said."""
    desk, found = at_desk(by, edition), part_at(module, part)
    return _page(desk, found)


def _page(desk: Desk, part: Part, wrong: SaidAgainForm | ResolveForm | None = None) -> str:
    wanted, only = _wanted(part)
    edition = edition_of(db(), desk.tag, part.module)
    rows = own_words(db(), edition, wanted)
    said = all_of(db(), rows.values())
    mine = {row.id for row in rows.values() if wrote(db(), row, desk.by.member.id)}
    return show(
        "partner/reviews_meaning.html",
        desk=desk,
        part=part,
        texts=[
            (each, rows[each.key], said[rows[each.key].id]) for each in wanted if each.key in rows
        ],
        mine=mine,
        only=only,
        again=lambda row: _again(row, wrong),
        resolving=lambda row: ResolveForm(formdata=None, row=row.id, resolved=row.resolved),
        wrong=wrong,
        day=day_in_words,
        here=f"/staff/editions/{desk.tag}/{part.module}/{part.id}/review/meaning",
    )


def _wanted(part: Part) -> tuple[list[Segment], str]:
    """The segments of the page, and the key of the one that was asked for, if one was."""
    only = request.args.get("only", "")
    asked = [each for each in part.segments() if each.key == only]
    return (asked, only) if asked else (to_say_again(part), "")


def _again(row: Rendering, wrong: SaidAgainForm | ResolveForm | None) -> SaidAgainForm:
    """A form to say a text again; what she has written stays in it when something was wrong."""
    hers = isinstance(wrong, SaidAgainForm) and wrong.rendering.data == row.id
    words = wrong.words.data if wrong is not None and hers else ""
    return SaidAgainForm(formdata=None, rendering=row.id, version=row.version, words=words)


@bp.post(_PART)
@staff(Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)
def say(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """Keep what a text says."""
    desk, found, form = working_desk(by, edition), part_at(module, part), SaidAgainForm()
    if not form.validate_on_submit():
        return _page(desk, found, form), 422
    rows = own_words(db(), edition_of(db(), desk.tag, module), found.segments()).values()
    row = next((each for each in rows if each.id == form.rendering.data), None)
    if row is None:
        abort(404)
    try:
        say_again(
            db(),
            row,
            form.words.data,
            version=form.version.data,
            blind=form.blind.data,
            member_id=by.member.id,
            pseudonym=form.pseudonym.data or "",
        )
    except Author:
        form.words.errors = [_("You wrote this text, so somebody else must say what it says.")]
        return _page(desk, found, form), 409
    except Changed:
        form.words.errors = [refusal("changed")]
        return _page(desk, found, form), 409
    settle(db(), settings().root, desk.tag, found, by.member.id)
    return _back(desk, found)


@bp.post(_PART + "/resolved")
@staff(Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)
def resolved(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """Write down how differences were resolved."""
    desk, found, form = working_desk(by, edition), part_at(module, part), ResolveForm()
    if not form.validate_on_submit():
        return _page(desk, found, form), 422
    rows = own_words(db(), edition_of(db(), desk.tag, module), found.segments()).values()
    said = [each for listed in all_of(db(), rows).values() for each in listed]
    row = next((each for each in said if each.id == form.row.data), None)
    if row is None:
        abort(404)
    resolve(db(), row, form.resolved.data)
    settle(db(), settings().root, desk.tag, found, by.member.id)
    return _back(desk, found)


def _back(desk: Desk, part: Part) -> ResponseReturnValue:
    only = _wanted(part)[1]
    if only:
        return redirect(desk_address(desk.tag, part.module, part.id, only) + "#said-again", 303)
    return redirect(desk_address(desk.tag, part.module, part.id, "review", "meaning"), 303)
