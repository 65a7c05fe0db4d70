"""Who works in an organisation, and invitations into it."""

from flask import Blueprint, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from edu.account.forms import ConfirmForm
from edu.account.scopes import role_for_trail
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.wording import role_meaning, role_name
from edu.admin.choosing import programme_names, role_form
from edu.admin.wording import scope_words
from edu.doors import address, day_in_words, db, public_address, show
from edu.pages.qr import qr_picture
from edu.partners.actors import Actor
from edu.partners.links import (
    INVITED_FOR,
    invitation,
    invitation_of,
    invite,
    open_invitations,
    take_back,
)
from edu.partners.looking_after import roles_to_give, with_second_step
from edu.partners.members import grants_in, members_of
from edu.partners.roles import Right, Role
from edu.partners.trail import Deed, Kind

bp = Blueprint("members", __name__, url_prefix="/<tag>/staff/members")


@bp.get("")
@staff(Right.LOOK_AFTER_MEMBERS)
def index(by: Actor) -> ResponseReturnValue:
    """Everybody who works here, and who is invited."""
    members = members_of(db(), by.organisation_id)
    programmes = programme_names(by.organisation_id)
    return show(
        "admin/members.html",
        by=by,
        members=members,
        grants=lambda member: grants_in(member, by.organisation_id),
        safe=with_second_step(db(), members),
        invitations=open_invitations(db(), by.organisation_id),
        role_name=lambda held: role_name(Role(held.role)),
        scope=lambda held: scope_words(held, programmes),
        day=lambda moment: day_in_words(moment.date()),
        form=ConfirmForm(),
        here="/staff/members",
    )


@bp.route("/invite", methods=["GET", "POST"])
@staff(Right.LOOK_AFTER_MEMBERS)
def ask(by: Actor) -> ResponseReturnValue:
    """Invite somebody by a link that works once."""
    form = role_form(by)
    if form.validate_on_submit():
        role = Role(form.role.data)
        secret = invite(
            db(),
            by.member,
            by.organisation,
            role,
            language=form.language.data,
            programme_id=form.programme_id,
        )
        made = invitation(db(), secret)
        told = role_for_trail(made) if made is not None else role.value
        tell(by, Deed.INVITED, Kind.INVITATION, detail=told)
        return one_time_link(
            _("The invitation is ready"),
            address("staff", "invitation", secret),
            _("It works once, within %(days)d days.", days=INVITED_FOR.days),
            back=(address("staff", "members"), _("Who works here")),
        )
    page = show(
        "admin/invite.html",
        form=form,
        meanings=[(role_name(role), role_meaning(role)) for role in roles_to_give(by.grants)],
        here="/staff/members/invite",
    )
    return page, (422 if form.is_submitted() else 200)


def one_time_link(heading: str, where: str, lasting: str, *, back: tuple[str, str]) -> str:
    """The page that shows a link once, as words and as a picture for a phone."""
    link = f"{public_address()}{where}"
    return show(
        "admin/link.html",
        heading=heading,
        link=link,
        lasting=lasting,
        qr=Markup(qr_picture(link)),  # noqa: S704 (drawn by segno)
        back=back,
    )


@bp.post("/invitations/<random:number>/take-back")
@staff(Right.LOOK_AFTER_MEMBERS)
def withdraw(by: Actor, number: str) -> ResponseReturnValue:
    """An invitation that nobody should use any more."""
    found = invitation_of(db(), by.organisation_id, number)
    if found is None:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    told = role_for_trail(found)
    take_back(db(), found)
    tell(by, Deed.TOOK_BACK, Kind.INVITATION, detail=told)
    return redirect(address("staff", "members"), 303)
