"""Review of one part: what is done and what is missing, signatures, try-outs, fewer readers."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.communities.lookup import swaps_for
from edu.doors import day_in_words, db, settings, show
from edu.editions.parts import Part
from edu.editions.review.readiness import Readiness, readiness, settle
from edu.editions.review.signing import Refused, end_waiver, listed, sign, waive, waivers_of
from edu.editions.review.try_outs import try_outs_of, write_try_out
from edu.editions.standing import standing
from edu.editions.working import edition_for, edition_of
from edu.partner import reviews_wording as wording
from edu.partner.broken import say_what_is_broken
from edu.partner.draft_pages import draft_page
from edu.partner.media_access import shown_at_desk
from edu.partner.places import READERS, Desk, at_desk, desk_address, part_at, working_desk
from edu.partner.reviews_forms import SignForm, TryOutForm, WaiverForm
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

bp = Blueprint("reviews", __name__, url_prefix="/<tag>/staff/editions")
say_what_is_broken(bp)

_PART = "/<edition>/<name:module>/<part>/review"


@bp.get(_PART)
@staff(*READERS)
def part(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """How far a part is, and the page as learners will see it."""
    desk, found = at_desk(by, edition), part_at(module, part)
    return _page(desk, found, SignForm(formdata=None), TryOutForm(formdata=None))


def _page(desk: Desk, part: Part, signing: SignForm, trying: TryOutForm) -> str:
    found = readiness(db(), settings().root, desk.tag, part)
    edition = edition_of(db(), desk.tag, part.module)
    signing.offer(_open_readers(found))
    if signing.digest.data is None:
        signing.digest.data = found.words.digest
    trying.offer()
    if trying.digest.data is None:
        trying.digest.data = found.words.digest
    return show(
        "partner/reviews_part.html",
        desk=desk,
        part=part,
        found=found,
        signatures=listed(db(), edition, part.id, found.words) if edition else [],
        try_outs=try_outs_of(db(), edition, part.id) if edition else [],
        page=draft_page(
            found.words,
            part,
            desk.tag,
            swaps_for(db(), desk.tag),
            shown_at_desk(desk.tag, [found.words.markdown]),
        ),
        may_review=desk.may(Right.REVIEW),
        may_write=desk.may_remark,
        signing=signing,
        trying=trying,
        wording=wording,
        day=day_in_words,
        here=f"/staff/editions/{desk.tag}/{part.module}/{part.id}/review",
    )


def _open_readers(found: Readiness) -> list[str]:
    """As whom nobody has signed these words yet; more may always sign than must."""
    return [each for each in ("native", "lived", "health") if each not in found.signed]


@bp.post(_PART + "/sign")
@staff(Right.REVIEW)
def sign_it(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """Stand by a part as one of its readers."""
    desk, found = _reviewing(by, edition), part_at(module, part)
    form = SignForm()
    form.offer(_open_readers(readiness(db(), settings().root, desk.tag, found)))
    if not form.validate_on_submit():
        return _page(desk, found, form, TryOutForm(formdata=None)), 422
    try:
        sign(
            db(),
            desk.tag,
            found,
            reader=form.reader.data,
            digest=form.digest.data,
            member_id=by.member.id,
            pseudonym=form.pseudonym.data or "",
            remark=form.remark.data or "",
        )
    except Refused as refused:
        form.reader.errors = [wording.refusal(refused.why)]
        form.digest.data = None
        return _page(desk, found, form, TryOutForm(formdata=None)), 409
    settle(db(), settings().root, desk.tag, found, by.member.id)
    tell(by, Deed.SIGNED, Kind.EDITION, f"{desk.tag} {found.id}", form.reader.data)
    return redirect(_address(desk, found), 303)


def _reviewing(by: Actor, edition: str) -> Desk:
    desk = at_desk(by, edition)
    if not desk.may(Right.REVIEW):
        abort(403)
    return desk


def _address(desk: Desk, part: Part) -> str:
    return desk_address(desk.tag, part.module, part.id, "review")


@bp.post(_PART + "/try-out")
@staff(Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)
def try_out(by: Actor, edition: str, module: str, part: str) -> ResponseReturnValue:
    """Write down that local people have tried it."""
    desk, found = working_desk(by, edition), part_at(module, part)
    form = TryOutForm()
    form.offer()
    if not form.validate_on_submit():
        return _page(desk, found, SignForm(formdata=None), form), 422
    if standing(db(), desk.tag, found).digest != form.digest.data:
        form.understood.errors = [wording.refusal("changed")]
        form.digest.data = form.digest.raw_data = None
        return _page(desk, found, SignForm(formdata=None), form), 409
    write_try_out(
        db(),
        edition_for(db(), desk.tag, module),
        found.id,
        digest=form.digest.data,
        way=form.way.data,
        people=form.people.data,
        held_on=form.held_on.data,
        understood=form.understood.data,
        changed=form.changed.data or "",
        member_id=by.member.id,
    )
    settle(db(), settings().root, desk.tag, found, by.member.id)
    return redirect(_address(desk, found), 303)


@bp.get("/<edition>/readers")
@staff(*READERS)
def readers(by: Actor, edition: str) -> ResponseReturnValue:
    """Whether in this language fewer readers are enough."""
    return _readers_page(at_desk(by, edition), WaiverForm(formdata=None))


def _readers_page(desk: Desk, form: WaiverForm) -> str:
    form.offer()
    return show(
        "partner/reviews_readers.html",
        desk=desk,
        form=form,
        confirm=ConfirmForm(formdata=None),
        waivers=waivers_of(db(), desk.tag),
        may_waive=desk.by.may(Right.WAIVE_READERS),
        wording=wording,
        day=day_in_words,
        here=f"/staff/editions/{desk.tag}/readers",
    )


@bp.post("/<edition>/readers")
@staff(Right.WAIVE_READERS)
def fewer(by: Actor, edition: str) -> ResponseReturnValue:
    """Decide that fewer are enough; it shows on every page."""
    desk, form = at_desk(by, edition), WaiverForm()
    form.offer()
    if not form.validate_on_submit():
        return _readers_page(desk, form), 422
    waive(db(), desk.tag, form.readers.data, form.why.data, member_id=by.member.id)
    tell(by, Deed.WAIVED, Kind.EDITION, desk.tag, ", ".join(form.readers.data))
    return redirect(desk_address(desk.tag, "readers"), 303)


@bp.post("/<edition>/readers/all")
@staff(Right.WAIVE_READERS)
def all_readers(by: Actor, edition: str) -> ResponseReturnValue:
    """Take it back: all readers must sign again."""
    desk = at_desk(by, edition)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if end_waiver(db(), desk.tag):
        tell(by, Deed.TOOK_BACK, Kind.EDITION, desk.tag)
    return redirect(desk_address(desk.tag, "readers"), 303)
