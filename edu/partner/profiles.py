"""Profiles of communities: which there are, how complete each is, and its sections."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.communities.completeness import overview
from edu.communities.concepts import CONCEPTS
from edu.communities.editing import Taken, profile_of, start_profile
from edu.communities.services import can_be_confirmed, freshness, last_day
from edu.communities.shipped import profile_tags
from edu.doors import address, day_in_words, db, show, today
from edu.languages import language
from edu.partner import profile_wording as wording
from edu.partner.profile_forms import StartForm
from edu.partner.profile_places import (
    READERS,
    fixed_slugs,
    may_write,
    place_at,
    section_at,
    sees,
)
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind

bp = Blueprint("profiles", __name__, url_prefix="/<tag>/staff/communities")


@bp.get("")
@staff(*READERS)
def index(by: Actor) -> ResponseReturnValue:
    """The profiles of all communities she has to do with."""
    return _index(by, StartForm())


def _index(by: Actor, form: StartForm) -> str:
    tags = [tag for tag in profile_tags(db()) if sees(by, tag)]
    found = [profile for tag in tags if (profile := profile_of(db(), tag)) is not None]
    return show(
        "partner/profiles_index.html",
        overviews=[overview(profile, today()) for profile in found],
        concepts=len(CONCEPTS),
        may_start=by.may(Right.TRANSLATE) or by.may(Right.REVIEW),
        known=language,
        wording=wording,
        form=form,
        here="/staff/communities",
    )


@bp.post("")
@staff(Right.TRANSLATE, Right.REVIEW)
def start(by: Actor) -> ResponseReturnValue:
    """Begin the profile of a community that has none."""
    form = StartForm()
    if not form.validate_on_submit():
        return _index(by, form), 422
    tag = form.community.data
    if not may_write(by, tag):
        form.community.errors = [wording.not_her_language()]
        return _index(by, form), 422
    try:
        start_profile(db(), tag, form.about, by.member.id)
    except Taken:
        # Somebody else began it in the same moment: both go on with it.
        return redirect(address("staff", "communities", tag), 303)
    tell(by, Deed.MADE, Kind.PROFILE, tag)
    return redirect(address("staff", "communities", tag), 303)


@bp.get("/<string(maxlength=64):community>")
@staff(*READERS)
def profile(by: Actor, community: str) -> ResponseReturnValue:
    """One profile: its sections, and what is missing in each."""
    place = place_at(by, community)
    return show(
        "partner/profiles_one.html",
        place=place,
        overview=overview(place.profile, today()),
        wording=wording,
        here=f"/staff/communities/{community}",
    )


@bp.get("/<string(maxlength=64):community>/<string(maxlength=20):section>")
@staff(*READERS)
def section(by: Actor, community: str, section: str) -> ResponseReturnValue:
    """One section: its entries, those that may still be written, and those taken out."""
    place, found = place_at(by, community), section_at(section)
    if not found.many:
        return redirect(place.address(section, section), 303)
    entries = place.entries(section)
    kept = [entry for entry in entries if not entry.gone]
    have = {entry.slug for entry in entries}
    return show(
        "partner/profiles_section.html",
        place=place,
        section=found,
        part=overview(place.profile, today()).part(section),
        kept=kept,
        out=[entry for entry in entries if entry.gone],
        open_slugs=[slug for slug in fixed_slugs(found) if slug not in have],
        concepts=CONCEPTS,
        wording=wording,
        freshness=lambda entry: freshness(entry, today()),
        last_day=last_day,
        can_be_confirmed=can_be_confirmed,
        day=day_in_words,
        confirm=ConfirmForm(),
        here=f"/staff/communities/{community}/{section}",
    )
