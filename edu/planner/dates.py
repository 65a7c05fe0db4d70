"""The dates of a group: when it meets and comes back; as a calendar file, and on slips of paper."""

from datetime import date

from flask import Blueprint, Response, abort, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from edu.account.forms import ConfirmForm
from edu.account.signed_in import staff
from edu.account.telling import tell
from edu.account.within_reach import own_group
from edu.doors import address, day_in_words, db, public_address, show, today
from edu.editions.releasing import released_modules
from edu.groups.models import Group
from edu.languages import SOURCE, language
from edu.pages.speaking import spoken
from edu.pages.views import Text, lesson_view
from edu.partners.actors import Actor
from edu.partners.roles import Right
from edu.partners.trail import Deed, Kind
from edu.planner.following_forms import DatesForm
from edu.planner.following_words import calendar_words, entry_words
from edu.programmes.calendars import Reminder, calendar_file
from edu.programmes.dates import (
    BOOSTERS,
    Entry,
    Event,
    booster_lessons,
    boosters_done,
    course_of,
    entries,
    keep_course,
    mark_booster,
    unmark_booster,
)
from edu.programmes.following_models import GroupCourse
from edu.programmes.track_words import offer_words, only_words
from edu.programmes.tracks import Offer, offer, offers, track_named

bp = Blueprint(
    "dates", __name__, url_prefix="/<tag>/staff/groups/<int(max=2147483647):group_id>/dates"
)

_SLIPS = 12


@bp.get("")
@staff(Right.LEAD_GROUPS)
def index(by: Actor, group_id: int) -> ResponseReturnValue:
    """A group's days in order, and the form that sets them."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    kept = course_of(db(), group.id)
    form = _form(kept)
    form.fill(kept)
    return _page(group, kept, form)


def _offers() -> list[Offer]:
    return offers([each.module for each in released_modules(db(), SOURCE)])


def _form(kept: GroupCourse, *, sent: bool = False) -> DatesForm:
    form = DatesForm() if sent else DatesForm(formdata=None)
    there = [(each.track.id, offer_words(each)) for each in _offers()]
    track = track_named(kept.track)
    if track is not None and track.id not in dict(there):
        # Chosen when the server had something of it.
        there.append((track.id, offer_words(offer(track, ()))))
    form.offer(there)
    return form


def _booster_links() -> dict[int, tuple[str, Text]]:
    """By weeks after the course: where the new lesson stands, and its title."""
    return {
        weeks: (address(*lesson["id"].split(".")) + "/", lesson_view(lesson, spoken()).title)
        for weeks, lesson in booster_lessons(db(), spoken()).items()
    }


def _page(group: Group, kept: GroupCourse, form: DatesForm) -> str:
    had = boosters_done(db(), [group.id])
    chosen = next((each for each in _offers() if each.track.id == kept.track), None)
    return show(
        "planner/dates.html",
        group=group,
        form=form,
        days=[
            (each, day_in_words(each.day), entry_words(each), had.get((group.id, each.number)))
            for each in entries(group, kept)
        ],
        booster=Event.BOOSTER,
        lessons=_booster_links(),
        on_day=day_in_words,
        only=only_words(chosen) if chosen else "",
        languages=[language(tag) for tag in group.tags],
        confirm=ConfirmForm(formdata=None),
        here=f"/staff/groups/{group.id}/dates",
    )


@bp.post("")
@staff(Right.LEAD_GROUPS)
def change(by: Actor, group_id: int) -> ResponseReturnValue:
    """Say when a group meets, and who its people are."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    kept = course_of(db(), group.id)
    form = _form(kept, sent=True)
    if not form.validate_on_submit():
        return _page(group, kept, form), 422
    keep_course(db(), group.id, form.plan)
    tell(by, Deed.SET, Kind.GROUP, group.name, "dates")
    return _back(group)


def _back(group: Group) -> ResponseReturnValue:
    return redirect(address("staff", "groups", group.id, "dates"), 303)


@bp.post("/boosters/<int(max=2147483647):weeks>/<any(had, slip):said>")
@staff(Right.LEAD_GROUPS)
def booster(by: Actor, group_id: int, weeks: int, said: str) -> ResponseReturnValue:
    """A group had a booster, or that was a slip."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    if weeks not in BOOSTERS:
        abort(404)
    if not ConfirmForm().validate_on_submit():
        abort(400)
    if said == "had":
        mark_booster(db(), group.id, weeks, today())
    else:
        unmark_booster(db(), group.id, weeks)
    told = f"booster {weeks} {said}"
    tell(by, Deed.SET, Kind.GROUP, group.name, told)
    return _back(group)


@bp.get("/dates.ics")
@staff(Right.LEAD_GROUPS)
def calendar(by: Actor, group_id: int) -> ResponseReturnValue:
    """The group's days for any calendar. Its words are neutral, and nobody is in it."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    found = entries(group, course_of(db(), group.id))
    if not found:
        abort(404)
    return Response(
        calendar_file([_reminder(group, each) for each in found], today()),
        mimetype="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="dates.ics"'},
    )


def _reminder(group: Group, entry: Entry) -> Reminder:
    asked = entry.event is Event.LATER
    link = f"{public_address()}/{group.tags[0]}/return"
    words = _("Take your card, and open %(address)s", address=link) if asked else ""
    mark = f"{group.id}-{entry.event.value}-{entry.number}"
    return Reminder(entry.day, calendar_words(entry), words, mark)


@bp.get("/slips")
@staff(Right.LEAD_GROUPS)
def slips(by: Actor, group_id: int) -> ResponseReturnValue:
    """Slips to cut out, in the language of the address: the next days, without anybody's name."""
    group = own_group(by, group_id, Right.LEAD_GROUPS)
    ahead: dict[date, list[str]] = {}
    for each in entries(group, course_of(db(), group.id)):
        if each.day >= today():
            ahead.setdefault(each.day, []).append(calendar_words(each))
    return show(
        "planner/slips.html",
        group=group,
        days=[(day_in_words(day), words) for day, words in ahead.items()],
        slips=range(_SLIPS),
        site=f"{public_address()}{address('return')}",
        languages=[language(tag) for tag in group.tags],
        here=f"/staff/groups/{group.id}/dates/slips",
    )
