"""A community's glossary as a file: out, and back after a look at what it would change."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.communities.editing import Conflict, profile_of
from edu.doors import db, let_go, show, today
from edu.exchange.comparing import Deed as What
from edu.exchange.glossary import TermStep, bring_terms, glossary_of, plan_terms
from edu.exchange.tbx import Term, read, write
from edu.exchange.terms import LONGEST, carried, uncarried
from edu.gate.gate import Refused, admit, limit_for
from edu.pages.reasons import reasons
from edu.partner import exchange_words as wording
from edu.partner.exchange_forms import GlossaryForm, TermsForm
from edu.partner.places import Desk, desk_address, working_desk, writing_desk
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

bp = Blueprint("exchange_terms", __name__, url_prefix="/<tag>/staff/editions")

_AT = "/<edition>/glossary/exchange"
_WORKERS = (Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)
_AROUND = 64 * 1024


def _with_glossary(desk: Desk) -> Desk:
    """A desk whose language has a profile; 404 where it has none yet."""
    if profile_of(db(), desk.tag) is None:
        abort(404)
    return desk


@bp.get(_AT)
@staff(*_WORKERS)
def index(by: Actor, edition: str) -> ResponseReturnValue:
    """The glossary, to take along and to bring back."""
    return _page(_with_glossary(working_desk(by, edition)), GlossaryForm())


def _page(
    desk: Desk,
    form: GlossaryForm,
    *,
    wrong: Sequence[str] | None = None,
    steps: list[TermStep] | None = None,
    yes: TermsForm | None = None,
) -> str:
    notices = [notice for step in steps or () for notice in step.notices]
    return show(
        "partner/exchange_terms.html",
        desk=desk,
        form=form,
        yes=yes,
        wrong=wrong or [],
        looked=steps is not None,
        taken=[step for step in steps or () if step.deed is What.TAKE],
        notices=notices,
        words=wording.notice_words,
        file=wording.format_words("tbx"),
        here=f"/staff/editions/{desk.tag}/glossary/exchange",
    )


@bp.get(_AT + "/as/tbx")
@staff(*_WORKERS)
def download(by: Actor, edition: str) -> ResponseReturnValue:
    """The glossary as TBX."""
    desk = _with_glossary(working_desk(by, edition))
    answer = Response(write(desk.tag, glossary_of(db(), desk.tag)), mimetype="application/x-tbx")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{desk.tag}.tbx")
    return answer


@bp.post(_AT)
@staff(Right.TRANSLATE)
def send(by: Actor, edition: str) -> ResponseReturnValue:
    """Look through a file, and show what it would change."""
    request.max_content_length = limit_for("tbx") + _AROUND
    desk, form = _with_glossary(writing_desk(by, edition)), GlossaryForm()
    if not form.validate_on_submit():
        return _page(desk, form), 422
    name = form.file.data.filename or ""
    with form.file.data.stream as opened:
        content = opened.read(limit_for("tbx") + 1)
    let_go()
    try:
        terms = _terms(desk.tag, name, content)
    except Refused as refused:
        return _page(desk, form, wrong=reasons(refused.mistakes)), 422
    yes = TermsForm(formdata=None, terms=carried(terms))
    if len(yes.terms.data) > LONGEST:
        return _page(desk, form, wrong=[_("The file holds too many words.")]), 422
    return _page(desk, form, steps=plan_terms(db(), desk.tag, terms), yes=yes)


def _terms(tag: str, name: str, content: bytes) -> list[Term]:
    admitted = admit("tbx", content, name)
    return read(admitted.content, admitted.name, tag)[0]


@bp.post(_AT + "/yes")
@staff(Right.TRANSLATE)
def bring(by: Actor, edition: str) -> ResponseReturnValue:
    """Take the words as drafts. What was changed here since she looked stays as it is."""
    request.max_content_length = request.max_form_memory_size = 4 * LONGEST
    desk, form = _with_glossary(writing_desk(by, edition)), TermsForm()
    if not form.validate_on_submit():
        return _page(desk, GlossaryForm(formdata=None)), 422
    steps = plan_terms(db(), desk.tag, uncarried(form.terms.data))
    try:
        count = bring_terms(db(), desk.tag, steps, member_id=by.member.id, today=today())
    except Conflict:
        moved = [_("Somebody has changed the glossary meanwhile. Send the file once more.")]
        return _page(desk, GlossaryForm(formdata=None), wrong=moved), 409
    tell(by, Deed.IMPORTED, Kind.PROFILE, desk.tag, str(count))
    return redirect(desk_address(desk.tag, "glossary", "exchange"), 303)
