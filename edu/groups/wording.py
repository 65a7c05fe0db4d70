"""What the parts of a group's arrangement are called, for trainers and in the trail."""

from collections.abc import Mapping

from flask_babel import gettext as _


def parts_in_words() -> Mapping[str, str]:
    """Each part of an arrangement by the name under which it is kept."""
    return {
        "instruments": _("Questionnaires"),
        "arm": _("What the group is for"),
        "allocation": _("Who decided which group begins first"),
        "from_day": _("The day on which waiting ends"),
        "later_weeks": _("Weeks after the course"),
        "window_weeks": _("Weeks earlier or later that are in time"),
        "looking_back": _("Looking back"),
        "linking": _("How papers find together"),
        "elements": _("Questions by which papers find together"),
        "elements_needed": _("How many of them must agree"),
        "linking_ends_on": _("Last day of linking"),
    }
