"""Arriving: what taking part means, the card, joining a group, coming back."""

import secrets
from dataclasses import dataclass

from flask import Blueprint, abort, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.doors import address, brake, count, db, go, public_address, settings, show, today
from edu.editions.releasing import current_release, released_modules
from edu.groups.groups import group_by_join_code
from edu.groups.models import Group
from edu.learner.phone import form_key, learner, refuse_strangers, welcome
from edu.learning.codes import LENGTH, grouped, read_code
from edu.learning.journeys import start_journey
from edu.learning.learners import Card, Spent, learner_by_code, make_learner
from edu.learning.models import Learner
from edu.pages.pictures import in_pictures, pictures, pressed
from edu.pages.qr import qr_picture
from edu.pages.speaking import spoken
from edu.pages.views import PageView, page_view
from edu.pages.voices import page_with_voices
from edu.programmes.joint import chosen_side, sides_of
from edu.recordings.heard import voices, voices_on_page

bp = Blueprint("arrive", __name__, url_prefix="/<tag>")
bp.before_request(refuse_strangers)


@dataclass(frozen=True)
class _Consent:
    """The page that says what taking part means, and the release it is from."""

    page: PageView
    release_id: int


@bp.route("/start/<name:module>", methods=["GET", "POST"])
def start(module: str) -> ResponseReturnValue:
    """What taking part in a module alone means, and the yes to it."""
    if module not in [release.module for release in released_modules(db(), spoken())]:
        abort(404)
    return _start(_with_welcome(module), None)


def _with_welcome(module: str) -> list[str]:
    """A first journey begins with the welcome; whoever says that she has been here before needs
    none. A new card is somebody new, also on a phone that knows another; and the form that made it
    means the same journey when the page is loaded again."""
    released = [release.module for release in released_modules(db(), spoken())]
    person = learner() if request.form.get("agree") == "same" else None
    been = person is not None and bool(person.journeys)
    return [module] if been or module == released[0] else [released[0], module]


@bp.route("/join/<code>", methods=["GET", "POST"])
def join_group(code: str) -> ResponseReturnValue:
    """The same for a group, from its poster or code."""
    brake("wrong code")
    group = group_by_join_code(db(), code)
    if group is None:
        count("wrong code")
        return _ask_join_code(code, _wrong_join_code()), 404
    if group.opened_on is None:
        return _not_begun()
    sides = sides_of(db(), group.id)
    if sides is not None and request.method == "GET" and "chosen" not in request.args:
        return show("learner/side.html", sides=sides, here=f"/join/{group.join_code}")
    if sides is not None and request.form.get("agree") == "same":
        group = chosen_side(sides, learner()) or group
    return _start(group.modules, group)


def _not_begun() -> ResponseReturnValue:
    """The code is right, and it is too early: nothing is kept of whoever came."""
    return show("learner/not_begun.html", here="/join"), 403


def _start(modules: list[str], group: Group | None) -> ResponseReturnValue:
    consent = _consent(db())
    agreed = request.form.get("agree", "") if request.method == "POST" else ""
    person = learner()
    if agreed == "same" and person is not None:
        return _begin_again(person, modules, group, consent)
    if agreed == "yes":
        return _begin(modules, group, consent, form_key())
    return show(
        "learner/start.html",
        group=group,
        consent=consent.page,
        key=secrets.token_urlsafe(24),
        known=person is not None and bool(person.journeys),
        without=address(modules[-1], "") if group is None else address(modules[0], ""),
        here=request.path.removeprefix(f"/{spoken()}"),
    )


def _begin(
    modules: list[str], group: Group | None, consent: _Consent, key: str
) -> ResponseReturnValue:
    whose = str(group.id) if group is not None else ""
    brake("new card", whose)
    count("new card", whose)
    try:
        card = make_learner(
            db(),
            secret=settings().secret_key,
            start_key=key,
            group_id=group.id if group else None,
            today=today(),
        )
    except Spent:
        # Reached by going back on a phone that somebody has left: begin anew.
        return redirect(request.path, 303)
    start_journey(
        db(),
        card.learner,
        tag=spoken(),
        modules=modules,
        group=group,
        consent_release_id=consent.release_id,
        today=today(),
    )
    return welcome(make_response(_card_page(card)), card.learner)


def _begin_again(
    person: Learner, modules: list[str], group: Group | None, consent: _Consent
) -> ResponseReturnValue:
    """A further journey for whoever is learning on this phone: her card stays the same."""
    start_journey(
        db(),
        person,
        tag=spoken(),
        modules=modules,
        group=group,
        consent_release_id=consent.release_id,
        today=today(),
    )
    return redirect(address("my"), 303)


def _card_page(card: Card) -> str:
    # The code goes behind the #, which browsers never send: it is in no log.
    link = f"{public_address()}{address('return')}#{card.code}"
    return show(
        "learner/card.html",
        code=" ".join(card.code),
        parts=grouped(card.code).split(),
        row=in_pictures(card.code),
        qr=Markup(qr_picture(link)),  # noqa: S704 (drawn by segno from digits and our address)
        site=f"{public_address()}{address('return')}",
    )


def _consent(session: Session) -> _Consent:
    release = current_release(session, spoken(), "pages")
    if release is None:
        abort(404)
    for stored in release.payload["pages"]:
        if stored["slug"] == "consent":
            page = page_view(stored, spoken(), _)
            found = voices(session, today(), "pages.consent")
            heard = voices_on_page(found, spoken(), page.slug, stored["markdown"])
            return _Consent(page_with_voices(page, heard, _), release.id)
    abort(404)


@bp.route("/join", methods=["GET", "POST"])
def join() -> ResponseReturnValue:
    """Type a group's code."""
    if request.method != "POST":
        return _ask_join_code("", "")
    brake("wrong code")
    group = group_by_join_code(db(), request.form.get("code", ""))
    if group is None:
        count("wrong code")
        return _ask_join_code(request.form.get("code", ""), _wrong_join_code()), 422
    return redirect(address("join", group.join_code), 303)


def _wrong_join_code() -> str:
    return _("No group has this code. Look at it once more, or ask whoever leads the group.")


def _ask_join_code(typed: str, error: str) -> str:
    return show("learner/join.html", typed=typed[:40], error=error, here="/join")


@bp.route("/return", methods=["GET", "POST"])
def come_back() -> ResponseReturnValue:
    """Go on with a card, on any phone."""
    if request.method != "POST":
        return _ask_card("", "")
    brake("wrong code")
    typed = request.form.get("code", "")
    if "add" in request.form:
        typed = pressed(typed, request.form["add"])
        if len(typed) < LENGTH:
            return _ask_card(typed, "")
    found = learner_by_code(db(), secret=settings().secret_key, typed=typed)
    if found is None:
        count("wrong code")
        return _ask_card(typed, code_error(typed)), 422
    if not found.journeys:
        return _first_use(found.group_id, typed)
    return welcome(go(address("my")), found)


def _ask_card(typed: str, error: str) -> str:
    return show(
        "learner/return.html",
        typed=typed[:40],
        error=error,
        pad=pictures(),
        row=in_pictures(typed[:40]),
        open="add" in request.form,
        here="/return",
    )


def code_error(typed: str) -> str:
    """Why a card's number was not taken."""
    if read_code(typed) is None:
        return _("A digit is wrong or missing. The number has twelve digits.")
    return _("Nobody has this card. It may have been deleted.")


def _first_use(group_id: int | None, typed: str) -> ResponseReturnValue:
    """A printed card that nobody has used: its group's welcome comes first."""
    group = db().get(Group, group_id) if group_id else None
    if group is None:
        abort(404)
    if group.opened_on is None:
        return _not_begun()
    code = read_code(typed) or ""
    found = learner_by_code(db(), secret=settings().secret_key, typed=code)
    consent = _consent(db())
    if found is not None and request.form.get("agree") == "yes":
        start_journey(
            db(),
            found,
            tag=spoken(),
            modules=group.modules,
            group=group,
            consent_release_id=consent.release_id,
            today=today(),
        )
        return welcome(go(address("my")), found)
    return show(
        "learner/start.html",
        group=group,
        consent=consent.page,
        key="",
        code=code,
        known=False,
        without=address(group.modules[0], ""),
    )
