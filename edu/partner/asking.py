"""Links by which a community reads a draft: making, closing, and what was said."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.doors import address, day_in_words, db, public_address, show
from edu.editions.models import Edition
from edu.editions.parts import Part
from edu.editions.releasing import reachable_tags
from edu.editions.review import community_reading as reading
from edu.editions.review.models import ReviewLink
from edu.editions.working import edition_of
from edu.languages import language
from edu.partner import reviews_wording as wording
from edu.partner.broken import say_what_is_broken
from edu.partner.draft_pages import stored_page
from edu.partner.media_access import shown_at_desk
from edu.partner.places import READERS, Desk, at_desk, desk_address, part_at, working_desk
from edu.partner.reviews_forms import LinkForm, RemarkForm
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

bp = Blueprint("asking", __name__, url_prefix="/<tag>/staff/editions")
say_what_is_broken(bp)

_PART = "/<edition>/<name:module>/<part>/review/links"
_ONE = _PART + "/<int(max=2147483647):number>"


@bp.get(_PART)
@staff(*READERS)
def links(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """The links to a part."""
    desk, found = at_desk(by, edition), part_at(module, part)
    return _page(desk, found, LinkForm(formdata=None, days=reading.OPEN_FOR.days))


def _page(desk: Desk, part: Part, form: LinkForm, secret: str = "") -> str:
    edition = edition_of(db(), desk.tag, part.module)
    return show(
        "partner/reviews_links.html",
        desk=desk,
        part=part,
        links=[
            (each, reading.is_open(each), reading.how_many_sent(db(), each))
            for each in (reading.links_of(db(), edition, part.id) if edition else [])
        ],
        form=form,
        new=public_address() + _public(desk, secret) if secret else "",
        day=day_in_words,
    )


def _public(desk: Desk, secret: str) -> str:
    """Where a community reads: around the draft, the nearest language that the server speaks."""
    spoken = reachable_tags(db())
    nearest = next(tag for tag in language(desk.tag).chain if tag in spoken)
    return f"/{nearest}/read/{secret}"


@bp.post(_PART)
@staff(Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)
def new(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """Make a link. It is shown once: only its digest is kept."""
    desk, found, form = working_desk(by, edition), part_at(module, part), LinkForm()
    if not form.validate_on_submit():
        return _page(desk, found, form), 422
    secret = reading.open_link(
        db(),
        desk.tag,
        found,
        note=form.note.data or "",
        days=form.days.data,
        member_id=by.member.id,
    )
    tell(by, Deed.MADE, Kind.REVIEW_LINK, f"{desk.tag} {found.id}")
    return _page(desk, found, LinkForm(formdata=None, days=reading.OPEN_FOR.days), secret)


def _link(desk: Desk, part: Part, number: int) -> tuple[Edition, ReviewLink]:
    edition = edition_of(db(), desk.tag, part.module)
    found = reading.link_numbered(db(), edition, part.id, number) if edition else None
    if edition is None or found is None:
        abort(404)
    return edition, found


@bp.get(_ONE)
@staff(*READERS)
def link(by: Actor, edition: str, module: str, part: str, number: int) -> ResponseReturnValue:
    """What was said, block by block."""
    desk, found = at_desk(by, edition), part_at(module, part)
    return _said(desk, found, number, RemarkForm(formdata=None))


def _said(desk: Desk, part: Part, number: int, form: RemarkForm) -> str:
    _edition, kept = _link(desk, part, number)
    texts = [str(kept.payload["markdown"])]
    return show(
        "partner/reviews_said.html",
        desk=desk,
        part=part,
        link=kept,
        open=reading.is_open(kept),
        sent=reading.how_many_sent(db(), kept),
        summaries=reading.summaries(db(), kept),
        page=stored_page(part.id, desk.tag, kept.payload, shown_at_desk(desk.tag, texts)),
        whole=reading.WHOLE,
        questions=reading.QUESTIONS,
        answers=reading.SAID,
        form=form,
        remark=lambda block: RemarkForm(formdata=None, block=block),
        confirm=ConfirmForm(formdata=None),
        wording=wording,
        day=day_in_words,
        here=f"/staff/editions/{desk.tag}/{part.module}/{part.id}/review/links/{number}",
    )


@bp.post(_ONE + "/close")
@staff(Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)
def close(by: Actor, edition: str, module: str, part: str, number: int) -> ResponseReturnValue:
    """Let a link open no more."""
    desk, found = working_desk(by, edition), part_at(module, part)
    _edition, kept = _link(desk, found, number)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    reading.close(db(), kept)
    tell(by, Deed.CLOSED, Kind.REVIEW_LINK, f"{desk.tag} {found.id}")
    return redirect(_one(desk, found, number), 303)


def _one(desk: Desk, part: Part, number: int) -> str:
    return desk_address(desk.tag, part.module, part.id, "review", "links", number)


@bp.post(_ONE + "/remark")
@staff(Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)
def remark(by: Actor, edition: str, module: str, part: str, number: int) -> ResponseReturnValue:
    """Make a remark for translators of what was said of a block."""
    desk, found, form = working_desk(by, edition), part_at(module, part), RemarkForm()
    if not form.validate_on_submit():
        return _said(desk, found, number, form), 422
    kept_edition, kept = _link(desk, found, number)
    place = reading.place_of(db(), kept_edition, found, kept, form.block.data or 0)
    if place is None:
        abort(404)
    reading.remark(db(), place, form.text.data, member_id=by.member.id)
    where = desk_address(desk.tag, module, part, reading.key_of(found, place))
    return redirect(where if reading.key_of(found, place) else address("staff"), 303)
