"""What tracks and modules are called, in the language of the page."""

from flask_babel import gettext as _
from flask_babel import ngettext

from edu.programmes.tracks import Offer, Track


def track_name(track: Track) -> str:
    """For whom a track is."""
    return {
        "t1": _("Community members"),
        "t1-short": _("Community members, short"),
        "t2": _("Trainers and partners"),
        "t3": _("Health workers"),
        "t4": _("Families, work, school, faith"),
        "emergency": _("Emergency"),
    }[track.id]


def track_time(track: Track) -> str:
    """How long a track takes when all of it is there."""
    low, high = track.minutes
    if low == high:
        return ngettext("about %(num)d minute", "about %(num)d minutes", low)
    return _("%(from)d to %(to)d minutes", **{"from": low, "to": high})


def offer_words(offer: Offer) -> str:
    """A track as a choice: what is here, and honestly what is not."""
    here = " ".join(each.upper() for each in offer.modules)
    if offer.is_whole:
        return f"{track_name(offer.track)} ({here})"
    return _(
        "%(track)s (here: %(here)s; not here yet: %(missing)s)",
        track=track_name(offer.track),
        here=here,
        missing=" ".join(each.upper() for each in offer.missing),
    )


def only_words(offer: Offer) -> str:
    """Which lessons a track needs, where a module has more; empty where it needs all."""
    lessons = " ".join(f"{module.upper()}.{number}" for module, number in offer.only)
    if not lessons:
        return ""
    return _(
        "Of some modules this track needs only these lessons: %(lessons)s. A group gets whole "
        "modules; lead it to these lessons.",
        lessons=lessons,
    )
