"""A new group: what may be chosen for it, and the group that is made of what was chosen."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from edu.account.telling import tell
from edu.doors import db, offered, today
from edu.editions.releasing import released_modules
from edu.groups.groups import GroupPlan, make_group
from edu.groups.models import Group
from edu.groups.programmes import programmes_of
from edu.pages.speaking import spoken
from edu.pages.views import stored_text
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.programmes.dates import begin_course
from edu.programmes.emergency import emergency_of
from edu.programmes.naming import made_since, newest_group
from edu.programmes.track_words import offer_words
from edu.programmes.tracks import EMERGENCY, modules_taken, offers, track_named
from edu.trainer.forms import GroupForm
from edu.trainer.plan_forms import PlanForm
from edu.trainer.plan_words import forms_to_choose


def group_forms(by: Actor) -> tuple[GroupForm, PlanForm]:
    """The two forms of a new group, with all that may be chosen."""
    form, plan_form = GroupForm(), PlanForm()
    form.tags.choices = [SelectChoice(each.tag, each.autonym) for each in offered()]
    form.modules.choices = [SelectChoice(id, title) for id, title in module_choices()]
    # Only who leads all groups may choose none.
    none = [SelectChoice("0", _("None"))] if by.reach(Right.LEAD_GROUPS).everything else []
    form.programme.choices = none + programme_choices(by)
    form.track.choices = _track_choices(form)
    # Which elements fit is known once the languages are; until then those that fit anywhere.
    tags = form.tags.data or [spoken()]
    plan_form.offer(tags, forms_to_choose(db(), by.organisation_id, tags, today()))
    if request.method == "GET":
        form.tags.data = [spoken()]
        form.modules.data = [choice.value for choice in form.modules.choices]
        form.seen.data = newest_group(db(), by.organisation_id)
        _begin_in(form, request.args.get("programme", ""))
    return form, plan_form


def _begin_in(form: GroupForm, programme: str) -> None:
    """Choose the programme from whose page she came; in an emergency its track as well."""
    if programme not in [choice.value for choice in form.programme.choices]:
        return
    form.programme.data = int(programme)
    tracks = [choice.value for choice in form.track.choices]
    if emergency_of(db(), form.programme.data) is not None and EMERGENCY.id in tracks:
        form.track.data = EMERGENCY.id


def made_from(by: Actor, form: GroupForm, plan_form: PlanForm) -> Group:
    """The group that these valid forms ask for; made once, however often they are sent."""
    there = made_since(db(), by.organisation, form.name.data, form.seen.data)
    if there is not None:
        return there
    plan = GroupPlan(
        name=form.name.data,
        place=form.place.data or "",
        tags=tuple(form.tags.data),
        modules=_modules_taken(form),
        open_question=form.open_question.data,
        programme_id=form.programme.data or None,
        arrangement=plan_form.arrangement(form.tags.data, today()),
    )
    made = make_group(db(), by.organisation_id, plan, today())
    begin_course(db(), made.id, form.track.data)
    tell(by, Deed.MADE, Kind.GROUP, made.name)
    return made


def module_choices() -> list[tuple[str, Any]]:
    """The modules that are released in the language spoken, with their titles."""
    return [
        (release.module, stored_text(release.payload["title"], spoken()).text)
        for release in released_modules(db(), spoken())
    ]


def _modules_taken(form: GroupForm) -> tuple[str, ...]:
    released = [choice.value for choice in form.modules.choices]
    return tuple(modules_taken(track_named(form.track.data), form.modules.data, released))


def _track_choices(form: GroupForm) -> list[SelectChoice]:
    """The tracks of which this server has anything; where a programme works in an emergency, its
    track is the first."""
    programmes = [int(choice.value) for choice in form.programme.choices]
    urgent = any(emergency_of(db(), each) for each in programmes)
    released = [choice.value for choice in form.modules.choices]
    found = offers(released, first=EMERGENCY if urgent else None)
    none = SelectChoice("", _("None: the modules ticked below"))
    return [none, *(SelectChoice(each.track.id, offer_words(each)) for each in found)]


def programme_choices(by: Actor) -> list[SelectChoice]:
    """Into which programmes she may put a group."""
    found = programmes_of(db(), by.organisation_id, by.reach(Right.LEAD_GROUPS))
    return [SelectChoice(str(each.id), each.name) for each in found]
