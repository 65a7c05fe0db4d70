"""The way back in for somebody who lost her password or her second step, from either side: her
organisation's administrators, or whoever looks after the server."""

from collections.abc import Callable

from flask import abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.confirming import confirm_page
from edu.account.forms import ConfirmForm
from edu.admin.members import one_time_link
from edu.doors import address, db
from edu.partners.actors import Actor
from edu.partners.looking_after import let_back_in, may_help
from edu.partners.models import Member
from edu.partners.second_step import take_second_step
from edu.partners.trail import Deed

Telling = Callable[[Deed], None]


def new_password(by: Actor, found: Member, back: str, tell: Telling) -> ResponseReturnValue:
    """A link by which she chooses a new password."""
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if not may_help(by, found):
        abort(403)
    secret = let_back_in(db(), found)
    tell(Deed.GAVE_RESET)
    return one_time_link(
        _("The link for a new password is ready"),
        address("staff", "reset", secret),
        _("It works once, within one day. Older links for this account stop working."),
        back=(back, found.login),
    )


def without_second_step(by: Actor, found: Member, back: str, tell: Telling) -> ResponseReturnValue:
    """Take a lost second step away, once that was confirmed."""
    if not may_help(by, found):
        abort(403)
    if ConfirmForm().validate_on_submit():
        take_second_step(db(), found)
        tell(Deed.TOOK_SECOND_STEP)
        return redirect(back, 303)
    return confirm_page(
        _("Take the second step away?"),
        found.login,
        [
            _("Do this only after you have spoken to the person: phone and list are both lost."),
            _("Passkeys of this account are taken away too."),
            _("Until a new one is chosen, the password alone is enough."),
        ],
        action=_("Take the second step away"),
        back=back,
    )
